package holdfast.sim.history.format;

import java.util.ArrayList;
import java.util.List;

/// The lines that `jepsen.util` logs, `INFO  jepsen.util - PROCESS :TYPE :F VALUE`; all other lines are somebody
/// else's. Here, as Porcupine reads them, a failed compare-and-set is an observation and a read of `nil` says that
/// nothing is there; both get the field `observed`.
final class LogEntries implements Entries {

    private static final String MARK = "jepsen.util - ";
    private static final String ANOTHER_MARK = "jepsen.util  - ";

    private final TextCursor in;

    LogEntries(String text) {
        in = new TextCursor(text);
    }

    static boolean isOne(String line) {
        return line.contains(MARK) || line.contains(ANOTHER_MARK);
    }

    @Override
    public Entry next() {
        while (!in.isDamaged() && in.nextLine()) {
            int line = in.line(in.at());
            String logged = in.restOfLine();
            int at = logged.indexOf(MARK);
            int event = at < 0 ? logged.indexOf(ANOTHER_MARK) + ANOTHER_MARK.length() : at + MARK.length();
            if (isOne(logged)) {
                return entry(line, logged.substring(event));
            }
        }
        return null;
    }

    private Entry entry(int line, String event) {
        TextCursor words = new TextCursor(event);
        EdnReader reader = new EdnReader(words);
        List<Datum> tuple = new ArrayList<>();
        reader.skipBlanks();
        while (!words.isDamaged() && !words.isAtEnd()) {
            tuple.add(reader.value());
            reader.skipBlanks();
        }
        if (words.isDamaged()) {
            in.complain(words.damage().reason());
            return null;
        }
        Entry entry = Events.of(line, tuple, in);
        return entry == null || !observes(entry) ? entry : observing(entry);
    }

    private static boolean observes(Entry entry) {
        return entry.type() == Entry.Type.FAIL && entry.f().equals("cas")
                || entry.type() == Entry.Type.OK && entry.f().equals("read") && entry.value().isNil();
    }

    private static Entry observing(Entry entry) {
        List<Datum> keys = new ArrayList<>(entry.fields().keys());
        List<Datum> values = new ArrayList<>(entry.fields().values());
        keys.add(Events.text("observed"));
        values.add(Datum.YES);
        Datum.Table fields = new Datum.Table(keys, values);
        return new Entry(entry.line(), entry.process(), entry.type(), entry.f(), entry.value(), fields);
    }

    @Override
    public Damage damage() {
        return in.damage();
    }

    /// The register begins with nothing in it.
    @Override
    public Datum.Table header() {
        return new Datum.Table(List.of(Events.text("initial")), List.of(Datum.NIL));
    }
}
