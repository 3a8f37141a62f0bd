package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.HardState;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import java.util.TreeSet;

/// What helps an election is not lost inside a node: who has taken the pre-votes of a majority campaigns (thesis §9.6), and
/// nobody else, but for who was told to; and a vote that the disk has is told to its candidate (Raft §5.2). A node that breaks
/// this loses nothing but time, so no other oracle would object: the next election timeout hides it.
public final class CountedVotes implements NodeOracle {

    private static final String NAME = "counted-votes";

    /// A pre-vote under way: what its node held when it asked, and who has granted it.
    private record PreVote(long askedTerm, HardState asker, TreeSet<Integer> granted) {}

    private final PreVote[] asking;
    /// The greatest term that each may campaign for.
    private final long[] allowed;
    private final HardState[] known;
    private final HardState[] owed;

    public CountedVotes(int nodes) {
        asking = new PreVote[nodes + 1];
        allowed = new long[nodes + 1];
        known = new HardState[nodes + 1];
        owed = new HardState[nodes + 1];
    }

    public void sent(int from, int to, Message message, Replica replica) {
        switch (message) {
            case Message.PreVoteRequest request ->
                asking[from] = new PreVote(request.term(), replica.raft().hardState(), new TreeSet<>());
            case Message.VoteRequest request when request.term() > allowed[from] && replica.raft().membership().quorum() > 1 ->
                throw new Violation(NAME, "node " + from + " asks for votes of term " + request.term()
                        + " without the pre-votes of a majority, and nobody told it to");
            case Message.VoteReply vote when vote.granted() && new HardState(vote.term(), to).equals(owed[from]) ->
                owed[from] = null;
            case Message.VoteReply _, Message.PreVoteReply _, Message.VoteRequest _, Message.AppendEntries _,
                    Message.AppendAccepted _, Message.AppendRejected _, Message.InstallSnapshot _,
                    Message.InstallSnapshotReply _, Message.TimeoutNow _, Message.ReadIndexRequest _,
                    Message.ReadIndexReply _ -> {}
        }
    }

    /// A leader hands over to the node.
    public void told(int node, Message.TimeoutNow order) {
        allowed[node] = Math.max(allowed[node], order.term() + 1);
    }

    /// Node `node` is about to act upon an answer to its pre-vote by a voter that counts for it.
    public void taking(int node, int from, Message.PreVoteReply reply, Raft raft) {
        PreVote mine = asking[node];
        if (mine == null || !reply.granted() || reply.askedTerm() != mine.askedTerm) {
            return;
        }
        // Whoever has found a leader, voted or adopted a term meanwhile asks no longer.
        if (raft.leader() == 0 && raft.hardState().equals(mine.asker)) {
            mine.granted.add(from);
            if (mine.granted.size() + 1 >= raft.membership().quorum()) {
                allowed[node] = Math.max(allowed[node], mine.askedTerm);
            }
        }
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        Raft raft = replica.raft();
        PreVote mine = asking[node];
        if (mine != null && mine.granted.size() + 1 >= raft.membership().quorum()) {
            if (raft.term() < mine.askedTerm) {
                throw new Violation(NAME, "node " + node + " has taken the pre-votes of " + mine.granted + " for term "
                        + mine.askedTerm + " and does not campaign");
            }
            asking[node] = null;
        }
        mustTell(node, raft);
    }

    private void mustTell(int node, Raft raft) {
        HardState now = raft.hardState();
        boolean isNew = known[node] != null && !now.equals(known[node]);
        known[node] = now;
        if (isNew) {
            boolean isForAnother = now.votedFor() != HardState.NOBODY && now.votedFor() != node;
            owed[node] = isForAnother && !raft.isHardStateDurable() ? now : null;
        }
        if (owed[node] != null && raft.isHardStateDurable()) {
            throw new Violation(NAME, "the disk of node " + node + " has its vote for " + now.votedFor() + " in term "
                    + now.term() + ", and the node does not tell it");
        }
    }

    /// A new process may find a vote on its disk that the one before it has told.
    @Override
    public void processEnded(int node) {
        asking[node] = null;
        known[node] = null;
        owed[node] = null;
    }
}
