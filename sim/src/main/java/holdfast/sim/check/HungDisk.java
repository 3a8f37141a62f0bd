package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.Raft;
import holdfast.sim.world.World;
import java.util.Arrays;

/// A leader whose disk does nothing any more must leave office, also while its followers commit without it: what waits for its
/// disk grows, it takes no snapshot, and when it dies the rest has one copy less than everybody believes.
///
/// The bound is generous: three times what a leader allows its disk.
public final class HungDisk implements NodeOracle {

    private static final int TIMEOUTS_ALLOWED = 6;

    private final World world;
    private final long boundMicros;
    private final long[] durable;
    /// Since when the node leads and its disk owes it the entry after `durable`, or `Long.MAX_VALUE`.
    private final long[] owedSince;

    public HungDisk(World world, long electionTimeoutMicros) {
        this.world = world;
        boundMicros = TIMEOUTS_ALLOWED * electionTimeoutMicros;
        durable = new long[world.nodes() + 1];
        owedSince = new long[world.nodes() + 1];
        Arrays.fill(owedSince, Long.MAX_VALUE);
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        Raft raft = replica.raft();
        if (!raft.isLeader() || raft.durableIndex() != durable[node] || raft.last().index() == raft.durableIndex()) {
            durable[node] = raft.durableIndex();
            owedSince[node] = Long.MAX_VALUE;
            return;
        }
        long now = world.queue().now();
        owedSince[node] = Math.min(owedSince[node], now);
        long since = Math.max(
                Math.max(owedSince[node], world.host(node).pausedUntilMicros()), world.host(node).disk().stuckSinceMicros());
        if (since < now && now - since > boundMicros) {
            throw new Violation("hung-disk", "node " + node + " still leads term " + raft.term() + " although its disk has done"
                    + " nothing for " + (now - since) + " us and owes it the entries after " + durable[node]);
        }
    }

    @Override
    public void processEnded(int node) {
        owedSince[node] = Long.MAX_VALUE;
    }
}
