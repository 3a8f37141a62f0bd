package holdfast.sim.history.format;

import java.util.List;

/// One JSON object a line: our own format, with a header in the first line that tells what holds for all of it, and
/// the events of S2's collector.
final class JsonLines implements Entries {

    static final String VERSION_NAME = "holdfast-history";
    static final long VERSION = 2;

    private final TextCursor in;
    private final JsonReader reader;
    private Datum.Table header = new Datum.Table(List.of(), List.of());
    private Entry first;

    JsonLines(String text) {
        in = new TextCursor(text);
        reader = new JsonReader(in);
        begin();
    }

    private void begin() {
        Datum.Table table = table();
        if (table == null) {
            return;
        }
        Datum version = table.get(VERSION_NAME);
        if (version == null) {
            first = entry(table);
        } else if (version.equals(new Datum.Number(VERSION))) {
            header = table;
        } else {
            in.complain("this is version " + DatumText.edn(version) + " of the format; only " + VERSION + " is known");
        }
    }

    @Override
    public Entry next() {
        Entry next = first;
        first = null;
        if (next != null) {
            return next;
        }
        Datum.Table table = table();
        return table == null ? null : entry(table);
    }

    /// The next line's, or null.
    private Datum.Table table() {
        if (in.isDamaged() || !in.nextLine()) {
            return null;
        }
        Datum value = reader.value();
        reader.skipBlanks();
        if (!in.isDamaged() && !in.isAtEnd()) {
            in.complain("more stands after the end of the event");
        }
        if (!in.isDamaged() && !(value instanceof Datum.Table)) {
            in.complain("a line is no JSON object");
        }
        return in.isDamaged() ? null : (Datum.Table) value;
    }

    private Entry entry(Datum.Table table) {
        int line = in.line(in.at());
        return table.get("event") == null ? Events.of(line, table, in) : S2Events.of(line, table, in);
    }

    @Override
    public Damage damage() {
        return in.damage();
    }

    @Override
    public Datum.Table header() {
        return header;
    }
}
