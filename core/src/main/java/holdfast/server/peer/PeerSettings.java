package holdfast.server.peer;

import holdfast.Digest;
import holdfast.server.config.HostPort;
import java.util.SortedMap;

/// What the network between nodes is told once.
///
/// @param cluster names the cluster
/// @param self this node
/// @param disk this node's disk
/// @param http where this node answers HTTP, for the others to know
/// @param peers where the other nodes listen, by id; a name is looked up whenever a connection is made
/// @param electionMillis the election timeout, by which the patience with a silent peer is measured
/// @param session as in [Hello]
public record PeerSettings(
        Digest cluster,
        int self,
        Digest disk,
        String http,
        SortedMap<Integer, HostPort> peers,
        long electionMillis,
        long session) {

    /// Bound on one frame: a message of entries with one large command, or a piece of a snapshot. Looked at where a frame is
    /// made and where it is read.
    static final int FRAME_BYTES_MAX = 32 << 20;

    /// Bound on what waits for one peer on one lane, beside the lane's own bound on bytes. What comes on top is dropped; the
    /// core sends again.
    static final int QUEUE_FRAMES_MAX = 4_096;

    /// For a whole greeting, however its bytes are spread.
    static final int HELLO_MILLIS_MAX = 2_000;

    /// Connections that have not greeted yet, from addresses of peers and again from others.
    static final int STRANGERS_MAX = 32;

    /// The kernel takes a few bytes more within this time, or the other end is lost.
    static final long WRITE_NANOS_MAX = 5_000_000_000L;

    /// Peers ping several times a second. One that says nothing for so long is gone, without a word from its machine.
    static final int IDLE_MILLIS_MAX = 60_000;

    /// So short that a heal is noticed well within an election.
    static final long BACKOFF_MICROS_FIRST = 10_000;
    static final long BACKOFF_MICROS_MAX = 250_000;

    private static final int CONNECT_MILLIS_LEAST = 250;
    private static final int PATIENCE_TIMEOUTS = 3;
    private static final int PINGS_PER_TIMEOUT = 2;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// For one attempt to connect. A cluster whose round trips take longer than an election timeout cannot elect anyway.
    int connectMillisMax() {
        return (int) Math.max(CONNECT_MILLIS_LEAST, electionMillis);
    }

    /// The pulse of a connection that begins now.
    Pulse pulse(long nowNanos) {
        long election = electionMillis * NANOS_PER_MILLI;
        return new Pulse(nowNanos, election / PINGS_PER_TIMEOUT, PATIENCE_TIMEOUTS * election, WRITE_NANOS_MAX);
    }

    /// @param since as in [Hello]
    Hello helloTo(int peer, Lane lane, long since) {
        return new Hello(cluster, self, peer, disk, since, session, lane, http);
    }
}
