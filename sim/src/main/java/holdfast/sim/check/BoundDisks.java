package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Member;
import holdfast.raft.Raft;
import holdfast.sim.world.World;

/// A drive that takes the place of a lost one hears of that only when it is settled: nobody has told it the entry that
/// says so before a majority had that entry durable without it. Otherwise a leader that is overruled could be elected again
/// by the vote of a drive that knows nothing.
///
/// Votes and acknowledgements of drives that are not bound are found by [ElectedByMajority] and [DurabilityLedger], which
/// count only what the membership names.
public final class BoundDisks implements NodeOracle {

    private final World world;
    private final CommitLedger committed;

    public BoundDisks(World world, CommitLedger committed) {
        this.world = world;
        this.committed = committed;
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        Raft raft = replica.raft();
        Member self = raft.membership().member(node);
        boolean isReplacement = self.since() > 0 && self.disk().equals(world.ownDrive(node).store().diskUuid());
        if (isReplacement && self.since() > committed.lastIndex()) {
            throw new Violation("bound-disks", "node " + node + " has been told by entry " + self.since()
                    + " that its new drive takes the lost one's place, and only entries up to " + committed.lastIndex()
                    + " are committed");
        }
    }

    @Override
    public void processEnded(int node) {}
}
