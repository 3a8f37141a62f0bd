package holdfast.sim.history.format;

/// The events of S2's collector under Jepsen's field names: `append`, `read` and `check-tail` with the collector's
/// own tables as values.
final class S2Events {

    private S2Events() {}

    static Entry of(int line, Datum.Table table, TextCursor in) {
        boolean events = table.get("event") instanceof Datum.Table event && event.keys().size() == 1;
        if (!events || !(table.get("client_id") instanceof Datum.Number(long client))) {
            in.complain("an event of S2 has a client_id and either a Start or a Finish");
            return null;
        }
        Datum.Table event = (Datum.Table) table.get("event");
        Datum start = event.get("Start");
        Datum finish = event.get("Finish");
        Entry entry = start != null
                ? started(line, client, start)
                : finish != null ? finished(line, client, finish) : null;
        if (entry == null) {
            in.complain("this is no Start or Finish of an append, a read or a check of the tail");
        }
        return entry;
    }

    private static Entry started(int line, long client, Datum start) {
        if (start.isNamed("Read")) {
            return Events.entry(line, client, Entry.Type.INVOKE, "read", Datum.NIL);
        }
        if (start.isNamed("CheckTail")) {
            return Events.entry(line, client, Entry.Type.INVOKE, "check-tail", Datum.NIL);
        }
        Datum append = start instanceof Datum.Table table ? table.get("Append") : null;
        return append == null ? null : Events.entry(line, client, Entry.Type.INVOKE, "append", append);
    }

    private static Entry finished(int line, long client, Datum finish) {
        if (finish instanceof Datum.Table table) {
            String name = table.keys().isEmpty() ? "" : table.keys().getFirst().name();
            String f = f(name, "Success");
            return f.isEmpty() ? null : Events.entry(line, client, Entry.Type.OK, f, table.values().getFirst());
        }
        String failed = f(finish.name(), "Failure");
        if (!failed.isEmpty()) {
            return Events.entry(line, client, Entry.Type.FAIL, failed, Datum.NIL);
        }
        return switch (finish.name()) {
            case "AppendDefiniteFailure" -> Events.entry(line, client, Entry.Type.FAIL, "append", Datum.NIL);
            case "AppendIndefiniteFailure" -> Events.entry(line, client, Entry.Type.INFO, "append", Datum.NIL);
            default -> null;
        };
    }

    private static String f(String name, String ending) {
        return switch (name) {
            case String known when known.equals("Append" + ending) -> "append";
            case String known when known.equals("Read" + ending) -> "read";
            case String known when known.equals("CheckTail" + ending) -> "check-tail";
            default -> "";
        };
    }
}
