package holdfast.wal;

import holdfast.env.DiskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The files of a directory, by what they are. Names that are none of ours are left alone.
final class StoreListing {

    private final List<String> unfinished = new ArrayList<>();
    private final List<String> snapshots = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();
    private final TreeMap<Long, Long> segmentBytes = new TreeMap<>();
    private final TreeMap<String, Long> bytes = new TreeMap<>();
    private long highestSegSeq;

    StoreListing(DiskResult.Listing listing) {
        for (DiskResult.FileInfo file : listing.files()) {
            take(file.name(), file.size());
        }
    }

    private void take(String name, long size) {
        bytes.put(name, size);
        boolean isUnfinished = StoreFiles.isUnfinished(name);
        String finished = isUnfinished ? StoreFiles.finished(name) : name;
        long segSeq = StoreFiles.segmentSeq(finished);
        highestSegSeq = Math.max(highestSegSeq, segSeq);
        boolean isOurs = segSeq != 0 || StoreFiles.isSnapshot(finished) || finished.equals(StoreFiles.IDENT)
                || finished.equals(StoreFiles.FORMATION);
        if (isUnfinished && isOurs) {
            unfinished.add(name);
        } else if (segSeq != 0) {
            segmentBytes.put(segSeq, size);
        } else if (StoreFiles.isSnapshot(name)) {
            snapshots.add(name);
        } else if (!isOurs && !StoreFiles.isMeta(name) && !name.equals(StoreFiles.LOCK)) {
            foreign.add(name);
        }
    }

    boolean has(String name) {
        return bytes.containsKey(name);
    }

    /// Bytes; 0 if there is no such file.
    long size(String name) {
        return bytes.getOrDefault(name, 0L);
    }

    /// Files under construction.
    List<String> unfinished() {
        return unfinished;
    }

    /// In ascending order of what they cover.
    List<String> snapshots() {
        return snapshots;
    }

    /// Neither the log's nor of its surroundings.
    List<String> foreign() {
        return foreign;
    }

    /// Sizes by segment number.
    TreeMap<Long, Long> segmentBytes() {
        return segmentBytes;
    }

    /// The highest segment number that was ever seen here, even of an unfinished segment.
    long highestSegSeq() {
        return highestSegSeq;
    }
}
