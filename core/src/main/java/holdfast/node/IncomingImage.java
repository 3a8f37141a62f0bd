package holdfast.node;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.stream.StreamMachine;
import holdfast.wal.Snapshot;
import holdfast.wal.SnapshotFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of a snapshot while they arrive from another node, and what they say once they are whole. They are taken in
/// their order, so memory grows by what has arrived and never by what was only announced.
final class IncomingImage {

    private final LogPosition last;
    private final List<Bytes> pieces = new ArrayList<>();
    private int bytesHeld;
    private int bytesAnnounced;
    private Snapshot snapshot;
    private StreamMachine machine;
    private long[] needed = {};

    IncomingImage(LogPosition last) {
        this.last = last;
    }

    int bytesHeld() {
        return bytesHeld;
    }

    boolean isWhole() {
        return snapshot != null;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    StreamMachine machine() {
        return machine;
    }

    /// Indexes of the entries whose payloads the machine needs, ascending.
    long[] needed() {
        return needed;
    }

    /// The place of this index among those needed; negative if it is not.
    int placeOf(long index) {
        return Arrays.binarySearch(needed, index);
    }

    /// Takes the piece if it is the next one. Returns false if it belongs to no snapshot, or the whole is none: then this
    /// image is of no use any more.
    boolean take(Message.InstallSnapshot piece, Probe probe) {
        if (piece.position() != bytesHeld) {
            probe.reached(piece.position() < bytesHeld
                    ? Sometimes.SNAPSHOT_PIECE_REPEATED : Sometimes.SNAPSHOT_PIECE_AHEAD);
            return true;
        }
        if (bytesHeld == 0) {
            bytesAnnounced = piece.imageBytes();
        }
        if (piece.imageBytes() != bytesAnnounced
                || piece.data().size() == 0
                || piece.data().size() > bytesAnnounced - bytesHeld) {
            return false;
        }
        pieces.add(piece.data());
        bytesHeld += piece.data().size();
        return bytesHeld < bytesAnnounced || decode(probe);
    }

    private boolean decode(Probe probe) {
        Snapshot decoded = SnapshotFile.decode(concatenated());
        pieces.clear();
        if (decoded == null || !decoded.last().equals(last)) {
            return false;
        }
        machine = StreamMachine.decodeOrNull(decoded.image(), probe);
        if (machine == null) {
            return false;
        }
        needed = machine.neededIndexes();
        if (!isPartOfTheLog(needed)) {
            return false;
        }
        snapshot = decoded;
        return true;
    }

    private boolean isPartOfTheLog(long[] indexes) {
        long before = 0;
        for (long index : indexes) {
            if (index <= before || index > last.index()) {
                return false;
            }
            before = index;
        }
        return true;
    }

    private Bytes concatenated() {
        byte[] whole = new byte[bytesHeld];
        int position = 0;
        for (Bytes piece : pieces) {
            piece.copyTo(whole, position);
            position += piece.size();
        }
        return Bytes.wrap(whole);
    }
}
