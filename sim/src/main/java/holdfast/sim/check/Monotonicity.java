package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Membership;
import holdfast.raft.Raft;

/// What must never go back while a process lives: its term, its commit and applied index, and, while it leads, the
/// match indexes and its own log. What it must keep beyond its life is what it has told ([KeptPromises]). And a leader
/// commits only by an entry of its own term (Raft §5.4.2).
public final class Monotonicity implements NodeOracle {

    private static final String NAME = "monotonicity";

    private static final class Seen {
        long term;
        long commitIndex;
        long appliedIndex;
        long ledTerm;
        long lastIndex;
        long[] matchIndex;
        Membership membership;
    }

    private final Seen[] nodes;

    public Monotonicity(int count) {
        nodes = new Seen[count + 1];
        for (int node = 1; node <= count; node++) {
            nodes[node] = new Seen();
            nodes[node].matchIndex = new long[count + 1];
        }
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        Raft raft = replica.raft();
        Seen seen = nodes[node];
        mustNotFall(node, "term", raft.term(), seen.term);
        mustNotFall(node, "commit index", raft.commitIndex(), seen.commitIndex);
        mustNotFall(node, "applied index", replica.appliedIndex(), seen.appliedIndex);
        if (replica.appliedIndex() > raft.commitIndex()) {
            throw new Violation(NAME, "node " + node + " applied index " + replica.appliedIndex()
                    + " beyond its commit index " + raft.commitIndex());
        }
        if (raft.isLeader()) {
            checkLeader(node, raft, seen);
        }
        seen.term = raft.term();
        seen.commitIndex = raft.commitIndex();
        seen.appliedIndex = replica.appliedIndex();
    }

    private void checkLeader(int node, Raft raft, Seen seen) {
        boolean isNew = seen.ledTerm != raft.term();
        Membership before = isNew ? raft.membership() : seen.membership;
        if (!isNew) {
            mustNotFall(node, "leader's last index", raft.last().index(), seen.lastIndex);
        }
        if (raft.commitIndex() > seen.commitIndex && !isNew
                && raft.positionAt(raft.commitIndex()).term() != raft.term()) {
            throw new Violation("commit-own-term", "node " + node + " leading term " + raft.term()
                    + " committed index " + raft.commitIndex() + " by an entry of term "
                    + raft.positionAt(raft.commitIndex()).term());
        }
        for (int peer : raft.membership().voters()) {
            if (peer != node) {
                long match = raft.matchIndex(peer);
                if (!isNew && raft.membership().member(peer).equals(before.member(peer))) {
                    mustNotFall(node, "match index of node " + peer, match, seen.matchIndex[peer]);
                }
                seen.matchIndex[peer] = match;
            }
        }
        seen.ledTerm = raft.term();
        seen.membership = raft.membership();
        seen.lastIndex = raft.last().index();
    }

    private static void mustNotFall(int node, String what, long now, long before) {
        if (now < before) {
            throw new Violation(NAME, "node " + node + ": the " + what + " fell from " + before + " to " + now);
        }
    }

    /// Everything starts again; a term that nobody was told of may be forgotten.
    @Override
    public void processEnded(int node) {
        Seen seen = nodes[node];
        seen.term = 0;
        seen.commitIndex = 0;
        seen.appliedIndex = 0;
        seen.ledTerm = 0;
    }
}
