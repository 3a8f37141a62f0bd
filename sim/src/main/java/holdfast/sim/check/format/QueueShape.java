package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.Queue.Input;
import holdfast.sim.check.general.spec.Queue.Output;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entry;

/// `enqueue v`, `dequeue` and `peek`, by any of their usual names. Nil, and the word `empty`, say that nothing was
/// there. A removal may ask for the element that it got, which then stands in its call too.
///
/// @param peeks whether there is a `peek`
record QueueShape(boolean peeks) implements Shape<Input, Output> {

    @Override
    public Input input(Entry invoked, Complaints complaints) {
        return switch (invoked.f()) {
            case "enqueue", "enq", "push", "add", "put" -> new Input.Enqueue(DatumText.edn(invoked.value()));
            case "dequeue", "deq", "pop", "remove", "poll", "take" -> new Input.Dequeue();
            case "peek" -> {
                if (!peeks) {
                    complaints.add("an unordered queue has no 'peek'");
                }
                yield new Input.Peek();
            }
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
        Datum asked = invoked.value();
        if (!asked.isNil() && !asked.equals(completed.value())) {
            complaints.add("a '" + invoked.f() + "' of " + DatumText.edn(asked) + " tells "
                    + DatumText.edn(completed.value()));
        }
        boolean empty = completed.value().isNil() || completed.value().isNamed("empty");
        return new Outcome.Ok<>(empty ? new Output.Empty() : new Output.Element(DatumText.edn(completed.value())));
    }
}
