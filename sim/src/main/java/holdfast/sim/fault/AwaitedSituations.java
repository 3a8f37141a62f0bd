package holdfast.sim.fault;

import holdfast.Sometimes;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.plan.Anchor;
import java.util.ArrayList;

/// What is to happen when nodes come into situations.
final class AwaitedSituations {

    private static final class Awaited {
        final Anchor.Reached anchor;
        final EventQueue.Task then;
        int left;

        Awaited(Anchor.Reached anchor, EventQueue.Task then) {
            this.anchor = anchor;
            this.then = then;
            left = anchor.nth();
        }
    }

    private final EventQueue queue;
    private final ArrayList<Awaited> awaited = new ArrayList<>();

    AwaitedSituations(EventQueue queue) {
        this.queue = queue;
    }

    void await(Anchor.Reached anchor, EventQueue.Task then) {
        awaited.add(new Awaited(anchor, then));
    }

    /// The turn in which that happens goes on; what waits for it comes after the turn.
    void reached(int node, Sometimes point) {
        for (Awaited waiting : awaited) {
            Anchor.Reached anchor = waiting.anchor;
            boolean fits = anchor.situation() == point && (anchor.node() == Anchor.ANY_NODE || anchor.node() == node);
            if (fits && --waiting.left == 0) {
                queue.after(anchor.afterMicros(), waiting.then);
            }
        }
    }
}
