package holdfast.sim.check.general;

import java.util.ArrayList;
import java.util.List;

/// Linearizability by its definition and nothing else: tries every order that real time allows. For a handful of
/// operations.
final class BruteForce<S, I, O> {

    private final Spec<S, I, O> spec;

    BruteForce(Spec<S, I, O> spec) {
        this.spec = spec;
    }

    boolean linearizable(List<Op<I, O>> ops) {
        List<Op<I, O>> left = new ArrayList<>();
        for (Op<I, O> op : ops) {
            if (!(op.outcome() instanceof Outcome.Failed)) {
                left.add(op);
            }
        }
        return anyOrder(left, spec.initial());
    }

    private boolean anyOrder(List<Op<I, O>> left, S state) {
        if (left.stream().noneMatch(op -> op.outcome() instanceof Outcome.Ok)) {
            return true;
        }
        for (Op<I, O> next : left) {
            if (left.stream().anyMatch(other -> mustPrecede(other, next))) {
                continue;
            }
            Spec.Step<S, O> step = spec.apply(state, next.input());
            boolean fits = !(next.outcome() instanceof Outcome.Ok<O>(O seen))
                    || spec.explains(state, next.input(), step.output(), seen);
            if (fits) {
                List<Op<I, O>> rest = new ArrayList<>(left);
                rest.remove(next);
                S after = next.outcome() instanceof Outcome.Ok<O>(O seen)
                        ? spec.learn(step.state(), next.input(), seen)
                        : step.state();
                if (anyOrder(rest, after)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean mustPrecede(Op<?, ?> first, Op<?, ?> second) {
        return first != second && first.outcome() instanceof Outcome.Ok && first.returned() < second.called();
    }
}
