package holdfast.sim.check;

import holdfast.Digest;
import holdfast.StateHash;
import holdfast.node.Replica;
import holdfast.raft.LogEntry;
import holdfast.raft.Raft;

/// If a node has committed an entry at an index, no other node ever commits a different one there (Raft §5.4.3,
/// Figure 3); and machines that have applied the same prefix are equal.
public final class StateMachineSafety implements NodeOracle {

    private static final String NAME = "state-machine-safety";

    private final CommitLedger ledger;
    private final long[] seenIndex;

    public StateMachineSafety(CommitLedger ledger, int nodes) {
        this.ledger = ledger;
        seenIndex = new long[nodes + 1];
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        Raft raft = replica.raft();
        long commitIndex = raft.commitIndex();
        if (commitIndex == seenIndex[node]) {
            return;
        }
        for (long index = Math.max(seenIndex[node], raft.base().index()) + 1; index <= commitIndex; index++) {
            compare(node, raft.entry(index));
        }
        if (raft.base().index() > seenIndex[node]) {
            compareChain(node, raft.base().index(), raft.base().chain());
        }
        seenIndex[node] = commitIndex;
    }

    private void compare(int node, LogEntry entry) {
        if (entry.index() == ledger.lastIndex() + 1) {
            ledger.committed(entry);
        }
        compareChain(node, entry.index(), entry.chain());
    }

    private void compareChain(int node, long index, Digest chain) {
        if (index > ledger.lastIndex()) {
            throw new Violation(NAME, "node " + node + " has a snapshot at index " + index
                    + " but only " + ledger.lastIndex() + " entries were ever committed");
        }
        if (!ledger.chainAt(index).equals(chain)) {
            throw new Violation(NAME, "node " + node + " committed another entry at index " + index + " than "
                    + ledger.entry(index) + " (chain " + chain + ")");
        }
    }

    /// Machines at one applied index must be equal; called when the run has come to rest.
    public void compareMachines(int node, Replica replica, int other, Replica otherReplica) {
        if (replica.appliedIndex() != otherReplica.appliedIndex()) {
            return;
        }
        StateHash mine = new StateHash();
        StateHash theirs = new StateHash();
        replica.machine().describe(mine);
        otherReplica.machine().describe(theirs);
        if (mine.value() != theirs.value()) {
            throw new Violation(NAME, "nodes " + node + " and " + other + " applied the same "
                    + replica.appliedIndex() + " entries and hold different machines");
        }
    }

    /// The commit index is not durable and starts again.
    @Override
    public void processEnded(int node) {
        seenIndex[node] = 0;
    }
}
