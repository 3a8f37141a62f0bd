package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Sometimes;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A disk without room: files that nobody uses yet may wait for some, and everything else ends the store.
class FullDiskTest {

    private final Entries log = new Entries();

    /// The next segment is missing, because the disk became full right after the start.
    private Host full() {
        FakeDisk disk = Host.formatted();
        Host host = new Host(disk, Host.config(1));
        while (host.wal == null) {
            host.step();
        }
        disk.full(true);
        return host.run();
    }

    private void append(Host host, int entries) {
        for (int i = 0; i < entries; i++) {
            host.append(0, log.next(1, 3_000));
            host.run();
        }
    }

    @Test
    @DisplayName("the log goes on with the segment that it has, and says when there is none left")
    void goesOn() {
        Host host = full();
        assertTrue(host.wal.lacksRoom());
        assertFalse(host.wal.lacksRoomFor(3_000));
        append(host, 3);
        assertEquals(3, host.durable);
        assertEquals(List.of(), host.poisoned);
        append(host, 3);
        assertTrue(host.wal.lacksRoomFor(3_000), "what comes now would have to wait");
        assertTrue(host.reached.contains(Sometimes.SEGMENT_LACKED_ROOM));
        assertFalse(host.disk.names().contains("wal-0000000003.log.tmp"), "what there was of it makes room for others");
    }

    @Test
    @DisplayName("it is tried again less and less often, and as soon as there is room everything waiting is written")
    void triesAgain() {
        Host host = full();
        append(host, 10);
        long durable = host.durable;
        long pause = 0;
        for (int i = 0; i < 10; i++) {
            long next = host.nextDeadline();
            assertTrue(next - host.now > pause / 2, "pauses grow");
            pause = next - host.now;
            assertTrue(pause <= RoomPatience.LONGEST_MICROS);
            host.now = next;
            host.run();
            assertEquals(durable, host.durable);
        }
        host.disk.full(false);
        host.now = host.nextDeadline();
        host.run();
        assertEquals(10, host.durable);
        assertFalse(host.wal.lacksRoom());
        assertEquals(log.after(0), host.restarted().ready.entries());
    }

    @Test
    @DisplayName("a snapshot waits for room and is saved when there is some")
    void snapshot() {
        Host host = full();
        append(host, 2);
        host.save(log.snapshot(2));
        host.run();
        assertTrue(host.snapshots.lacksRoom());
        assertEquals(List.of(), host.saved);
        assertEquals(List.of(), host.poisoned);
        assertTrue(host.reached.contains(Sometimes.SNAPSHOT_LACKED_ROOM));
        host.disk.full(false);
        host.now = Math.max(host.now, host.snapshots.nextDeadline());
        host.run();
        assertEquals(List.of(log.position(2)), host.saved);
        assertFalse(host.snapshots.lacksRoom());
    }

    @Test
    @DisplayName("a start has the room of the segment that was prepared and never used")
    void startsInTheReserve() {
        Host host = Host.fresh().settle();
        append(host, 2);
        host.disk.isAsLargeAsItsFiles();
        Host again = host.restarted();
        assertTrue(again.isReady());
        assertEquals(log.after(0), again.ready.entries());
        again.settle();
        assertTrue(again.wal.lacksRoom());
        append(again, 3);
        assertEquals(3, again.durable);
    }

    /// Of whatever is done to a file that nobody uses yet, only want of room in a write or a zero-fill is survived.
    @Test
    @DisplayName("a failed sync, rename or sync of names ends the store, whatever the reason, and so does every EIO")
    void everythingElse() {
        int survived = 0;
        int ended = 0;
        for (DiskResult.Reason reason : DiskResult.Reason.values()) {
            for (int failing = 0; failing < 8; failing++) {
                FakeDisk disk = Host.formatted();
                Host host = new Host(disk, Host.config(1));
                while (host.wal == null) {
                    host.step();
                }
                int before = disk.performed().size();
                host.save(log.snapshot(1));
                disk.failAfter(failing, reason);
                host.run();
                DiskOp failed = disk.performed().get(before + failing);
                boolean isWriting = failed instanceof DiskOp.Write || failed instanceof DiskOp.ZeroFill;
                boolean isSurvivable = isWriting && reason == DiskResult.Reason.NO_SPACE;
                assertEquals(isSurvivable ? 0 : 1, host.poisoned.size(), reason + " at " + failed);
                survived += isSurvivable ? 1 : 0;
                ended += isSurvivable ? 0 : 1;
            }
        }
        assertTrue(survived >= 2 && ended >= 20, survived + " and " + ended);
    }
}
