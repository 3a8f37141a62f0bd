package holdfast.sim.fault;

import holdfast.Sometimes;
import holdfast.sim.plan.Anchor;
import java.util.ArrayList;
import java.util.List;

/// What the nodes have come through, so that the time of a fault can be told by what had just happened: in a smaller
/// universe everything happens at other times, and still in this order.
final class Landmarks {

    /// A situation that was reached no more often than this is a landmark that people would name.
    private static final int RARE = 12;

    private final int[][] counts;
    private final long[][] times;

    Landmarks(int nodes) {
        counts = new int[nodes + 1][Sometimes.values().length];
        times = new long[nodes + 1][Sometimes.values().length];
    }

    void reached(int node, Sometimes point, long now) {
        for (int who : new int[] {Anchor.ANY_NODE, node}) {
            counts[who][point.ordinal()]++;
            times[who][point.ordinal()] = now;
        }
    }

    /// Other words for this time, the best first: what that node had come into last and not often, what any node had, and what
    /// it had come into at all.
    ///
    /// @param node from 1, or 0 for a fault of the whole world
    List<Anchor> before(int node, long now) {
        List<Anchor> anchors = new ArrayList<>();
        add(anchors, node, RARE, now);
        add(anchors, Anchor.ANY_NODE, RARE, now);
        add(anchors, node, Integer.MAX_VALUE, now);
        return List.copyOf(anchors);
    }

    private void add(List<Anchor> anchors, int who, int most, long now) {
        Sometimes latest = null;
        for (Sometimes point : Sometimes.values()) {
            int count = counts[who][point.ordinal()];
            boolean isLater = latest == null || times[who][point.ordinal()] > times[who][latest.ordinal()];
            if (count > 0 && count <= most && isLater) {
                latest = point;
            }
        }
        if (latest != null) {
            Anchor anchor = new Anchor.Reached(
                    latest, who, counts[who][latest.ordinal()], now - times[who][latest.ordinal()]);
            if (!anchors.contains(anchor)) {
                anchors.add(anchor);
            }
        }
    }
}
