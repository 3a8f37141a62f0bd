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

    record DiskDone(long id, DiskResult result) implements Event {}

    record ClientRequested(long requestId, ClientRequest request) implements Event {}
}
