package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Raft;

/// A leader's log holds every entry of an older term that was committed before it was elected (Raft §5.4, Figure 3). One chain
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
        // Who has slept through an election may still win an older one: what is of a newer term it cannot know.
        long committed = ledger.lastIndex();
        while (committed > 0 && ledger.entry(committed).term() >= raft.term()) {
            committed--;
        }
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
