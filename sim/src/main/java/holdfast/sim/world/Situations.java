package holdfast.sim.world;

import holdfast.Sometimes;

/// Who hears of the situations that the processes come into.
@FunctionalInterface
public interface Situations {

    /// Called in the midst of a turn of that node.
    void reached(int node, Sometimes point);
}
