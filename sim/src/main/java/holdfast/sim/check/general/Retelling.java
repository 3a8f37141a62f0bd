package holdfast.sim.check.general;

import holdfast.sim.check.general.Search.Placed;
import java.util.ArrayList;
import java.util.List;

/// Tells the whole order behind a path of configurations. A configuration remembers only by which operation it
/// came; the ones that were done at once, because they change nothing, are found again in the same way. One that passed
/// is known by its return, which it is not due for: it was done just before the last one that overwrote.
final class Retelling<S, I, O> {

    private final Part<I, O> part;
    private final Transitions<S, I, O> transitions;
    private final Configurations configurations;
    private final List<Integer> path;
    private final List<Placed<I, O>> order = new ArrayList<>();
    /// By place.
    private final boolean[] done;
    private final OpenOps open;
    /// In the order: the last one that overwrites.
    private int overwriting;

    Retelling(Search<S, I, O> search, List<Integer> path) {
        part = search.part;
        transitions = search.transitions;
        configurations = search.configurations;
        this.path = path;
        done = new boolean[part.ops.size()];
        open = new OpenOps(part);
    }

    List<Placed<I, O>> order() {
        long[] key = configurations.newKey();
        int event = 0;
        int state = Transitions.initial();
        for (int index : path) {
            configurations.load(index, key);
            int by = configurations.by(index);
            if (by != Configurations.NONE) {
                place(by, event);
                state = Configurations.state(key);
                doReads(event, state);
            }
            walk(event, Configurations.event(key), state);
            event = Configurations.event(key);
        }
        return order;
    }

    private void place(int place, int event) {
        done[place] = true;
        overwriting = part.overwrites[place] ? order.size() : overwriting;
        order.add(new Placed<>(part.ops.get(place), event));
    }

    private void doReads(int event, int state) {
        open.seek(event);
        for (int place = open.after(open.end()); place != open.end(); place = open.after(place)) {
            read(place, event, state);
        }
    }

    private void walk(int from, int to, int state) {
        for (int event = from; event < to; event++) {
            int code = part.events[event];
            if ((code & 1) == 0) {
                read(code >> 1, event + 1, state);
            } else if (!done[code >> 1]) {
                pass(code >> 1);
            }
        }
    }

    private void pass(int place) {
        done[place] = true;
        order.add(overwriting, new Placed<>(part.ops.get(place), order.get(overwriting).event()));
        overwriting++;
    }

    private void read(int place, int event, int state) {
        if (part.readOnly[place] && !done[place] && transitions.next(state, part.action[place]) == state) {
            place(place, event);
        }
    }
}
