package holdfast.raft;

import holdfast.Check;
import holdfast.StateSink;
import java.util.Map;
import java.util.TreeMap;

/// The membership at each place of the log. A membership entry is in force from the moment it is appended, and no longer
/// when it is truncated (thesis §4.1).
final class Memberships {

    /// By the index from which it is in force.
    private final TreeMap<Long, Membership> byIndex = new TreeMap<>();

    /// @param atBase what a snapshot that ends at `baseIndex` says, or null if the log begins with a membership entry
    Memberships(long baseIndex, Membership atBase) {
        if (atBase != null) {
            byIndex.put(baseIndex, atBase);
        }
    }

    /// In force now.
    Membership latest() {
        Check.that(!byIndex.isEmpty(), "a formatted store names its voters");
        return byIndex.lastEntry().getValue();
    }

    /// Where the latest membership stands; it may not be committed yet.
    long latestIndex() {
        return byIndex.lastKey();
    }

    /// The latest that is known to be committed, or null if none is yet.
    Membership committed(long commitIndex) {
        Map.Entry<Long, Membership> entry = byIndex.floorEntry(commitIndex);
        return entry == null ? null : entry.getValue();
    }

    /// In force when everything up to `index` had been appended.
    Membership at(long index) {
        Membership membership = committed(index);
        Check.that(membership != null, "a membership before the first entry of the log", index, 0);
        return membership;
    }

    void appended(long index, Membership membership) {
        byIndex.put(index, membership);
    }

    void truncatedFrom(long index) {
        byIndex.tailMap(index, true).clear();
    }

    /// Nobody asks for places before `index` any more.
    void compactedTo(long index) {
        Long first = byIndex.floorKey(index);
        if (first != null) {
            byIndex.headMap(first, false).clear();
        }
    }

    void restored(long index, Membership membership) {
        byIndex.clear();
        byIndex.put(index, membership);
    }

    void describe(StateSink sink) {
        sink.add("latestIndex", latestIndex()).add("memberships", byIndex.size());
    }
}
