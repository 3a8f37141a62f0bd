package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.Counter.Input;
import holdfast.sim.check.general.spec.Counter.Output;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entry;

/// `add n` and `read`; also `increment` and `decrement`, by one where no number stands there. A read of nil tells
/// nothing.
record CounterShape() implements Shape<Input, Output> {

    @Override
    public Input input(Entry invoked, Complaints complaints) {
        return switch (invoked.f()) {
            case "add", "increment", "incr" -> new Input.Add(number(invoked, complaints));
            case "decrement", "decr" -> new Input.Add(-number(invoked, complaints));
            case "read" -> new Input.Read();
            default -> {
                complaints.add("'" + invoked.f() + "' is no operation of a counter");
                yield new Input.Read();
            }
        };
    }

    private static long number(Entry invoked, Complaints complaints) {
        return switch (invoked.value()) {
            case Datum.Number(long value) -> value;
            case Datum.Nil _ when !invoked.f().equals("add") -> 1;
            default -> {
                complaints.add("'" + invoked.f() + " " + DatumText.edn(invoked.value()) + "' names no whole number to count by");
                yield 0;
            }
        };
    }

    @Override
    public Outcome<Output> outcome(Entry invoked, Entry completed, Complaints complaints) {
        if (!invoked.f().equals("read")) {
            return new Outcome.Ok<>(new Output.Done());
        }
        return switch (completed.value()) {
            case Datum.Number(long value) -> new Outcome.Ok<>(new Output.Value(value));
            case Datum.Nil _ -> new Outcome.Failed<>();
            default -> {
                complaints.add("a 'read' of a counter tells no whole number");
                yield new Outcome.Failed<>();
            }
        };
    }
}
