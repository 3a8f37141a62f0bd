package holdfast.node;

import holdfast.env.DiskOp;
import holdfast.raft.Message;

/// One output of the node, already safe to perform: nothing in a list of effects waits for anything else in it,
/// except that disk operations happen in their order. Losing any suffix equals a crash.
public sealed interface Effect {

    record Send(int to, Message message) implements Effect {}

    record Disk(DiskOp op) implements Effect {}

    record Answer(long requestId, ClientReply reply) implements Effect {}

    /// The node stops for good; nothing follows. `exitCode` is the process's.
    record Halt(int exitCode, String report) implements Effect {}
}
