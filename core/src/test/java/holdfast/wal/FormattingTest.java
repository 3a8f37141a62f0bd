package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.raft.EntryType;
import holdfast.raft.HardState;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;
import holdfast.raft.Voters;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How a store comes into being, and into what it never does.
class FormattingTest {

    private static final Membership THREE = Voters.founded(3);
    private static final Bytes TEXT = Bytes.utf8("three nodes");
    private static final int OPERATIONS_MAX = 40;
    private static final int POWER_CUTS = 20;

    private static Formatting formatting() {
        return new Formatting(Host.config(1).storeId(), THREE, TEXT);
    }

    /// As many operations as are allowed; returns whether it came to its end.
    private static boolean run(Formatting formatting, FakeDisk disk, int operations) {
        formatting.start(disk);
        for (int left = operations; !formatting.isOver() && left > 0; left--) {
            long id = disk.next().id();
            assertTrue(formatting.owns(id));
            formatting.onDone(id, disk.perform(), disk);
        }
        return formatting.isOver();
    }

    private static Formatting.Outcome format(FakeDisk disk) {
        Formatting formatting = formatting();
        assertTrue(run(formatting, disk, OPERATIONS_MAX));
        return formatting.outcome();
    }

    private static void assertFormatted(FakeDisk disk, String moment) {
        Host found = Host.started(disk);
        assertInstanceOf(Recovery.Ready.class, found.recovery.outcome(), moment);
        assertEquals(HardState.INITIAL, found.ready.hardState(), moment);
        assertEquals(LogPosition.ORIGIN, found.ready.base(), moment);
        LogEntry first = found.ready.entries().getFirst();
        assertEquals(List.of(first), found.ready.entries(), moment);
        assertEquals(EntryType.CONFIG, first.type());
        assertEquals(THREE, Membership.decode(first.payload()));
        assertEquals(TEXT, Bytes.wrap(disk.bytes("FORMATION")), moment);
    }

    private static String refusal(FakeDisk disk) {
        return assertInstanceOf(Formatting.Outcome.Refused.class, format(disk)).report();
    }

    // ---- what comes out ------------------------------------------------------------------------------------

    @Test
    @DisplayName("an empty directory becomes a store whose first entry names the voters")
    void formats() {
        FakeDisk disk = new FakeDisk();
        assertInstanceOf(Formatting.Outcome.Formatted.class, format(disk));
        assertEquals(List.of("FORMATION", "IDENT", "META.A", "META.B", "wal-0000000001.log"), disk.names());
        assertEquals(Formatting.SEGMENT_BYTES, disk.bytes("wal-0000000001.log").length);
        disk.powerCut(() -> false);
        assertFormatted(disk, "durable at once");
    }

    @Test
    @DisplayName("the first entry is the same on every node, whatever its disk")
    void sameEntry() {
        Host one = Host.started(Host.formatted(Host.config(1)));
        WalConfig config = Host.config(2);
        Host two = new Host(Host.formatted(config), config);
        two.run();
        assertEquals(one.ready.entries(), two.ready.entries());
    }

    @Test
    @DisplayName("without a text there is no file FORMATION")
    void noText() {
        assertEquals(List.of("IDENT", "META.A", "META.B", "wal-0000000001.log"), Host.formatted().names());
    }

    // ---- crashes -------------------------------------------------------------------------------------------

    @Test
    @DisplayName("power goes after any operation: the store is complete, or there is none and it can be made again")
    void cutOff() {
        int complete = 0;
        for (int operations = 0; operations < OPERATIONS_MAX; operations++) {
            for (int variant = 0; variant < POWER_CUTS; variant++) {
                FakeDisk disk = new FakeDisk();
                boolean isOver = run(formatting(), disk, operations);
                Random random = new Random(operations * 100L + variant);
                int chance = variant * 100 / (POWER_CUTS - 1);
                disk.powerCut(() -> random.nextInt(100) < chance, () -> random.nextInt(513));
                String moment = "operation " + operations + ", variant " + variant;
                boolean hasIdent = disk.names().contains("IDENT");
                assertTrue(hasIdent || !isOver, moment);
                if (hasIdent) {
                    complete++;
                } else {
                    assertInstanceOf(Recovery.NoStore.class, Host.started(disk.copy()).recovery.outcome(), moment);
                    assertInstanceOf(Formatting.Outcome.Formatted.class, format(disk), moment);
                }
                assertFormatted(disk, moment);
            }
        }
        assertTrue(complete > POWER_CUTS, "some were cut off late");
    }

    @Test
    @DisplayName("the process dies after any operation: the same")
    void killed() {
        for (int operations = 0; operations < OPERATIONS_MAX; operations++) {
            FakeDisk disk = new FakeDisk();
            run(formatting(), disk, operations);
            disk.processCrash();
            if (!disk.names().contains("IDENT")) {
                assertInstanceOf(Formatting.Outcome.Formatted.class, format(disk));
            }
            assertFormatted(disk, "operation " + operations);
        }
    }

    @Test
    @DisplayName("any operation fails: told so, and it can be made again")
    void diskFails() {
        FakeDisk whole = new FakeDisk();
        format(whole);
        int operations = whole.performed().size();
        for (int failing = 0; failing < operations; failing++) {
            for (boolean takesEffect : List.of(false, true)) {
                FakeDisk disk = new FakeDisk();
                disk.failAfter(failing, takesEffect);
                String report = assertInstanceOf(Formatting.Outcome.Failed.class, format(disk)).report();
                assertTrue(report.contains("injected: EIO"), report);
                disk.processCrash();
                if (disk.names().contains("IDENT")) {
                    assertTrue(refusal(disk).contains("it holds a store already"));
                } else {
                    assertInstanceOf(Formatting.Outcome.Formatted.class, format(disk));
                }
            }
        }
    }

    // ---- what is never overwritten -------------------------------------------------------------------------

    @Test
    @DisplayName("a store is not formatted again")
    void twice() {
        FakeDisk disk = Host.formatted();
        assertTrue(refusal(disk).contains("it holds a store already"));
        assertTrue(Host.started(disk).isReady());
    }

    @Test
    @DisplayName("neither is what is left of one, whatever is missing of it")
    void leftOfAStore() {
        Entries log = new Entries();
        Host host = Host.fresh();
        host.persist(2, 1);
        for (int i = 0; i < 10; i++) {
            host.append(0, log.next(2, 3_000));
            host.run();
        }
        host.disk.remove("IDENT");
        assertTrue(refusal(host.disk.copy()).contains("META.A is left of it"));
        host.disk.remove("META.A");
        host.disk.remove("META.B");
        List<String> names = host.disk.names();
        String refusal = refusal(host.disk);
        assertTrue(refusal.contains("wal-"), refusal);
        assertEquals(names, host.disk.names());
        FakeDisk snapshotOnly = new FakeDisk();
        snapshotOnly.put("snap-0000000000000000003-0000000000000000002.snap", new byte[10]);
        assertTrue(refusal(snapshotOnly).contains("snap-"));
    }

    @Test
    @DisplayName("somebody else's directory stays as it is; a lock of the surroundings is not somebody else's")
    void foreign() {
        FakeDisk disk = new FakeDisk();
        disk.put("holiday.jpg", new byte[100]);
        assertTrue(refusal(disk).contains("it is not empty: holiday.jpg"));
        assertEquals(List.of("holiday.jpg"), disk.names());
        FakeDisk locked = new FakeDisk();
        locked.put("LOCK", new byte[0]);
        assertInstanceOf(Formatting.Outcome.Formatted.class, format(locked));
    }
}
