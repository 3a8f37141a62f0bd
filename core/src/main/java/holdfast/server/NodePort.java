package holdfast.server;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import java.util.List;

/// The node as a thread of the HTTP front sees it: ask, forward, look, wait. Every method may be called from any
/// thread and may block its caller, never the node's loop.
///
/// The front decides what to do with an answer (hold, forward, try again); the port only carries.
public interface NodePort {

    /// Hands `request` to this node's own loop and waits for the reply. A [ClientRequest.Write] is given this
    /// node's wall clock first ([ClientRequest.Write#stampedAt]): whoever proposes a command stamps it, so a
    /// log holds leaders' times only.
    ///
    /// After `timeoutMillis` a write is answered [ClientReply.Unknown] and anything else
    /// [ClientReply.ReadFailed], with [ClientReply.Cause#TIMED_OUT]. A full queue is an answer too:
    /// [ClientReply.NotWritten] or [ClientReply.ReadFailed] with [ClientReply.Cause#OVERLOADED].
    ClientReply ask(ClientRequest request, long timeoutMillis) throws InterruptedException;

    /// Carries a write to the loop of node `node`, there handled as by [#ask], and waits for the reply. One hop:
    /// a node that does not lead answers [ClientReply.NotWritten], it never forwards again.
    ///
    /// [ClientReply.NotWritten] with [ClientReply.Cause#NOT_LEADER] if the request certainly never left this
    /// node (no connection, a full queue); once a byte of it may have left, a broken connection and a timeout
    /// are [ClientReply.Unknown]. The bytes on the wire: [holdfast.node.ClientCodec].
    ClientReply forward(int node, ClientRequest.Write write, long timeoutMillis) throws InterruptedException;

    /// What this node knows of itself right now. Cheap: a snapshot that the loop publishes after each turn.
    Status status();

    /// Blocks until [#status] names a leader of a term that is not `staleTerm`, or until the time is up; returns
    /// the status it saw last. With `staleTerm` 0 any known leader will do. May return early.
    Status awaitLeader(long staleTerm, long timeoutMillis) throws InterruptedException;

    /// Begins to watch a stream, whether it exists or not.
    Watch watch(String stream);

    /// A registration. What changed since it was made is never missed: register, then read, then [#await].
    interface Watch extends AutoCloseable {

        /// Waits until this node has applied a change of the stream since the registration or since the last
        /// call that returned true: more records, a close, a deletion, an expiry, a new incarnation. False when
        /// the time is up. Waking for nothing is allowed.
        boolean await(long timeoutMillis) throws InterruptedException;

        @Override
        void close();
    }

    /// Wall-clock milliseconds of this node ([holdfast.env.Clock#wallMillis]).
    long wallMillis();

    /// @param self this node's id
    /// @param role what the node is at the moment
    /// @param leader id of the known leader, 0 if none is known
    /// @param term the newest term this node has seen
    /// @param commitIndex what this node knows to be committed
    /// @param appliedIndex what its machine has applied
    /// @param voters ids of the voters in ascending order
    record Status(
            int self, Role role, int leader, long term, long commitIndex, long appliedIndex, List<Integer> voters) {

        public boolean leads() {
            return role == Role.LEADER;
        }
    }

    /// What a node can be, in the words of `/v1/status`.
    enum Role { RECOVERING, FOLLOWER, CANDIDATE, LEADER, STOPPED }
}
