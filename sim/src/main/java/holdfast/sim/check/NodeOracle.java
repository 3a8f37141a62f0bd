package holdfast.sim.check;

import holdfast.node.Replica;

/// Looks at one node after each of its turns. O(1) per turn, or O(new entries).
public interface NodeOracle {

    /// `replica` is running; it has just finished a turn.
    void afterTurn(int node, Replica replica);

    /// The node's process is gone; what it held in memory no longer counts.
    void processEnded(int node);
}
