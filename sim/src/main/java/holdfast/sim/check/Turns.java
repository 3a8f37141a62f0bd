package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.sim.world.World;

/// A node that was called because its time had come does what was due; if it names the past as its next deadline again and
/// again, it spins: it burns a whole core, and by that the machine's.
public final class Turns implements NodeOracle {

    /// Some deadlines come one after the other, each in its own turn.
    private static final int IN_A_ROW = 32;

    private final World world;
    private final boolean[] isByTime;
    private final int[] inARow;

    public Turns(World world) {
        this.world = world;
        isByTime = new boolean[world.nodes() + 1];
        inARow = new int[world.nodes() + 1];
    }

    public void timerFired(int node) {
        isByTime[node] = true;
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        inARow[node] = isByTime[node] && world.host(node).isDue() ? inARow[node] + 1 : 0;
        isByTime[node] = false;
        if (inARow[node] > IN_A_ROW) {
            throw new Violation("spin", "node " + node + " was called " + inARow[node]
                    + " times in a row because of its deadline, and it lies in the past again");
        }
    }

    @Override
    public void processEnded(int node) {
        isByTime[node] = false;
        inARow[node] = 0;
    }
}
