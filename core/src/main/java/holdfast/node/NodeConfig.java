package holdfast.node;

import holdfast.raft.RaftConfig;
import holdfast.stream.ProducerBounds;
import holdfast.wal.WalConfig;

/// Everything a node is told once.
///
/// @param snapshotEveryBytes payload bytes of entries in memory after which a snapshot is taken
/// @param trailingEntries entries kept in memory behind a snapshot, for followers that are a little late; fewer if they
///     are more than half of `snapshotEveryBytes`
/// @param snapshotPieceBytes size of one piece of a snapshot on its way to a follower
/// @param resendMicros pause after which an unanswered snapshot piece is sent again
/// @param readTimeoutMicros how long a read may wait for its confirmation
/// @param appendBytesMax bound on the encoded size of one command
/// @param writesMax bound on writes waiting for their commit
/// @param readsMax bound on reads under way
/// @param readRecordsMax bound on records in one answer
/// @param producers how many producers a stream knows; the same on every node, and an image has the last word
public record NodeConfig(
        RaftConfig raft,
        WalConfig wal,
        long snapshotEveryBytes,
        int trailingEntries,
        int snapshotPieceBytes,
        long resendMicros,
        long readTimeoutMicros,
        int appendBytesMax,
        int writesMax,
        int readsMax,
        int readRecordsMax,
        ProducerBounds producers) {

    public int self() {
        return raft.self();
    }
}
