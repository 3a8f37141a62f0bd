package holdfast.node;

import holdfast.Bytes;
import holdfast.raft.LogPosition;
import holdfast.wal.Snapshot;
import holdfast.wal.SnapshotFile;
import java.util.Arrays;

/// A snapshot as a leader offers it to its followers: encoded once, when the first of them wants its bytes, and shared by all
/// who are sent it.
final class SnapshotOffer {

    private final Snapshot snapshot;
    private final long[] needed;
    private Bytes file;

    /// @param needed indexes of the entries whose payloads the snapshot needs, ascending
    SnapshotOffer(Snapshot snapshot, long[] needed) {
        this.snapshot = snapshot;
        this.needed = needed;
    }

    LogPosition last() {
        return snapshot.last();
    }

    /// The bytes of the snapshot itself.
    Bytes file() {
        if (file == null) {
            file = SnapshotFile.encode(snapshot);
        }
        return file;
    }

    long[] needed() {
        return needed;
    }

    /// How many needed entries lie below `index`: the place of the first one that does not.
    int placeOf(long index) {
        int place = Arrays.binarySearch(needed, index);
        return place < 0 ? -place - 1 : place;
    }
}
