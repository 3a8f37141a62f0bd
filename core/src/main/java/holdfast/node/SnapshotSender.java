package holdfast.node;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.raft.LogPosition;
import holdfast.stream.StreamMachine;
import holdfast.wal.Snapshot;
import holdfast.wal.SnapshotFile;
import java.util.Arrays;
import java.util.List;

/// One snapshot on its way to one follower: the image in pieces, then the payloads that its extents need, a
/// few entries a piece. One piece is under way at a time and repeated until it is answered.
final class SnapshotSender {

    /// Few enough that a piece of ordinary entries stays a modest message.
    private static final int ENTRIES_PER_PIECE = 16;

    private final int follower;
    private final LogPosition last;
    private final Bytes image;
    private final int pieceBytes;
    private final long[] needed;
    private final int imagePieces;
    private final int entryPieces;
    private int chunk;
    private long dueMicros;
    private long token;

    SnapshotSender(int follower, Snapshot snapshot, int pieceBytes) {
        this.follower = follower;
        this.pieceBytes = pieceBytes;
        last = snapshot.last();
        image = SnapshotFile.encode(snapshot);
        needed = StreamMachine.decode(snapshot.image(), Probe.NONE).neededIndexes();
        imagePieces = (image.size() + pieceBytes - 1) / pieceBytes;
        entryPieces = Math.max(1, (needed.length + ENTRIES_PER_PIECE - 1) / ENTRIES_PER_PIECE);
    }

    int follower() {
        return follower;
    }

    LogPosition last() {
        return last;
    }

    int chunk() {
        return chunk;
    }

    boolean isDue(long now) {
        return now >= dueMicros;
    }

    long dueMicros() {
        return dueMicros;
    }

    /// The current piece goes out; it is repeated at `repeatMicros` unless answered before.
    void sending(long repeatMicros) {
        dueMicros = repeatMicros;
    }

    /// The follower has all pieces before `nextChunk`. Returns whether there is another to send now. A follower
    /// that has restarted begins again at zero.
    boolean answered(int nextChunk) {
        if (nextChunk == chunk || nextChunk < 0 || nextChunk >= imagePieces + entryPieces) {
            return false;
        }
        chunk = nextChunk;
        return true;
    }

    boolean isImagePiece() {
        return chunk < imagePieces;
    }

    boolean isLastPiece() {
        return chunk == imagePieces + entryPieces - 1;
    }

    Bytes imagePiece() {
        return image.slice(chunk * pieceBytes, Math.min(image.size(), (chunk + 1) * pieceBytes));
    }

    List<Long> entriesOfPiece() {
        int from = (chunk - imagePieces) * ENTRIES_PER_PIECE;
        int to = Math.min(needed.length, from + ENTRIES_PER_PIECE);
        return Arrays.stream(needed, from, to).boxed().toList();
    }

    void fetching(long readToken) {
        token = readToken;
    }

    boolean claims(long readToken) {
        return token == readToken;
    }
}
