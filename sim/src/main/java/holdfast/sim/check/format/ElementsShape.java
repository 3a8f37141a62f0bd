package holdfast.sim.check.format;

import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.Elements.Input;
import holdfast.sim.check.general.spec.Elements.Output;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entry;
import java.util.TreeSet;

/// `add v`, `remove v`, `contains v` and `read`. Adding, removing and asking may tell in a `result` or a truth value
/// whether the element was in, or, for adding and removing, whether that changed anything.
record ElementsShape() implements Shape<Input, Output> {

    @Override
    public Input input(Entry invoked, Complaints complaints) {
        String element = DatumText.edn(invoked.value());
        return switch (invoked.f()) {
            case "add", "insert" -> new Input.Add(element);
            case "remove", "delete" -> new Input.Remove(element);
            case "contains" -> new Input.Contains(element);
            case "read" -> new Input.ReadAll();
            default -> {
                complaints.add("'" + invoked.f() + "' is no operation of a set");
                yield new Input.ReadAll();
            }
        };
    }

    @Override
    public Outcome<Output> outcome(Entry invoked, Entry completed, Complaints complaints) {
        if (invoked.f().equals("read")) {
            return read(completed, complaints);
        }
        Datum result = completed.fields().get("result") == null ? completed.value() : completed.fields().get("result");
        if (result instanceof Datum.Flag(boolean set)) {
            boolean adds = invoked.f().equals("add") || invoked.f().equals("insert");
            return new Outcome.Ok<>(new Output.Was(adds ? !set : set));
        }
        if (invoked.f().equals("contains")) {
            complaints.add("a 'contains' tells true or false, as 'result' or as its value");
        }
        return new Outcome.Ok<>(new Output.Done());
    }

    private static Outcome<Output> read(Entry completed, Complaints complaints) {
        if (completed.value().isNil()) {
            return new Outcome.Failed<>();
        }
        if (!(completed.value() instanceof Datum.Row) && !(completed.value() instanceof Datum.Bag)) {
            complaints.add("a 'read' of a set tells its elements");
        }
        TreeSet<String> elements = new TreeSet<>();
        for (Datum element : completed.value().list()) {
            elements.add(DatumText.edn(element));
        }
        return new Outcome.Ok<>(new Output.All(elements));
    }
}
