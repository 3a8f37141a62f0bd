package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.Queue.Input;
import holdfast.sim.check.general.spec.Queue.Output;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entry;

/// `enqueue v`, `dequeue` and `peek`; also as `enq`, `deq`, `push` and `pop`. Nil, and the word `empty`, say that
/// nothing was there.
record QueueShape() implements Shape<Input, Output> {

    @Override
    public Input input(Entry invoked, Complaints complaints) {
        return switch (invoked.f()) {
            case "enqueue", "enq", "push" -> new Input.Enqueue(DatumText.edn(invoked.value()));
            case "dequeue", "deq", "pop" -> new Input.Dequeue();
            case "peek" -> new Input.Peek();
            default -> {
                complaints.add("'" + invoked.f() + "' is no operation of a queue");
                yield new Input.Peek();
            }
        };
    }

    @Override
    public Outcome<Output> outcome(Entry invoked, Entry completed, Complaints complaints) {
        boolean puts = input(invoked, complaints) instanceof Input.Enqueue;
        if (puts) {
            return new Outcome.Ok<>(new Output.Done());
        }
        boolean empty = completed.value().isNil() || completed.value().isNamed("empty");
        return new Outcome.Ok<>(empty ? new Output.Empty() : new Output.Element(DatumText.edn(completed.value())));
    }
}
