package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Message;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whoever leads a term was told the votes of a majority in that very term (Raft §5.2). Two leaders of one term are found
/// by [ElectionSafety]; one that had no right to lead is found here, whether or not there is a second one.
public final class ElectedByMajority implements NodeOracle {

    /// By term, then by candidate: who has told it a vote.
    private final TreeMap<Long, TreeMap<Integer, TreeSet<Integer>>> voters = new TreeMap<>();
    private final long[] checkedTerm;

    public ElectedByMajority(int nodes) {
        checkedTerm = new long[nodes + 1];
    }

    public void sent(int from, int to, Message message) {
        if (message instanceof Message.VoteReply reply && reply.granted()) {
            voters.computeIfAbsent(reply.term(), _ -> new TreeMap<>())
                    .computeIfAbsent(to, _ -> new TreeSet<>())
                    .add(from);
        }
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        long term = replica.raft().term();
        if (!replica.raft().isLeader() || checkedTerm[node] == term) {
            return;
        }
        checkedTerm[node] = term;
        TreeMap<Integer, TreeSet<Integer>> ofTerm = voters.get(term);
        int others = ofTerm == null || !ofTerm.containsKey(node) ? 0 : ofTerm.get(node).size();
        if (others + 1 < replica.raft().membership().majority()) {
            throw new Violation("elected-by-majority", "node " + node + " leads term " + term + ", but besides itself only "
                    + others + " nodes have told it their vote");
        }
    }

    @Override
    public void processEnded(int node) {
        checkedTerm[node] = 0;
    }
}
