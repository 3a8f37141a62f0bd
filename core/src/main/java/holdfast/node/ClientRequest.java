package holdfast.node;

import holdfast.Digest;
import holdfast.stream.Command;

/// What a client can ask of any node.
public sealed interface ClientRequest {

    /// Replicates a command; answered by [ClientReply.Applied], [ClientReply.NotWritten] or [ClientReply.Unknown].
    record Write(Command command) implements ClientRequest {

        /// The same with the wall clock of the node that is about to propose it ([holdfast.stream.Stamp]).
        public Write stampedAt(long wallMillis) {
            return new Write(command.with(command.stamp().at(Math.max(0, wallMillis))));
        }
    }

    /// Reads up to `recordsMax` records from `from`, ending with the append that brings them to `bytesMax` or
    /// more; answered by [ClientReply.Records] or a refusal. Both bounds are the client's: the node has its own.
    record Read(String stream, long from, int recordsMax, long bytesMax, Level level, long afterIndex)
            implements ClientRequest {

        public Read(String stream, long from, int recordsMax, Level level) {
            this(stream, from, recordsMax, Long.MAX_VALUE, level, NO_INDEX);
        }
    }

    /// Asks for the tail; answered by [ClientReply.Tail] or a refusal.
    record Tail(String stream, Level level, long afterIndex) implements ClientRequest {

        public Tail(String stream, Level level) {
            this(stream, level, NO_INDEX);
        }
    }

    /// Hands leadership to `target`; answered by [ClientReply.Accepted] or a refusal.
    record TransferLeadership(int target) implements ClientRequest {}

    /// Says that the disk of voter `node` is lost and that `disk` takes its place; answered by [ClientReply.DiskReplaced] or a
    /// refusal. Only the leader takes it.
    record ReplaceDisk(int node, Digest disk) implements ClientRequest {}

    /// The token of a client that has seen nothing yet.
    long NO_INDEX = 0;

    /// How fresh a read must be.
    enum Level {
        /// Reflects every append acknowledged before the read began (ReadIndex, thesis §6.4).
        LINEARIZABLE,
        /// A committed prefix that this node has applied; it may lag and is never rolled back. It waits until
        /// the node has applied `afterIndex`, the index of the latest answer the client has seen: so what one
        /// client sees never goes back, whichever nodes it asks.
        LOCAL
    }
}
