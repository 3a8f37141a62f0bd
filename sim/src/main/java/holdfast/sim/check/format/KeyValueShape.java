package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.KeyValue.Input;
import holdfast.sim.check.general.spec.KeyValue.Output;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entry;

/// `get`, `put` and `append`, with the key beside the value. A key that nobody wrote holds the empty text.
record KeyValueShape() implements Shape<Input, Output> {

    @Override
    public Input input(Entry invoked, Complaints complaints) {
        Datum key = invoked.fields().get("key");
        if (key == null) {
            complaints.add("there is no 'key'");
            return new Input.Get("");
        }
        String name = DatumText.edn(key);
        return switch (invoked.f()) {
            case "get" -> new Input.Get(name);
            case "put" -> new Input.Put(name, text(invoked.value()));
            case "append" -> new Input.Append(name, text(invoked.value()));
            default -> {
                complaints.add("'" + invoked.f() + "' is no operation of a key-value store");
                yield new Input.Get(name);
            }
        };
    }

    @Override
    public Outcome<Output> outcome(Entry invoked, Entry completed, Complaints complaints) {
        return new Outcome.Ok<>(invoked.f().equals("get")
                ? new Output.Value(text(completed.value()))
                : new Output.Done());
    }

    private static String text(Datum value) {
        return switch (value) {
            case Datum.Nil _ -> "";
            case Datum.Text text -> text.text();
            default -> DatumText.edn(value);
        };
    }
}
