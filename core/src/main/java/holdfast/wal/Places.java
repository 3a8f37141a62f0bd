package holdfast.wal;

import java.util.TreeSet;

/// Where each entry stands that can be read by its index: those of the log, and those archived beside it. What is
/// archived is committed. Where both have an index, the log is right above the snapshot; below, what stands in the
/// log may have been overtaken by a part of the log that has been deleted.
final class Places {

    private final SpotTable log = new SpotTable();
    private final SpotTable archive = new SpotTable();
    /// A durable snapshot covers the log up to here.
    private long covered;

    /// @param covered the last index that the snapshot covers
    Places(long covered) {
        this.covered = covered;
    }

    /// A frame that was handed to the disk, or read back from it.
    void take(FrameKind kind, long index, long segSeq, int position, int length) {
        switch (kind) {
            // An entry takes the place of what stood at its index and after it.
            case ENTRY, CONFIG -> {
                log.cutFrom(index);
                log.put(index, segSeq, position, length);
            }
            case ARCHIVE -> archive.put(index, segSeq, position, length);
            // What a snapshot brings and the log had committed already is not archived: it stays readable where it stands.
            case SNAPSHOT_BASE -> {
                log.cutFrom(index + 1);
                covered = Math.max(covered, index);
            }
            case TRUNCATE, SEAL -> {}
        }
    }

    /// The table that has this index, or null.
    SpotTable tableOf(long index) {
        SpotTable right = index > covered ? log : archive;
        SpotTable other = index > covered ? archive : log;
        if (right.row(index) >= 0) {
            return right;
        }
        return other.row(index) >= 0 ? other : null;
    }

    boolean has(long index) {
        return tableOf(index) != null;
    }

    boolean isArchived(long index) {
        return archive.row(index) >= 0;
    }

    Place place(long index) {
        SpotTable table = tableOf(index);
        if (table == null) {
            return null;
        }
        int row = table.row(index);
        return new Place(StoreFiles.segment(table.segSeq(row)), table.position(row), table.length(row));
    }

    /// The log goes on after `index`, whatever was read before.
    void cutAfter(long index) {
        log.cutFrom(index + 1);
    }

    /// A durable snapshot covers the log up to `lastIndex`, and of that only what is `needed`, ascending, is kept.
    void compact(long lastIndex, long[] needed) {
        covered = Math.max(covered, lastIndex);
        log.retain(needed, lastIndex);
        archive.retain(needed, lastIndex);
    }

    /// Segments that something stands in which can be read.
    TreeSet<Long> segments() {
        TreeSet<Long> segments = new TreeSet<>();
        log.forEachSegment(segments::add);
        archive.forEachSegment(segments::add);
        return segments;
    }

    /// The segment in which the log goes on after this index, or 0 if it ends there.
    long segmentAfter(long index) {
        return log.segSeqAfter(index);
    }

    int size() {
        return log.size() + archive.size();
    }
}
