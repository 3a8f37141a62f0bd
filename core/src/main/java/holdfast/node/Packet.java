package holdfast.node;

import holdfast.raft.Message;
import holdfast.raft.Sender;

/// What one node sends to another: a message, and who says it.
public record Packet(Sender sender, Message message) {}
