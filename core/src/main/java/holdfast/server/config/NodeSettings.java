package holdfast.server.config;

import holdfast.node.NodeConfig;
import holdfast.raft.RaftConfig;
import holdfast.stream.ProducerBounds;
import holdfast.wal.StoreId;
import holdfast.wal.WalConfig;
import java.util.function.LongUnaryOperator;

/// From a server's configuration to what the core is told. What is not a setting is decided here.
public final class NodeSettings {

    private static final int BLOCK = 4 << 10;

    /// Room for what surrounds the bytes of an append: what its headers say, and a length for each record.
    private static final int COMMAND_OVERHEAD_BYTES = 128 << 10;

    /// A batch also needs its frames' headers and its seal.
    private static final int BATCH_OVERHEAD_BYTES = 8 << 10;

    private static final int BATCH_BYTES_LEAST = 1 << 20;

    /// One proof takes 64 bytes and is needed for each entry; with one for every 512 bytes of a segment, entries of
    /// that size fill it evenly.
    private static final int BYTES_PER_PROOF = 512;
    private static final int PROOF_BYTES = 64;
    private static final int PROOFS_PER_BLOCK = BLOCK / PROOF_BYTES;
    private static final int SEGMENT_HEAD_BYTES = 2 * BLOCK;

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long IDLE_PROOF_MICROS = 50_000;
    private static final int ENTRIES_PER_MESSAGE = 1_024;
    private static final int MESSAGE_BYTES = 1 << 20;
    /// One that the follower writes and one that waits for it: what comes meanwhile makes the next message larger, as
    /// it makes the next batch on the leader's own disk larger.
    private static final int WINDOW_MESSAGES = 2;
    private static final int TRAILING_ENTRIES = 4_096;
    private static final int SNAPSHOT_PIECE_BYTES = 256 << 10;
    private static final int RESEND_HEARTBEATS = 5;
    private static final int READ_TIMEOUTS = 4;
    private static final int WRITES_MAX = 16_384;
    private static final int READS_MAX = 16_384;
    private static final int READ_RECORDS_MAX = 10_000;

    private NodeSettings() {}

    /// Why an append of that size and segments of that size do not go together, or empty.
    static String refusal(int appendBytes, int segmentBytes) {
        if (segmentBytes % BLOCK != 0) {
            return "segment-bytes is a multiple of " + BLOCK;
        }
        long needed = SEGMENT_HEAD_BYTES + (long) proofs(segmentBytes) * PROOF_BYTES + batchBytes(appendBytes);
        return segmentBytes >= needed
                ? ""
                : "segment-bytes must be at least " + needed + " for appends of " + appendBytes + " bytes";
    }

    /// @param store whose store the node is to find
    public static NodeConfig of(ServerConfig config, StoreId store, LongUnaryOperator jitter) {
        long election = config.electionTimeoutMillis() * MICROS_PER_MILLI;
        long heartbeat = config.heartbeatMillis() * MICROS_PER_MILLI;
        RaftConfig raft = new RaftConfig(
                store.nodeId(), election, heartbeat, ENTRIES_PER_MESSAGE, MESSAGE_BYTES, WINDOW_MESSAGES,
                4L * config.appendBytesMax(), READS_MAX, jitter);
        WalConfig wal = new WalConfig(
                store.clusterId(), store.nodeId(), store.diskUuid(),
                config.segmentBytes(), proofs(config.segmentBytes()), batchBytes(config.appendBytesMax()),
                IDLE_PROOF_MICROS);
        return new NodeConfig(
                raft, wal, config.snapshotEveryBytes(), TRAILING_ENTRIES, SNAPSHOT_PIECE_BYTES,
                RESEND_HEARTBEATS * heartbeat, READ_TIMEOUTS * election,
                commandBytesMax(config.appendBytesMax()), WRITES_MAX, READS_MAX, READ_RECORDS_MAX,
                ProducerBounds.STANDARD);
    }

    /// Bound on an encoded command that holds an append of that size.
    public static int commandBytesMax(int appendBytes) {
        return appendBytes + COMMAND_OVERHEAD_BYTES;
    }

    private static int proofs(int segmentBytes) {
        int wanted = segmentBytes / BYTES_PER_PROOF;
        return Math.max(PROOFS_PER_BLOCK, wanted / PROOFS_PER_BLOCK * PROOFS_PER_BLOCK);
    }

    private static int batchBytes(int appendBytes) {
        int bytes = Math.max(BATCH_BYTES_LEAST, appendBytes + COMMAND_OVERHEAD_BYTES + BATCH_OVERHEAD_BYTES);
        return (bytes + BLOCK - 1) / BLOCK * BLOCK;
    }
}
