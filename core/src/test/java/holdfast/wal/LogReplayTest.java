package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Putting the log together from frames.
class LogReplayTest {

    private final Entries log = new Entries();

    private static Frame frame(LogEntry entry) {
        return new Frame(
                Batch.kindOf(entry), entry.type().ordinal(), 1, 0, entry.index(), entry.term(),
                entry.payload(), entry.hash(), entry.chain());
    }

    private static Frame truncate(long from) {
        return new Frame(FrameKind.TRUNCATE, 0, 1, 0, from, 0, Bytes.EMPTY, Digest.ZERO, Digest.ZERO);
    }

    private static Frame base(LogPosition position) {
        return new Frame(
                FrameKind.SNAPSHOT_BASE, 0, 1, 0, position.index(), position.term(), Bytes.EMPTY, Digest.ZERO,
                position.chain());
    }

    private SegmentHeader after(LogPosition prev) {
        return new SegmentHeader(Host.config(1).storeId(), 2, 1, 0, 0, prev, 28_672, 64, 8_192);
    }

    /// A log of six entries, all taken.
    private LogReplay replayed(LogPosition base) {
        log.next(1, 10, 5);
        LogReplay replay = new LogReplay(base);
        replay.begin(after(LogPosition.ORIGIN));
        for (long index = 1; index <= 6; index++) {
            assertEquals("", replay.take(frame(log.get(index))));
        }
        replay.endBatch();
        return replay;
    }

    @Test
    @DisplayName("a truncation counts only for the entry behind it, in the same batch")
    void truncation() {
        LogReplay replay = replayed(LogPosition.ORIGIN);
        log.truncateFrom(4);
        LogEntry other = log.next(2, 10);
        assertTrue(replay.take(frame(other)).contains("entry 4 does not follow entry 6"));
        assertEquals("", replay.take(truncate(4)));
        replay.endBatch();
        assertTrue(replay.take(frame(other)).contains("entry 4 does not follow entry 6"));
        assertEquals("", replay.take(truncate(4)));
        assertEquals("", replay.take(frame(other)));
        assertEquals(log.after(0), replay.entries());
    }

    @Test
    @DisplayName("entries that the snapshot covers are not kept, and the rest continues it")
    void continues() {
        LogReplay replay = replayed(new Entries().position(1));
        assertEquals(log.after(1), replay.entries());
        assertEquals(LogReplay.Match.CONTINUES, replay.match());
    }

    @Test
    @DisplayName("a snapshot of another history, or beyond the end, replaces the log")
    void replaced() {
        Entries other = new Entries();
        other.next(9, 10, 8);
        assertEquals(LogReplay.Match.REPLACED, replayed(other.position(3)).match());
        assertEquals(LogReplay.Match.REPLACED, replayed(other.position(9)).match());
    }

    @Test
    @DisplayName("a log that begins behind the snapshot has a gap")
    void gap() {
        log.next(1, 10, 5);
        LogReplay replay = new LogReplay(log.position(2));
        replay.begin(after(log.position(4)));
        assertEquals("", replay.take(frame(log.get(5))));
        assertEquals(LogReplay.Match.GAP, replay.match());
    }

    /// Before the gap the log had entry 2 of another history, which a truncation has voided since.
    @Test
    @DisplayName("behind a gap, the entry before a truncation is not always the snapshot's")
    void voidHistoryBehindGap() {
        Entries old = new Entries();
        old.next(1, 10, 5);
        log.next(3, 10, 4);
        LogReplay replay = new LogReplay(log.position(2));
        replay.begin(after(old.position(6)));
        old.truncateFrom(3);
        assertEquals("", replay.take(truncate(3)));
        assertEquals("", replay.take(frame(old.next(2, 10))));
        assertEquals(LogReplay.Match.GAP, replay.match());
        assertEquals("", replay.take(truncate(2)));
        for (long index = 2; index <= 5; index++) {
            assertEquals("", replay.take(frame(log.get(index))));
        }
        assertEquals(LogReplay.Match.CONTINUES, replay.match());
        assertEquals(log.after(2), replay.entries());
    }

    @Test
    @DisplayName("a base frame begins the log anew")
    void base() {
        LogReplay replay = replayed(LogPosition.ORIGIN);
        Entries other = new Entries();
        other.next(9, 10, 10);
        assertEquals("", replay.take(base(other.position(8))));
        assertEquals("", replay.take(frame(other.get(9))));
        assertEquals(LogReplay.Match.GAP, replay.match());
        assertTrue(replay.take(frame(other.get(11))).contains("entry 11 does not follow entry 9"));
    }

    @Test
    @DisplayName("a segment that continues something else is not the next one")
    void wrongHeader() {
        LogReplay replay = replayed(LogPosition.ORIGIN);
        assertEquals("", replay.goOn(after(log.position(6))));
        assertTrue(replay.goOn(after(log.position(5))).contains("its header continues"));
    }
}
