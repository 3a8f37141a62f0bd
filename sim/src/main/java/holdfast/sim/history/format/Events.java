package holdfast.sim.history.format;

import java.util.List;

/// From a table with Jepsen's field names to an [Entry].
final class Events {

    private Events() {}

    /// The event; complains at the cursor and returns null when the table is none.
    static Entry of(int line, Datum.Table fields, TextCursor in) {
        Entry.Type type = type(fields.get("type"));
        if (type == null) {
            in.complain("an event has no 'type' that is invoke, ok, fail or info");
            return null;
        }
        String process = process(fields.get("process"));
        if (process.isEmpty()) {
            in.complain("an event has no 'process'");
            return null;
        }
        Datum value = fields.get("value") == null ? Datum.NIL : fields.get("value");
        return new Entry(line, process, type, f(fields.get("f"), value), value, fields);
    }

    /// A value that is a row of steps tells a transaction, as in Elle's examples.
    private static String f(Datum written, Datum value) {
        boolean steps = value instanceof Datum.Row(List<Datum> items)
                && !items.isEmpty()
                && items.stream().allMatch(step -> step.list().size() == 3 && step.list().getFirst() instanceof Datum.Word);
        return written != null ? written.name() : steps ? "txn" : "";
    }

    /// The event of a tuple `[process type f value]`, as old histories have it.
    static Entry of(int line, List<Datum> tuple, TextCursor in) {
        if (tuple.size() < 3) {
            in.complain("an event is neither a map nor [process type f value]");
            return null;
        }
        List<Datum> names = List.of(text("process"), text("type"), text("f"), text("value"));
        List<Datum> values = tuple.size() == 3 ? List.of(tuple.get(0), tuple.get(1), tuple.get(2), Datum.NIL) : tuple;
        return of(line, new Datum.Table(names, values.subList(0, names.size())), in);
    }

    /// An event with nothing but Jepsen's fields.
    static Entry entry(int line, long process, Entry.Type type, String f, Datum value) {
        List<Datum> names = List.of(text("process"), text("type"), text("f"), text("value"));
        List<Datum> values =
                List.of(new Datum.Number(process), new Datum.Word(type.written()), new Datum.Word(f), value);
        return new Entry(line, Long.toString(process), type, f, value, new Datum.Table(names, values));
    }

    private static Entry.Type type(Datum written) {
        if (written != null) {
            for (Entry.Type type : Entry.Type.values()) {
                if (written.isNamed(type.written())) {
                    return type;
                }
            }
        }
        return null;
    }

    private static String process(Datum written) {
        return switch (written) {
            case null -> "";
            case Datum.Number number -> Long.toString(number.value());
            default -> written.name();
        };
    }

    static Datum text(String text) {
        return new Datum.Text(text);
    }
}
