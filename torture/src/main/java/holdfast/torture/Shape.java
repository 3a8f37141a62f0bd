package holdfast.torture;

import java.util.List;
import java.util.SplittableRandom;

/// The bounds that the nodes of a run work with: small ones, so that segments are rolled, snapshots taken and followers
/// brought up by them many times within minutes.
///
/// @param appendBytes bound on one append, at least [#APPEND_BYTES_LEAST]
/// @param segmentBytes size of one file of the log
/// @param snapshotBytes log in memory after which a snapshot is taken
record Shape(int appendBytes, int segmentBytes, int snapshotBytes) {

    static final int APPEND_BYTES_LEAST = 256 << 10;
    /// What `serve` takes at most.
    static final int APPEND_BYTES_MOST = 24 << 20;

    private static final int SEGMENT_BYTES_LEAST = 2 << 20;
    private static final int SNAPSHOT_BYTES_LEAST = 512 << 10;
    private static final int BLOCK = 4 << 10;

    /// Mostly the smallest. The largest is that of a node that was told nothing: only there can one body be as large.
    private static final List<Integer> DRAWN = List.of(APPEND_BYTES_LEAST, APPEND_BYTES_LEAST, 1 << 20, 16 << 20);

    static Shape of(int appendBytes) {
        int segment = Math.max(SEGMENT_BYTES_LEAST, 2 * appendBytes);
        return new Shape(
                appendBytes, (segment + BLOCK - 1) / BLOCK * BLOCK, Math.max(SNAPSHOT_BYTES_LEAST, appendBytes / 2));
    }

    /// A function of the seed alone.
    static Shape drawn(long seed) {
        return of(DRAWN.get(new SplittableRandom(seed).nextInt(DRAWN.size())));
    }

    /// Words behind `serve`.
    List<String> flags() {
        return List.of(
                "--append-bytes", Integer.toString(appendBytes),
                "--segment-bytes", Integer.toString(segmentBytes),
                "--snapshot-bytes", Integer.toString(snapshotBytes));
    }

    String told() {
        return "appends up to " + (appendBytes >> 10) + "k, segments of " + (segmentBytes >> 10) + "k, snapshots every "
                + (snapshotBytes >> 10) + "k";
    }
}
