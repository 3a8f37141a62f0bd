package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Sometimes;
import holdfast.env.DiskOp;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What may be deleted, and what replaces the log.
class CompactionTest {

    private final Entries log = new Entries();
    private final Host host = Host.fresh();

    /// A segment holds four of these.
    private void write(int entries) {
        for (int i = 0; i < entries; i++) {
            host.append(0, log.next(1, 3_000));
            host.run();
        }
    }

    private void snapshotAt(long index, long... needed) {
        host.save(log.snapshot(index));
        host.run();
        host.compact(index, needed);
        host.run();
    }

    private long segments() {
        return host.disk.names().stream().filter(name -> name.startsWith("wal-")).count();
    }

    @Test
    @DisplayName("segments that a snapshot covers are deleted, except those with an entry that it needs")
    void keepsWhatIsNeeded() {
        write(40);
        long before = segments();
        snapshotAt(35, 6, 7, 20);
        assertTrue(host.reached.contains(Sometimes.SEGMENT_DROPPED));
        assertTrue(segments() < before - 4, () -> host.disk.names().toString());
        assertNull(host.wal.placeOf(8));
        long token = host.ask(20L, 6L, 7L, 36L);
        host.run();
        assertEquals(List.of(log.get(20), log.get(6), log.get(7), log.get(36)), host.read.get(token));

        Host again = host.restarted();
        assertEquals(log.after(35), again.ready.entries());
        assertEquals(log.position(35), again.ready.base());
        token = again.ask(7L, 20L, 41L);
        again.run();
        assertEquals(List.of(log.get(7), log.get(20), log.get(41)), again.read.get(token));
    }

    @Test
    @DisplayName("the segment that META names is never deleted, not even when nothing in it is needed")
    void keepsTheTail() {
        write(12);
        snapshotAt(log.last());
        assertEquals(2, segments(), "the tail, and the next one");
        assertEquals(List.of(), host.restarted().ready.entries());
    }

    /// The batch in flight replaces the entries of an old segment. If it is lost, they are all there is.
    @Test
    @DisplayName("what the batch in flight replaces is kept until that batch is durable")
    void waitsForTheBatchInFlight() {
        write(3);
        host.save(log.snapshot(4));
        host.run();
        while (host.wal.placeOf(log.last()).file().equals(host.wal.placeOf(4).file())) {
            write(1);
        }
        long from = log.last();
        host.append(0, log.next(1, 7_000), log.next(1, 7_000));
        host.run();
        log.truncateFrom(from);
        List<LogEntry> before = host.restarted().ready.entries();
        Host again = host.restarted();
        again.append(from, log.next(2, 10));
        again.flush();
        again.compact(4);
        while (!(again.disk.next() instanceof DiskOp.Sync)) {
            again.step();
        }
        again.disk.failAfter(0, false);
        again.run();
        assertEquals(1, again.poisoned.size());
        again.disk.powerCut(() -> true);
        assertEquals(before, Host.started(again.disk).ready.entries());
    }

    /// Segment 3 has only what segment 5 has overtaken, and segment 1 has an entry that no snapshot covers.
    @Test
    @DisplayName("a segment in the middle of the live log is kept, even if everything in it has been overtaken")
    void overtakenSegment() {
        host.append(0, log.next(1, 10, 2));
        Host second = host.settle().restarted();
        second.append(0, log.next(1, 10));
        Host third = second.settle().restarted();
        log.truncateFrom(4);
        third.append(4, log.next(2, 10));
        third.save(log.snapshot(2));
        third.run();
        third.compact(2);
        third.run();
        assertEquals(log.after(2), third.restarted().ready.entries());
    }

    @Test
    @DisplayName("entries of the same index: the last one counts, across segments and restarts")
    void rewrittenIndex() {
        write(10);
        for (int term = 2; term < 9; term++) {
            long from = log.last() - term % 3;
            log.truncateFrom(from);
            host.append(from, log.next(term, 2_000, 3));
            host.run();
        }
        long token = host.ask(3L, 4L, log.last());
        host.run();
        assertEquals(List.of(log.get(3), log.get(4), log.get(log.last())), host.read.get(token));
        assertEquals(log.after(0), host.restarted().ready.entries());
    }

    @Test
    @DisplayName("a truncation without an entry changes nothing until there is one")
    void truncationAlone() {
        write(3);
        host.append(3);
        host.run();
        assertEquals(4, host.durable);
        FakeDisk disk = host.disk.copy();
        disk.processCrash();
        assertEquals(log.after(0), Host.started(disk).ready.entries());
        log.truncateFrom(3);
        host.append(0, log.next(2, 10));
        host.run();
        assertEquals(log.after(0), host.restarted().ready.entries());
    }

