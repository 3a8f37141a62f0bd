package holdfast.sim.check;

import holdfast.node.Replica;
import java.util.TreeMap;

/// At most one leader can be elected in a given term (Raft §5.2, Figure 3).
public final class ElectionSafety implements NodeOracle {

    private final TreeMap<Long, Integer> leaderOfTerm = new TreeMap<>();

    @Override
    public void afterTurn(int node, Replica replica) {
        if (!replica.raft().isLeader()) {
            return;
        }
        long term = replica.raft().term();
        Integer other = leaderOfTerm.putIfAbsent(term, node);
        if (other != null && other != node) {
            throw new Violation("election-safety", "nodes " + other + " and " + node + " both led term " + term);
        }
    }

    @Override
    public void processEnded(int node) {}
}
