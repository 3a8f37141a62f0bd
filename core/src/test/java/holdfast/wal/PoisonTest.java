package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Sometimes;
import holdfast.env.DiskOp;
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
                checkSilent(life.host, moment);
                poisoned++;
            }
        }
        assertTrue(poisoned > 100, "most of them were met");
    }

    private static void checkSilent(Host host, String moment) {
        assertEquals(1, host.poisoned.size(), moment);
        assertTrue(host.poisoned.getFirst().contains("injected: EIO"), moment);
        assertTrue(host.reached.contains(Sometimes.STORE_POISONED), moment);
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
    @DisplayName("a read that fails is damage, and the store goes on")
    void failedRead() {
        Host host = Host.fresh();
        host.disk.failAfter(0, false);
        host.ask(1L);
        host.run();
        assertEquals(0, host.poisoned.size());
        assertEquals(1, host.damaged.size());
        assertTrue(host.damaged.getFirst().contains("entry 1"), host.damaged.getFirst());
        host.ask(1L);
        host.run();
        assertFalse(host.read.isEmpty());
    }
}
