package holdfast.raft;

import java.util.function.LongUnaryOperator;

/// What a node's consensus part is told once. Times are microseconds.
///
/// @param self this node's id
/// @param electionTimeoutMicros the minimum election timeout; the actual one is drawn from
///     `[electionTimeoutMicros, 2 * electionTimeoutMicros)` (Raft §5.2), and it is also how long a leader may go
///     without a majority and how long a leader heard of is protected
/// @param heartbeatMicros pause between broadcasts of an idle leader; well below the election timeout
/// @param entriesPerMessageMax bound on entries in one AppendEntries
/// @param messageBytesMax bound on payload bytes in one AppendEntries, unless one entry alone is larger
/// @param windowMessages bound on unanswered AppendEntries with entries per follower
/// @param uncommittedBytesMax bound on payload bytes a leader holds uncommitted before it refuses proposals
/// @param readsMax bound on reads waiting for confirmation
/// @param jitter the injected source of randomness: `jitter(bound)` is uniform in `[0, bound)`
public record RaftConfig(
        int self,
        long electionTimeoutMicros,
        long heartbeatMicros,
        int entriesPerMessageMax,
        int messageBytesMax,
        int windowMessages,
        long uncommittedBytesMax,
        int readsMax,
        LongUnaryOperator jitter) {

    /// A leader gives up a read that it could not confirm for so many election timeouts.
    private static final int READ_WAIT_TIMEOUTS = 5;

    /// How long a leader lets a read wait for its confirmation, in microseconds. A little longer than readers wait by
    /// themselves (`NodeConfig.readTimeoutMicros`), so it costs nobody an answer.
    public long readWaitMicros() {
        return READ_WAIT_TIMEOUTS * electionTimeoutMicros;
    }
}