    @Test
    @DisplayName("a truncation beyond the entries that come with it concerns nothing that was written")
    void voidTruncation() {
        write(2);
        LogEntry[] entries = log.next(1, 10, 2);
        host.append(5, entries);
        host.run();
        assertEquals(log.after(0), host.restarted().ready.entries());
    }

    // ---- installing a snapshot -----------------------------------------------------------------------------

    @Test
    @DisplayName("archived entries are read by index, and the log begins anew after the reset")
    void install() {
        write(9);
        Entries leader = new Entries();
        leader.next(5, 40, 49);
        host.archive(leader.get(7), leader.get(30));
        host.save(leader.snapshot(45));
        host.run();
        host.reset(leader.position(45));
        host.append(0, leader.get(46), leader.get(47));
        host.run();
        assertEquals(12, host.durable);
        long token = host.ask(30L, 46L, 7L);
        host.run();
        assertEquals(List.of(leader.get(30), leader.get(46), leader.get(7)), host.read.get(token));

        Host again = host.restarted();
        assertEquals(leader.position(45), again.ready.base());
        assertEquals(List.of(leader.get(46), leader.get(47)), again.ready.entries());
        token = again.ask(30L, 47L, 7L);
        again.run();
        assertEquals(List.of(leader.get(30), leader.get(47), leader.get(7)), again.read.get(token));
        again.compact(45, 7, 30);
        again.run();
        assertNull(again.wal.placeOf(2));
        assertNotNull(again.wal.placeOf(7));
        Host third = again.restarted();
        token = third.ask(7L, 30L);
        third.run();
        assertEquals(List.of(leader.get(7), leader.get(30)), third.read.get(token));
    }

    @Test
    @DisplayName("a snapshot that became durable before the reset replaces a log that is shorter, or differs")
    void snapshotWins() {
        write(9);
        for (long last : List.of(6L, 45L)) {
            Host copy = host.restarted();
            Entries leader = new Entries();
            leader.next(5, 40, 49);
            copy.archive(leader.get(3));
            copy.save(leader.snapshot(last));
            copy.run();
            Host again = copy.restarted();
            assertEquals(leader.position(last), again.ready.base());
            assertEquals(List.of(), again.ready.entries());
            again.append(0, leader.get(last + 1));
            again.run();
            Host third = again.restarted();
            assertEquals(List.of(leader.get(last + 1)), third.ready.entries());
            long token = third.ask(3L);
            third.run();
            assertEquals(List.of(leader.get(3)), third.read.get(token));
        }
    }

    @Test
    @DisplayName("a snapshot of the log's own history leaves the entries behind it alone")
    void snapshotOfOwnHistory() {
        write(9);
        host.save(log.snapshot(6));
        host.run();
        Host again = host.restarted();
        assertEquals(log.position(6), again.ready.base());
        assertEquals(log.after(6), again.ready.entries());
    }

    /// A snapshot that is there must not point to archived entries that are not.
    @Test
    @DisplayName("a snapshot gets its name only when everything given to the log before it is durable")
    void snapshotWaitsForArchives() {
        Entries leader = new Entries();
        leader.next(5, 4_000, 12);
        write(1);
        for (long index = 2; index < 12; index++) {
            host.archive(leader.get(index));
        }
        host.save(leader.snapshot(12));
        host.flush();
        boolean hasName = false;
        while (host.step()) {
            boolean isThere = host.disk.names().contains(SnapshotStore.nameOf(leader.snapshot(12)));
            if (isThere && !hasName) {
                hasName = true;
                assertEquals(11, host.durable);
            }
        }
        assertTrue(hasName);
        assertEquals(List.of(leader.position(12)), host.saved);
    }

    @Test
    @DisplayName("of two snapshots the newer one stays, and it is whole at every moment")
    void olderSnapshot() {
        write(9);
        snapshotAt(4);
        host.save(log.snapshot(8));
        host.run();
        assertEquals(List.of(LogPosition.of(log.get(4)), LogPosition.of(log.get(8))), host.saved);
        assertFalse(host.disk.names().contains(SnapshotStore.nameOf(log.snapshot(4))));
        assertEquals(log.snapshot(8), host.restarted().ready.snapshotOrNull());
    }
}
