package holdfast.node;

import holdfast.env.DiskResult;
import holdfast.raft.Message;
import holdfast.raft.Sender;

/// One input of [Node#step].
public sealed interface Event {

    /// The process has started; the first event of a node's life.
    record Started() implements Event {}

    /// The deadline that [Node#nextDeadline] named has come.
    record TimeReached() implements Event {}

    record MessageReceived(Sender sender, Message message) implements Event {}

    /// Bytes of a large message of node `from` arrive that is not whole yet: no word of that node, but a sign of life. Whoever
    /// tells this tells it while they come fast enough, and not for ever ([holdfast.raft.Raft#onArriving]).
    record Arriving(int from) implements Event {}

    record DiskDone(long id, DiskResult result) implements Event {}

    record ClientRequested(long requestId, ClientRequest request) implements Event {}
}
