package holdfast.sim.check;

import holdfast.Digest;
import holdfast.node.Replica;
import holdfast.raft.LogPosition;
import java.util.TreeMap;

/// If two logs hold an entry with the same index and term, they are identical up to there (Raft §5.3,
/// Figure 3). Checked at the end of each log, where entries enter it.
public final class LogMatching implements NodeOracle {

    private final TreeMap<Long, TreeMap<Long, Digest>> chainByTermAndIndex = new TreeMap<>();
    private final LogPosition[] seen;

    public LogMatching(int nodes) {
        seen = new LogPosition[nodes + 1];
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        LogPosition last = replica.raft().last();
        LogPosition before = seen[node];
        if (before != null && before.index() == last.index() && before.term() == last.term()) {
            return;
        }
        seen[node] = last;
        Digest other = chainByTermAndIndex
                .computeIfAbsent(last.term(), _ -> new TreeMap<>())
                .putIfAbsent(last.index(), last.chain());
        if (other != null && !other.equals(last.chain())) {
            throw new Violation("log-matching", "node " + node + " has another history before index "
                    + last.index() + " of term " + last.term() + " than another node had");
        }
    }

    @Override
    public void processEnded(int node) {
        seen[node] = null;
    }
}
