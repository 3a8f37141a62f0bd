package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Message;
import holdfast.raft.Raft;

/// An answer to a leader repeats a round only if the node has been told that round in the term that the answer carries. A
/// round of another term would be taken for an answer to what nobody has heard, as soon as the node that led the old term
/// leads the new one; this oracle objects when the words are said, whoever leads by then.
public final class OwnRounds implements NodeOracle {

    private final long[] term;
    private final long[] round;

    public OwnRounds(int nodes) {
        term = new long[nodes + 1];
        round = new long[nodes + 1];
    }

    /// Node `node` is about to act upon a message.
    public void taking(int node, Message message, Raft raft) {
        switch (message) {
            case Message.AppendEntries append -> told(node, append.term(), append.round(), raft);
            case Message.InstallSnapshot piece -> told(node, piece.term(), piece.round(), raft);
            case Message.PreVoteRequest _, Message.PreVoteReply _, Message.VoteRequest _, Message.VoteReply _,
                    Message.AppendAccepted _, Message.AppendRejected _, Message.InstallSnapshotReply _,
                    Message.TimeoutNow _, Message.ReadIndexRequest _, Message.ReadIndexReply _ -> {}
        }
    }

    private void told(int node, long ofTerm, long youngest, Raft raft) {
        if (ofTerm >= raft.term()) {
            round[node] = ofTerm == term[node] ? Math.max(round[node], youngest) : youngest;
            term[node] = ofTerm;
        }
    }

    /// Node `node` says something.
    public void sent(int node, Message message) {
        switch (message) {
            case Message.AppendAccepted answer -> judge(node, answer.term(), answer.round());
            case Message.AppendRejected answer -> judge(node, answer.term(), answer.round());
            case Message.InstallSnapshotReply answer -> judge(node, answer.term(), answer.round());
            case Message.PreVoteRequest _, Message.PreVoteReply _, Message.VoteRequest _, Message.VoteReply _,
                    Message.AppendEntries _, Message.InstallSnapshot _, Message.TimeoutNow _,
                    Message.ReadIndexRequest _, Message.ReadIndexReply _ -> {}
        }
    }

    private void judge(int node, long ofTerm, long answered) {
        if (answered != Message.NO_ROUND && (ofTerm != term[node] || answered > round[node])) {
            throw new Violation("own-rounds", "node " + node + " answers round " + answered + " in term " + ofTerm
                    + ", and the youngest round that it has been told is " + round[node] + " of term " + term[node]);
        }
    }

    @Override
    public void afterTurn(int node, Replica replica) {}

    @Override
    public void processEnded(int node) {
        term[node] = 0;
        round[node] = Message.NO_ROUND;
    }
}
