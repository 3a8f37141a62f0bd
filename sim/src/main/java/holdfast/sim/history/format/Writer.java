package holdfast.sim.history.format;

/// Writes events as JSON Lines or EDN, with an index each, so that others' checkers can judge our runs. What an event
/// has besides Jepsen's fields is kept.
public final class Writer {

    private Writer() {}

    /// Everything that is left in `entries`, as our JSON Lines.
    public static String jsonLines(Entries entries) {
        StringBuilder out = new StringBuilder();
        DatumText.json(out, header(entries.header()));
        out.append('\n');
        long index = 0;
        for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
            DatumText.json(out, indexed(entry, index++));
            out.append('\n');
        }
        return out.toString();
    }

    /// Everything that is left in `entries`, as one EDN vector with an event a line. What a header would say stands
    /// in a comment; Jepsen's readers know no header.
    public static String edn(Entries entries) {
        StringBuilder out = new StringBuilder("; ");
        DatumText.edn(out, header(entries.header()));
        out.append("\n[");
        long index = 0;
        for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
            out.append(index == 0 ? "" : "\n ");
            DatumText.edn(out, indexed(entry, index++));
        }
        return out.append("]\n").toString();
    }

    private static Datum.Table header(Datum.Table header) {
        StreamWords.Fields fields = new StreamWords.Fields().put(JsonLines.VERSION_NAME, JsonLines.VERSION);
        for (int i = 0; i < header.keys().size(); i++) {
            String name = header.keys().get(i).name();
            fields.putIf(!name.equals(JsonLines.VERSION_NAME), name, header.values().get(i));
        }
        return fields.table();
    }

    /// Jepsen's fields first, in Jepsen's types; then what else there is.
    private static Datum.Table indexed(Entry entry, long index) {
        StreamWords.Fields fields = new StreamWords.Fields().put("index", index);
        Datum process = entry.isClient() ? new Datum.Number(Long.parseLong(entry.process())) : new Datum.Word(entry.process());
        fields.put("process", process)
                .put("type", new Datum.Word(entry.type().written()))
                .put("f", new Datum.Word(entry.f()))
                .put("value", entry.value());
        for (int i = 0; i < entry.fields().keys().size(); i++) {
            String name = entry.fields().keys().get(i).name();
            fields.putIf(!isStandard(name), name, entry.fields().values().get(i));
        }
        return fields.table();
    }

    private static boolean isStandard(String name) {
        return switch (name) {
            case "index", "process", "type", "f", "value" -> true;
            default -> false;
        };
    }
}
