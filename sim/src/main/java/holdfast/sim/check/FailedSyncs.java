package holdfast.sim.check;

import holdfast.env.DiskOp;
import holdfast.node.Replica;
import holdfast.sim.disk.FileRole;
import holdfast.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// A failed sync ends the node that hears of it, whatever the reason and whichever the file (fsyncgate): what was not
/// written is unknown, and the next sync would say that all is well. Of the log and of META this is not asked here: what
/// they promise is compared with the medium itself ([DurabilityLedger]).
public final class FailedSyncs implements NodeOracle {

    private final World world;
    private final List<TreeSet<Long>> syncs = new ArrayList<>();
    private final boolean[] hasFailed;

    public FailedSyncs(World world) {
        this.world = world;
        hasFailed = new boolean[world.nodes() + 1];
        for (int node = 0; node <= world.nodes(); node++) {
            syncs.add(new TreeSet<>());
        }
    }

    public void submitted(int node, DiskOp operation) {
        boolean isOfTheLog = operation instanceof DiskOp.Sync sync
                && (FileRole.WAL.matches(sync.file()) || FileRole.META.matches(sync.file()));
        if (!isOfTheLog && (operation instanceof DiskOp.Sync || operation instanceof DiskOp.SyncDirectory)) {
            syncs.get(node).add(operation.id());
        }
    }

    public void failed(int node, long operation) {
        hasFailed[node] |= syncs.get(node).contains(operation);
    }

    /// Once the node has taken everything that had arrived.
    @Override
    public void afterTurn(int node, Replica replica) {
        if (hasFailed[node] && world.host(node).hasTakenAll()) {
            throw new Violation("failed-sync", "a sync of node " + node + " has failed, and the node goes on");
        }
    }

    @Override
    public void processEnded(int node) {
        hasFailed[node] = false;
        syncs.get(node).clear();
    }
}
