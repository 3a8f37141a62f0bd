package holdfast.sim.plan;

import holdfast.Sometimes;
import holdfast.sim.disk.DiskMoment;

/// When a fault strikes. What is told by what happens, and not by a time, happens in a smaller or slower universe, too.
public sealed interface Anchor {

    /// The node of a situation that may be reached by any of them.
    int ANY_NODE = 0;

    /// At a time, virtual microseconds from the beginning of the universe.
    record At(long micros) implements Anchor {}

    /// So long after this node, or any, has come into a situation for the nth time, counted from 1.
    ///
    /// @param node from 1, or [#ANY_NODE]
    record Reached(Sometimes situation, int node, int nth, long afterMicros) implements Anchor {}

    /// At a moment of the node's own disk, when it does that for the nth time, counted from 1.
    record Doing(int node, DiskMoment moment, int nth) implements Anchor {}
}
