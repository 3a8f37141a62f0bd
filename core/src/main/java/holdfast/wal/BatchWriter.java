package holdfast.wal;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;

/// A batch being filled: its frames, where they will stand, and how far the log goes with them.
final class BatchWriter {

    private final Batch batch;
    private final long segSeq;
    private final Places places;
    private LogPosition logEnd;
    private int entries;

    BatchWriter(Batch batch, long segSeq, Places places, LogPosition logEnd) {
        this.batch = batch;
        this.segSeq = segSeq;
        this.places = places;
        this.logEnd = logEnd;
    }

    /// @param truncateFrom entries from here on are void in favour of this one, or 0
    void append(LogEntry entry, long truncateFrom) {
        boolean replaces = entry.index() == truncateFrom && truncateFrom <= logEnd.index();
        Check.that(
                replaces || entry.index() == logEnd.index() + 1,
                "an entry follows the log's end, or a truncation", entry.index(), logEnd.index());
        if (truncateFrom != 0) {
            batch.truncate(truncateFrom, entry.term());
        }
        FrameKind kind = Batch.kindOf(entry);
        place(kind, entry);
        batch.entry(entry);
        logEnd = LogPosition.of(entry);
        entries++;
    }

    void truncate(long from) {
        batch.truncate(from, 0);
    }

    void archive(LogEntry entry) {
        place(FrameKind.ARCHIVE, entry);
        batch.archive(entry);
        entries++;
    }

    void reset(LogPosition base) {
        places.take(FrameKind.SNAPSHOT_BASE, base.index(), segSeq, batch.nextPosition(), Frame.HEADER_BYTES);
        batch.snapshotBase(base);
        logEnd = base;
    }

    private void place(FrameKind kind, LogEntry entry) {
        int length = Frame.HEADER_BYTES + entry.payload().size();
        places.take(kind, entry.index(), segSeq, batch.nextPosition(), length);
    }

    /// The log's last position once this batch is durable.
    LogPosition logEnd() {
        return logEnd;
    }

    /// How many entries there are in it.
    int entries() {
        return entries;
    }

    Bytes seal() {
        return batch.seal();
    }

    Bytes descriptors() {
        return batch.descriptors();
    }
}
