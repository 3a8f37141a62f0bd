package holdfast.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.env.DiskOp;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Moments that are told by what the disk is doing.
class DiskMomentTest {

    private static final String WAL = "wal-1";

    private final EventQueue queue = new EventQueue();
    private final List<String> seen = new ArrayList<>();
    private final SimDisk disk = new SimDisk(
            1, FsProfiles.XFS_NOW, DiskTiming.VIRTIO, new Entropy(1), queue, (id, _) -> seen.add("done " + id));

    private static DiskMoment moment(FileRole files, DiskMoment.Act act) {
        return new DiskMoment(files, act, 0);
    }

    private void await(DiskMoment moment, String name) {
        disk.awaitNext(moment, () -> seen.add(name));
    }

    private List<String> run() {
        while (queue.runNext()) {
            assertTrue(queue.now() < 100_000_000, "the queue runs dry");
        }
        List<String> all = List.copyOf(seen);
        seen.clear();
        return all;
    }

    @Test
    @DisplayName("each act is begun by its operation on a file of its role, and by no other")
    void acts() {
        List<DiskOp> operations = List.of(
                new DiskOp.Write(1, WAL, 0, DiskScript.page('A')),
                new DiskOp.ZeroFill(2, WAL, Page.SIZE),
                new DiskOp.Sync(3, WAL),
                new DiskOp.Rename(4, WAL, "META.A"));
        List<DiskOp> none = List.of(
                new DiskOp.List(5), new DiskOp.Read(6, WAL, 0, 1), new DiskOp.Delete(7, WAL), new DiskOp.SyncDirectory(8));
        for (DiskMoment.Act act : DiskMoment.Act.values()) {
            for (DiskOp operation : operations) {
                boolean same = operations.indexOf(operation) == act.ordinal();
                assertEquals(same, moment(FileRole.WAL, act).isBegunBy(operation), () -> act + " by " + operation);
                assertEquals(same, moment(FileRole.ANY, act).isBegunBy(operation), () -> act + " by " + operation);
                assertFalse(moment(FileRole.META, act).isBegunBy(operation), () -> act + " by " + operation);
            }
            none.forEach(operation -> assertFalse(moment(FileRole.ANY, act).isBegunBy(operation)));
        }
    }

    @Test
    @DisplayName("it comes once, while the operation is under way: not when it is submitted, and before it is done")
    void within() {
        await(moment(FileRole.WAL, DiskMoment.Act.SYNC), "moment");
        disk.submit(new DiskOp.Write(1, WAL, 0, DiskScript.page('A')));
        disk.submit(new DiskOp.Sync(2, WAL));
        disk.submit(new DiskOp.Sync(3, WAL));
        assertEquals(1, disk.awaitedMoments());
        assertEquals(List.of("done 1", "moment", "done 2", "done 3"), run());
        assertEquals(0, disk.awaitedMoments());
    }

    @Test
    @DisplayName("it may come after the operation, in whatever is under way then")
    void after() {
        await(new DiskMoment(FileRole.WAL, DiskMoment.Act.WRITE, 90), "moment");
        disk.submit(new DiskOp.Write(1, WAL, 0, DiskScript.page('A')));
        disk.submit(new DiskOp.Sync(2, WAL));
        assertEquals(List.of("done 1", "moment", "done 2"), run());
    }

    @Test
    @DisplayName("of several, the next begins when the one before has come: a process dies once in each of its lives")
    void oneAfterTheOther() {
        for (int life = 1; life <= 2; life++) {
            String name = "life " + life;
            disk.awaitNext(new DiskMoment(FileRole.WAL, DiskMoment.Act.WRITE, 2), () -> {
                seen.add(name);
                disk.processCrash(1);
            });
        }
        disk.submit(new DiskOp.Write(1, WAL, 0, DiskScript.page('A')));
        disk.submit(new DiskOp.Write(2, WAL, 0, DiskScript.page('A')));
        assertEquals(List.of("life 1"), run());
        disk.submit(new DiskOp.Write(3, WAL, 0, DiskScript.page('A')));
        assertEquals(List.of("life 2"), run());
        disk.submit(new DiskOp.Write(4, WAL, 0, DiskScript.page('A')));
        assertEquals(List.of("done 4"), run());
    }

    @Test
    @DisplayName("it outlasts crashes and power cuts; a healed disk waits for nothing, not even for what has begun")
    void forgotten() {
        await(moment(FileRole.WAL, DiskMoment.Act.SYNC), "first");
        await(moment(FileRole.WAL, DiskMoment.Act.SYNC), "second");
        disk.processCrash(1);
        disk.powerCut(PowerCutKeep.ANY, 1);
        assertEquals(2, disk.awaitedMoments());
        disk.submit(new DiskOp.Sync(1, WAL));
        disk.heal();
        disk.submit(new DiskOp.Sync(2, WAL));
        assertEquals(List.of("done 1", "done 2"), run());
    }

    @Test
    @DisplayName("an operation of a stalled disk begins when the stall is over")
    void stalled() {
        disk.stall(5_000);
        disk.awaitNext(moment(FileRole.WAL, DiskMoment.Act.SYNC), () -> assertEquals(5_000, queue.now()));
        disk.submit(new DiskOp.Sync(1, WAL));
        run();
        assertEquals(0, disk.awaitedMoments());
    }

    @Test
    @DisplayName("a healed disk goes on with the operation that stalled, once")
    void woken() {
        for (boolean waits : new boolean[] {false, true}) {
            disk.submit(new DiskOp.Sync(1, WAL));
            disk.stall(queue.now() + 10_000_000);
            long healed = queue.now() + (waits ? 1_000_000 : 1);
            queue.at(healed, disk::heal);
            while (seen.isEmpty()) {
                assertTrue(queue.runNext());
            }
            assertTrue(queue.now() > healed && queue.now() < healed + 100_000, () -> "done at " + queue.now());
            assertEquals(List.of("done 1"), run());
        }
    }
}
