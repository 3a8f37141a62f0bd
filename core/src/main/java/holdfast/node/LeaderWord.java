package holdfast.node;

import holdfast.raft.Message;
import holdfast.raft.Raft;

/// What leaders have told this node to be committed. The node itself may be far from having it, and then knows only from
/// here how far.
final class LeaderWord {

    private long committed;

    /// A message of whoever leads this node's term, or of anybody else, which is not believed.
    void heard(Raft raft, int from, Message message) {
        if (from != raft.leader()) {
            return;
        }
        if (message instanceof Message.AppendEntries append && append.term() == raft.term()) {
            committed = Math.max(committed, append.commitIndex());
        } else if (message instanceof Message.InstallSnapshot piece && piece.term() == raft.term()) {
            committed = Math.max(committed, piece.last().index());
        }
    }

    /// The greatest index, or 0 if no leader has spoken of any since the node started.
    long committed() {
        return committed;
    }
}
