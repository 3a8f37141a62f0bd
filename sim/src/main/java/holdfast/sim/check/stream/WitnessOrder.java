package holdfast.sim.check.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Builds the order that [Judge]'s theorem promises. Transition i comes right after the latest call that any
/// operation with an upper end below j made, over all j up to i; every other operation comes right after its own call,
/// or after the transition it must have seen, whichever is later.
final class WitnessOrder {

    private final StreamFacts facts;
    private final Line line;
    private final int[] lower;
    private final int[] upper;
    private final int states;
    /// By state: the event after which it begins.
    private final int[] begins;
    private final List<Step> steps = new ArrayList<>();

    /// An operation that takes effect after an event, in a state (after it, if it made it).
    private record Step(Operation op, int event, int state, boolean made) {}

    WitnessOrder(StreamFacts facts, Line line, int[] lower, int[] upper) {
        this.facts = facts;
        this.line = line;
        this.lower = lower;
        this.upper = upper;
        states = (line.closedState() == Line.NO_STATE ? line.lastBatchState() : line.closedState()) + 1;
        begins = new int[states + 1];
    }

    List<Witness> order() {
        findBeginnings();
        boolean[] makes = new boolean[lower.length];
        makers(makes);
        for (Operation op : facts.operations) {
            if (op.told != Told.NOTHING && !makes[op.place]) {
                observe(op);
            }
        }
        steps.sort(Comparator.comparingInt(Step::event)
                .thenComparingInt(Step::state)
                .thenComparing(step -> !step.made()));
        return steps.stream().map(step -> new Witness(step.op().number, step.event())).toList();
    }

    private void findBeginnings() {
        Arrays.fill(begins, -1);
        for (Operation op : facts.operations) {
            if (upper[op.place] < states - 1) {
                int next = upper[op.place] + 1;
                begins[next] = Math.max(begins[next], op.invokedAt);
            }
        }
        for (int state = 1; state < states; state++) {
            begins[state] = Math.max(begins[state], begins[state - 1]);
        }
        begins[states] = Integer.MAX_VALUE;
    }

    private void makers(boolean[] makes) {
        Operation creator = facts.exists ? null : facts.creator();
        if (creator != null && states > 1) {
            make(creator, Line.EMPTY, makes);
        }
        long base = 0;
        for (Batch batch : line.batches()) {
            make(batch.maker(base), line.stateOf(batch), makes);
            base += batch.size();
        }
        if (line.closing() != null) {
            make(line.closing().maker(), line.closedState(), makes);
        }
    }

    private void make(Operation maker, int state, boolean[] makes) {
        makes[maker.place] = true;
        steps.add(new Step(maker, Math.max(begins[state], maker.invokedAt), state, true));
    }

    private void observe(Operation op) {
        int event = Math.max(op.invokedAt, begins[Math.max(lower[op.place], 0)]);
        int before = Arrays.binarySearch(begins, 0, states, event);
        int state = before < 0 ? -before - 2 : firstEqual(before) - 1;
        steps.add(new Step(op, event, Math.max(lower[op.place], state), false));
    }

    /// The first of the states that begin after the same event.
    private int firstEqual(int state) {
        int first = state;
        while (first > 0 && begins[first - 1] == begins[first]) {
            first--;
        }
        return first;
    }
}
