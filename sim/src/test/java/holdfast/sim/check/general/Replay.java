package holdfast.sim.check.general;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Runs an order through the spec: what a witness is worth.
final class Replay {

    private Replay() {}

    /// What is wrong with the order as an explanation of the operations; empty if nothing is.
    static <S, I, O> String fault(Spec<S, I, O> spec, List<Op<I, O>> ops, List<Op<I, O>> order) {
        LinkedHashMap<Object, S> states = new LinkedHashMap<>();
        List<Op<I, O>> before = new ArrayList<>();
        for (Op<I, O> op : order) {
            for (Op<I, O> earlier : before) {
                if (earlier == op || op.outcome() instanceof Outcome.Ok && op.returned() < earlier.called()) {
                    return "operation " + op.number() + " is out of order\n";
                }
            }
            before.add(op);
            Object part = spec.part(op.input());
            S state = states.getOrDefault(part, spec.initial());
            Spec.Step<S, O> step = spec.apply(state, op.input());
            S after = step.state();
            if (op.outcome() instanceof Outcome.Ok<O>(O seen)) {
                if (!spec.explains(state, op.input(), step.output(), seen)) {
                    return "operation " + op.number() + " is not explained\n";
                }
                after = spec.learn(after, op.input(), seen);
            }
            states.put(part, after);
        }
        long told = ops.stream().filter(op -> op.outcome() instanceof Outcome.Ok).count();
        long placed = order.stream().filter(op -> op.outcome() instanceof Outcome.Ok).count();
        return told == placed ? "" : placed + " of " + told + " answers are in the order\n";
    }
}
