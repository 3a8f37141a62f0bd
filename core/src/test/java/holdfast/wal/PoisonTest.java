package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Sometimes;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// After a failed write, sync or change of names the store says so, once, and is silent.
class PoisonTest {

    @Test
    @DisplayName("whichever operation fails, nothing is asked of the disk afterwards, and nothing is confirmed")
    void anyOperation() {
        int operations = Life.operations();
        int poisoned = 0;
        for (int failing = 0; failing < operations; failing++) {
            Life life = new Life(Host.formatted(), failing + 1);
            life.disk.failAfter(failing, failing % 2 == 0);
            life.live();
            DiskOp failed = life.disk.performed().get(failing);
            String moment = failing + ": " + failed;
            if (failed instanceof DiskOp.Read) {
                continue; // It is tried again block by block, as in StoreFaultsTest.
            }
            if (life.host.wal == null) {
                assertTrue(life.host.recovery.outcome() instanceof Recovery.Failed, moment);
            } else if (failed instanceof DiskOp.Delete) {
                assertEquals(0, life.host.poisoned.size(), moment);
            } else {
                checkSilent(life.host, moment, Sometimes.STORE_POISONED);
                poisoned++;
            }
        }
        assertTrue(poisoned > 100, "most of them were met");
    }

    private static void checkSilent(Host host, String moment, Sometimes point) {
        assertEquals(1, host.poisoned.size(), moment);
        assertTrue(host.poisoned.getFirst().contains("injected: EIO_ERROR"), moment);
        assertTrue(host.reached.contains(point), moment);
        int asked = host.disk.submitted().size();
        long durable = host.durable;
        long hardStateDurable = host.hardStateDurable;
        int saved = host.saved.size();
        host.persist(77, 1);
        host.append(0, Entries.following(new Entries().position(1), 1, 10));
        host.compact(1);
        host.save(new Entries().snapshot(1));
        host.ask(1L);
        host.settle();
        host.settle();
        assertEquals(asked, host.disk.submitted().size(), moment);
        assertEquals(1, host.poisoned.size(), moment);
        assertEquals(durable, host.durable, moment);
        assertEquals(hardStateDurable, host.hardStateDurable, moment);
        assertEquals(saved, host.saved.size(), moment);
        assertEquals(Long.MAX_VALUE, host.wal.nextDeadline(), moment);
    }

    @Test
    @DisplayName("a disk that cannot be read stops the store, and that is not called damage")
    void failedRead() {
        Host host = Host.fresh();
        host.disk.failAfter(0, false);
        host.ask(1L);
        host.run();
        assertEquals(List.of(), host.damaged);
        checkSilent(host, "a read", Sometimes.STORE_POISONED_READING);
        assertFalse(host.poisoned.getFirst().contains("is damaged"), host.poisoned.getFirst());
        assertTrue(host.restarted().isReady());
    }

    @Test
    @DisplayName("what can be done about it is said by what the disk says")
    void advice() {
        Map.of(
                DiskResult.Reason.NO_SPACE, "make some on its file system",
                DiskResult.Reason.READ_ONLY, "unmount it, check it (fsck), mount it again",
                DiskResult.Reason.IO_ERROR, "kernel's log").forEach((reason, words) -> {
                    Host serving = Host.fresh();
                    serving.append(0, new Entries().next(1, 10));
                    serving.disk.failAfter(1, reason);
                    serving.run();
                    assertTrue(serving.poisoned.getFirst().contains(words), serving.poisoned::getFirst);

                    FakeDisk disk = Host.formatted();
                    disk.failAfter(1, reason);
                    assertTrue(Host.started(disk).failure().contains(words), () -> reason.toString());
                });
    }
}
