package holdfast.sim.check.general;

import java.util.Arrays;

/// Follows one order as far as it goes, and on failure takes the last choice back (Wing and Gong, with Lowe's
/// memory of what has been tried). First the operation that is due, then the others in order of call, then the
/// optional ones: a history that is linearizable is mostly so in that order, and then this is one pass.
final class DepthFirst<S, I, O> extends Search<S, I, O> {

    /// The path, as configurations, and for each what was tried last.
    private int[] path = new int[16];
    private int[] tried = new int[16];
    private int depth;
    private boolean started;

    DepthFirst(Part<I, O> part, Transitions<S, I, O> transitions, boolean looksAhead) {
        super(part, transitions, looksAhead);
    }

    @Override
    Status run(long limit) {
        if (!started) {
            started = true;
            push(start());
        }
        while (depth > 0 && !isDone()) {
            if (configurations.size() >= limit) {
                return Status.RUNNING;
            }
            int from = path[depth - 1];
            configurations.load(from, key);
            open.seek(Configurations.event(key));
            int child = Configurations.NONE;
            if (tried[depth - 1] == NOTHING && mayPass()) {
                tried[depth - 1] = PASSED;
                child = pass(from);
            }
            while (child == Configurations.NONE) {
                int place = nextChoice();
                if (place < 0) {
                    break;
                }
                child = apply(from, place);
            }
            if (child == Configurations.NONE) {
                depth--;
            } else {
                push(child);
            }
        }
        return isDone() ? Status.FOUND : Status.EXHAUSTED;
    }

    private void push(int configuration) {
        if (depth == path.length) {
            path = Arrays.copyOf(path, depth * 2);
            tried = Arrays.copyOf(tried, depth * 2);
        }
        path[depth] = configuration;
        tried[depth++] = NOTHING;
    }

    /// In [#tried]: nothing yet, then that the one that is due has passed, then places, [OpenOps#end] when the mandatory
    /// ones are through, then the kinds.
    private static final int NOTHING = -1;
    private static final int PASSED = -2;

    /// The next operation to try in the last configuration of the path, or -1 when all have been.
    private int nextChoice() {
        int due = due();
        int end = open.end();
        int last = tried[depth - 1];
        if (last < 0) {
            tried[depth - 1] = due;
            return due;
        }
        if (last < end) {
            int place = open.after(last == due ? end : last);
            while (place != end && (place == due || isDone(place))) {
                place = open.after(place);
            }
            tried[depth - 1] = place;
            if (place != end) {
                return place;
            }
            last = end;
        }
        for (int kind = last - end; kind < part.kinds.size(); kind++) {
            int place = unused(kind);
            if (place >= 0) {
                tried[depth - 1] = end + kind + 1;
                return place;
            }
        }
        tried[depth - 1] = end + part.kinds.size();
        return -1;
    }
}
