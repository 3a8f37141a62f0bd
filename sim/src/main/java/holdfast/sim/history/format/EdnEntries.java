package holdfast.sim.history.format;

import java.util.ArrayList;
import java.util.List;

/// A history as EDN: one vector of events, or events one after the other; each a map, or a tuple
/// `[process type f value]`. Jepsen's histories and the key-value lines of Porcupine's data are such files.
final class EdnEntries implements Entries {

    private final TextCursor in;
    private final EdnReader reader;
    private final boolean wrapped;
    private final Datum.Table header;
    private boolean ended;
    private boolean begun;
    private boolean lonely;

    EdnEntries(String text) {
        in = new TextCursor(text);
        reader = new EdnReader(in);
        reader.skipBlanks();
        wrapped = startsWithVectorOfEvents();
        header = headerOf(text);
    }

    /// A tuple begins with a process, a vector of events with an event.
    private boolean startsWithVectorOfEvents() {
        if (in.peek() != '[' && in.peek() != '(') {
            return false;
        }
        int open = in.at();
        in.take();
        reader.skipBlanks();
        boolean events = in.peek() == '{' || in.peek() == '[' || in.peek() == '#' || in.peek() == ']' || in.peek() == ')';
        if (!events) {
            in.moveTo(open);
        }
        return events;
    }

    /// What our own writer says about all of the history: a map in a comment on the first line.
    private static Datum.Table headerOf(String text) {
        if (text.startsWith("; {")) {
            TextCursor line = new TextCursor(text.substring(2, Math.max(2, text.indexOf('\n'))));
            if (new EdnReader(line).value() instanceof Datum.Table table && !line.isDamaged()) {
                return table;
            }
        }
        return new Datum.Table(List.of(), List.of());
    }

    @Override
    public Entry next() {
        reader.skipBlanks();
        if (in.isDamaged() || in.isAtEnd()) {
            if (wrapped && !ended) {
                in.complain("the text ends where the vector of events should end");
            }
            return null;
        }
        if (wrapped && (in.peek() == ']' || in.peek() == ')')) {
            return end();
        }
        int start = in.at();
        Datum value = reader.value();
        if (in.isDamaged()) {
            return null;
        }
        int line = in.line(start);
        return switch (value) {
            case Datum.Table table -> event(line, table);
            case Datum.Row row -> Events.of(line, row.items(), in);
            default -> {
                in.complain("an event is neither a map nor [process type f value]");
                yield null;
            }
        };
    }

    /// Where no event names its process there is one client only.
    private Entry event(int line, Datum.Table fields) {
        lonely = begun ? lonely : fields.get("process") == null;
        begun = true;
        if (!lonely) {
            return Events.of(line, fields, in);
        }
        if (fields.get("process") != null) {
            in.complain("only some events have a 'process'");
            return null;
        }
        List<Datum> keys = new ArrayList<>(fields.keys());
        List<Datum> values = new ArrayList<>(fields.values());
        keys.add(new Datum.Word("process"));
        values.add(new Datum.Number(0));
        return Events.of(line, new Datum.Table(keys, values), in);
    }

    private Entry end() {
        in.take();
        reader.skipBlanks();
        if (!in.isAtEnd()) {
            in.complain("more stands after the end of the vector of events");
        }
        ended = true;
        return null;
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
