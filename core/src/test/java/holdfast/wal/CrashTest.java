package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A crash after every single operation of a whole life, in many ways, loses nothing that was confirmed.
class CrashTest {

    private static final int POWER_CUTS = 12;

    /// Whatever is torn there is neither the old record nor the new one.
    private static final int WITHIN_A_RECORD = 60;

    @Test
    @DisplayName("the process dies after any operation")
    void processCrash() {
        forEachMoment((life, moment) -> {
            life.disk.processCrash();
            check(life, life.disk, "operation " + moment);
        });
    }

    @Test
    @DisplayName("power goes after any operation, and any subset of what was not synced survives")
    void powerCut() {
        forEachMoment((life, moment) -> {
            for (int variant = 0; variant < POWER_CUTS; variant++) {
                FakeDisk disk = life.disk.copy();
                disk.powerCut(keeps(variant, moment), tears(moment));
                check(life, disk, "operation " + moment + ", variant " + variant);
            }
        });
    }

    @Test
    @DisplayName("power goes again after every other operation of the recovery from a crash or a power cut")
    void powerCutDuringRecovery() {
        forEachMoment((life, moment) -> {
            life.disk.processCrash();
            FakeDisk cut = life.disk.copy();
            cut.powerCut(keeps(2 + moment % 9, moment));
            for (FakeDisk disk : List.of(life.disk, cut)) {
                int recovered = operationsOfRecovery(disk.copy());
                for (int operations = moment % 2; operations < recovered; operations += 2) {
                    FakeDisk again = disk.copy();
                    recoverPartly(again, operations);
                    again.powerCut(keeps(operations % 11, moment + operations), tears(moment + operations));
                    check(life, again, "operation " + moment + ", recovery operation " + operations);
                    FakeDisk torn = disk.copy();
                    recoverPartly(torn, operations);
                    torn.powerCut(() -> true, () -> WITHIN_A_RECORD);
                    check(life, torn, "operation " + moment + ", recovery operation " + operations + ", all torn");
                }
            }
        });
    }

    /// An operation fails, the store is poisoned, the process ends. The next one sees in the page cache what the
    /// medium does not have, and power goes before it has recovered, or just after.
    @Test
    @DisplayName("the restart trap: a failed operation, a restart on the same page cache, then a power cut")
    void restartTrap() {
        int operations = Life.operations();
        for (int failing = 0; failing < operations; failing++) {
            for (boolean takesEffect : List.of(false, true)) {
                Life life = new Life(Host.formatted(), Integer.MAX_VALUE);
                life.disk.failAfter(failing, takesEffect);
                life.live();
                life.disk.processCrash();
                int recovered = operationsOfRecovery(life.disk.copy());
                for (int until = 0; until <= recovered; until += 1 + failing % 3) {
                    FakeDisk disk = life.disk.copy();
                    recoverPartly(disk, until);
                    disk.powerCut(keeps(until % 11, failing + until));
                    check(life, disk, "operation " + failing + " failed, recovery operation " + until);
                }
            }
        }
    }

    // ---- how -----------------------------------------------------------------------------------------------

    private interface Moment {
        void ended(Life life, int moment);
    }

    private static void forEachMoment(Moment test) {
        int operations = Life.operations();
        assertTrue(operations > 120, "a life is long enough to be interesting");
        for (int moment = 0; moment <= operations; moment++) {
            Life life = new Life(Host.formatted(), moment);
            assertEquals(moment == operations, life.live());
            test.ended(life, moment);
        }
    }

    /// Nothing, everything, or some of it.
    private static BooleanSupplier keeps(int variant, int seed) {
        Random random = new Random(seed * 1_000_003L + variant);
        int percent = switch (variant) {
            case 0 -> 0;
            case 1 -> 100;
            default -> 10 * (variant - 1) - 5;
        };
        return () -> random.nextInt(100) < percent;
    }

    /// One sector in three is torn, at any byte.
    private static IntSupplier tears(int seed) {
        Random random = new Random(seed);
        return () -> random.nextInt(3) == 0 ? random.nextInt(512) : 512;
    }

    private static int operationsOfRecovery(FakeDisk disk) {
        Host host = new Host(disk, Host.config(1));
        while (host.recovery.outcome() == null) {
            host.step();
        }
        return disk.performed().size();
    }

    private static void recoverPartly(FakeDisk disk, int operations) {
        Host host = new Host(disk, Host.config(1));
        for (int i = 0; i < operations; i++) {
            host.step();
        }
    }

    /// What was promised is there, and still there after more has been written and the process has died again.
    private static void check(Life life, FakeDisk disk, String moment) {
        Host found = Host.started(disk);
        life.promises.checkKept(life.host, found, moment);
        List<LogEntry> log = new ArrayList<>(found.ready.entries());
        LogEntry more = Entries.following(log.isEmpty() ? found.ready.base() : LogPosition.of(log.getLast()), 99, 50);
        log.add(more);
        found.append(0, more);
        found.run();
        assertEquals(1, found.durable, moment);
        disk.powerCut(() -> false);
        Host again = Host.started(disk);
        assertEquals("", again.refusal(), moment);
        assertEquals(log, again.ready.entries(), moment);
    }
}
