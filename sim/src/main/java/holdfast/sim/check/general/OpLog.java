package holdfast.sim.check.general;

import holdfast.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Takes a history in, event by event, in order. Operations are numbered from 0 in order of call; one that never
/// returns is unknown.
public final class OpLog<I, O> {

    private final List<Op<I, O>> ops = new ArrayList<>();
    private int events;

    /// Returns the number of the new operation.
    public int called(int client, I input) {
        ops.add(new Op<>(ops.size(), client, input, new Outcome.Unknown<>(), events++, Op.NEVER));
        return ops.size() - 1;
    }

    public void returned(int number, Outcome<O> outcome) {
        Op<I, O> op = ops.get(number);
        Check.that(op.returned() == Op.NEVER, "an operation returns once", number, op.returned());
        ops.set(number, new Op<>(number, op.client(), op.input(), outcome, op.called(), events++));
    }

    public void ok(int number, O output) {
        returned(number, new Outcome.Ok<>(output));
    }

    public void failed(int number) {
        returned(number, new Outcome.Failed<>());
    }

    public void unknown(int number) {
        returned(number, new Outcome.Unknown<>());
    }

    public int size() {
        return ops.size();
    }

    /// In order of call; a read-only view.
    public List<Op<I, O>> ops() {
        return Collections.unmodifiableList(ops);
    }
}
