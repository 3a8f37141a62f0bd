package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Membership;
import holdfast.raft.Message;
import holdfast.raft.Sender;
import java.util.TreeMap;

/// Whoever leads a term was told the votes of a majority in that very term (Raft §5.2). Two leaders of one term are found
/// by [ElectionSafety]; one that had no right to lead is found here, whether or not there is a second one.
public final class ElectedByMajority implements NodeOracle {

    /// By term, then by candidate, then by voter: who has told it a vote.
    private final TreeMap<Long, TreeMap<Integer, TreeMap<Integer, Sender>>> voters = new TreeMap<>();
    private final long[] checkedTerm;

    public ElectedByMajority(int nodes) {
        checkedTerm = new long[nodes + 1];
    }

    public void sent(Sender from, int to, Message message) {
        if (message instanceof Message.VoteReply reply && reply.granted()) {
            voters.computeIfAbsent(reply.term(), _ -> new TreeMap<>())
                    .computeIfAbsent(to, _ -> new TreeMap<>())
                    .put(from.id(), from);
        }
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        long term = replica.raft().term();
        if (!replica.raft().isLeader() || checkedTerm[node] == term) {
            return;
        }
        checkedTerm[node] = term;
        Membership membership = replica.raft().membershipAt(replica.raft().last().index());
        long others = voters.getOrDefault(term, new TreeMap<>())
                .getOrDefault(node, new TreeMap<>())
                .values().stream()
                .filter(membership::counts)
                .count();
        if (others + 1 < membership.quorum()) {
            throw new Violation("elected-by-majority", "node " + node + " leads term " + term + ", but besides itself only "
                    + others + " nodes have told it a vote that counts");
        }
    }

    @Override
    public void processEnded(int node) {
        checkedTerm[node] = 0;
    }
}
