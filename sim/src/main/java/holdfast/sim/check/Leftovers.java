package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.sim.world.World;

/// A node whose disk is full gives back what it could not finish: a file that is half there takes room from everything that
/// would help, and nobody will ever finish it as long as there is none.
public final class Leftovers implements NodeOracle {

    private static final String UNFINISHED = ".tmp";
    private static final String SEGMENT = "wal-";

    private final World world;

    public Leftovers(World world) {
        this.world = world;
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        boolean isIdle = world.host(node).disk().queued() == 0;
        if (!replica.wal().lacksRoom() || !isIdle) {
            return;
        }
        for (String name : world.host(node).disk().names()) {
            if (name.startsWith(SEGMENT) && name.endsWith(UNFINISHED)) {
                throw new Violation("leftovers", "node " + node + " lacks room and keeps " + name + ", which it does not write");
            }
        }
    }

    @Override
    public void processEnded(int node) {}
}
