package holdfast.server.peer;

import holdfast.Digest;
import java.net.InetSocketAddress;
import java.util.SortedMap;

/// What the network between nodes is told once.
///
/// @param cluster names the cluster
/// @param self this node
/// @param disk this node's disk
/// @param http where this node answers HTTP, for the others to know
/// @param peers where the other nodes listen, by id
public record PeerSettings(
        Digest cluster, int self, Digest disk, String http, SortedMap<Integer, InetSocketAddress> peers) {

    /// Bound on one frame: a message of entries with one large command, or a piece of a snapshot.
    static final int FRAME_BYTES_MAX = 32 << 20;

    /// Bounds on what waits for one peer. What comes on top is dropped; the core sends again.
    static final int QUEUE_FRAMES_MAX = 4_096;
    static final long QUEUE_BYTES_MAX = 64L << 20;

    static final int CONNECT_MILLIS_MAX = 1_000;
    static final int HELLO_MILLIS_MAX = 2_000;

    /// A write that takes longer than this has lost its reader.
    static final long WRITE_NANOS_MAX = 5_000_000_000L;

    static final long BACKOFF_MICROS_FIRST = 10_000;
    static final long BACKOFF_MICROS_MAX = 500_000;

    /// @param since as in [Hello]
    Hello helloTo(int peer, long since) {
        return new Hello(cluster, self, peer, disk, since, http);
    }
}
