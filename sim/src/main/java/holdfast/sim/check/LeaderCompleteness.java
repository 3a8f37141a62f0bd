package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Raft;

/// A leader's log holds every entry that was committed before it was elected (Raft §5.4, Figure 3). One chain
/// hash is compared, at the last committed index.
public final class LeaderCompleteness implements NodeOracle {

    private final CommitLedger ledger;
    private final long[] checkedTerm;

    public LeaderCompleteness(CommitLedger ledger, int nodes) {
        this.ledger = ledger;
        checkedTerm = new long[nodes + 1];
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        Raft raft = replica.raft();
        if (!raft.isLeader() || checkedTerm[node] == raft.term()) {
            return;
        }
        checkedTerm[node] = raft.term();
        long committed = ledger.lastIndex();
        if (raft.base().index() >= committed) {
            return;
        }
        if (!raft.hasEntry(committed) || !raft.entry(committed).chain().equals(ledger.chainAt(committed))) {
            throw new Violation("leader-completeness", "node " + node + " leads term " + raft.term()
                    + " without the committed entry " + ledger.entry(committed));
        }
    }

    @Override
    public void processEnded(int node) {
        checkedTerm[node] = 0;
    }
}
