package holdfast.sim.history.format;

import java.util.LinkedHashMap;
import java.util.Locale;

/// The call and return lines in which monitors of concurrent data structures keep their histories (Violin, LiMo):
/// `[THREAD] call NAME(VALUE)` and `[THREAD] return VALUE`, in order of time, after a comment that may name the
/// object. What a removal took is said where it returns or already in its call; a removal that says it nowhere
/// found nothing. A thread that calls while a call of its own is open will never have that one answered.
final class CallEntries implements Entries {

    private static final String OBJECT = "@object";
    private static final String CALL = "call";
    private static final String RETURN = "return";
    private static final int DIGITS_MAX = 18;

    private final TextCursor in;
    private final Datum.Table header;
    /// By thread: what it has called.
    private final LinkedHashMap<Long, Entry> open = new LinkedHashMap<>();
    /// A call that was read, when the end of the one before it is told first; or null.
    private Entry waiting;

    CallEntries(String text) {
        in = new TextCursor(text);
        header = headerOf(text);
    }

    /// Whether the first line that is no comment is such a line.
    static boolean isOne(String text) {
        TextCursor in = new TextCursor(text);
        while (in.nextLine()) {
            skipBlanks(in);
            if (in.peek() != '#') {
                return thread(in) >= 0 && isEvent(word(in));
            }
        }
        return false;
    }

    private static boolean isEvent(String word) {
        return word.equals(CALL) || word.equals(RETURN);
    }

    /// The object's name, without the `atomic-` that says how it should behave.
    private static Datum.Table headerOf(String text) {
        StreamWords.Fields fields = new StreamWords.Fields();
        TextCursor in = new TextCursor(text);
        while (in.nextLine()) {
            skipBlanks(in);
            if (!in.takeIf('#')) {
                break;
            }
            skipBlanks(in);
            if (in.takeIf(OBJECT)) {
                String name = in.restOfLine().strip();
                fields.put("model", name.startsWith("atomic-") ? name.substring("atomic-".length()) : name);
                break;
            }
        }
        return fields.table();
    }

    private static void skipBlanks(TextCursor in) {
        while (in.peek() <= ' ') {
            in.take();
        }
    }

    /// The number in brackets, or -1 when there is none.
    private static long thread(TextCursor in) {
        boolean opens = in.takeIf('[');
        int start = in.at();
        while (in.peek() >= '0' && in.peek() <= '9') {
            in.take();
        }
        String digits = in.from(start);
        boolean closes = in.takeIf(']');
        return opens && closes && !digits.isEmpty() && digits.length() <= DIGITS_MAX ? Long.parseLong(digits) : -1;
    }

    private static String word(TextCursor in) {
        skipBlanks(in);
        int start = in.at();
        while (Character.isLetter(in.peek()) || in.peek() == '_' || in.peek() == '-') {
            in.take();
        }
        return in.from(start);
    }

    @Override
    public Entry next() {
        if (waiting != null) {
            Entry call = waiting;
            waiting = null;
            return call;
        }
        while (!in.isDamaged() && in.nextLine()) {
            skipBlanks(in);
            if (in.peek() != '#') {
                return event(in.line(in.at()));
            }
        }
        return null;
    }

    private Entry event(int line) {
        long thread = thread(in);
        String event = thread >= 0 ? word(in) : "";
        if (!isEvent(event)) {
            in.complain("a line is neither '[THREAD] call NAME(VALUE)' nor '[THREAD] return VALUE'");
            return null;
        }
        return event.equals(CALL) ? call(line, thread) : answer(line, thread);
    }

    private Entry call(int line, long thread) {
        String name = word(in).toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            in.complain("a call has no name");
            return null;
        }
        Entry call = entry(line, thread, Entry.Type.INVOKE, name, value());
        Entry before = open.put(thread, call);
        if (in.isDamaged()) {
            return null;
        }
        if (before == null) {
            return call;
        }
        waiting = call;
        return entry(line, thread, Entry.Type.INFO, before.f(), Datum.NIL);
    }

    private Entry answer(int line, long thread) {
        Entry call = open.remove(thread);
        Datum told = value();
        if (call == null) {
            in.complain("thread " + thread + " returns without having called");
        }
        if (in.isDamaged()) {
            return null;
        }
        return entry(line, thread, Entry.Type.OK, call.f(), told.isNil() ? call.value() : told);
    }

    private static Entry entry(int line, long thread, Entry.Type type, String f, Datum value) {
        return Events.entry(line, thread, type, f, value);
    }

    /// What is left of the line: a value, bare or in parentheses.
    private Datum value() {
        String text = in.restOfLine().strip();
        if (text.startsWith("(")) {
            if (!text.endsWith(")")) {
                in.complain("the line ends where ')' should stand");
            }
            text = text.substring(1, Math.max(1, text.length() - 1)).strip();
        }
        return switch (text) {
            case "" -> Datum.NIL;
            case "true" -> Datum.YES;
            case "false" -> Datum.NO;
            case "empty", "Empty" -> new Datum.Word("empty");
            default -> number(text);
        };
    }

    private static Datum number(String text) {
        boolean whole = text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9') && text.matches("-?[0-9].*");
        return whole ? Numbers.of(text, true) : new Datum.Text(text);
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
