package holdfast.sim.history.format;

import java.util.ArrayList;
import java.util.List;

/// Reads JSON (RFC 8259) from a cursor; complains there.
final class JsonReader {

    private static final int DEPTH_MAX = 200;

    private final TextCursor in;
    private int depth;

    JsonReader(TextCursor in) {
        this.in = in;
    }

    Datum value() {
        skipBlanks();
        char c = in.peek();
        return switch (c) {
            case '{' -> nested(true);
            case '[' -> nested(false);
            case '"' -> new Datum.Text(string());
            case 't' -> word("true", Datum.YES);
            case 'f' -> word("false", Datum.NO);
            case 'n' -> word("null", Datum.NIL);
            default -> {
                if (c == '-' || c >= '0' && c <= '9') {
                    yield number();
                }
                in.complain("a JSON value should stand where " + in.shown() + " stands");
                yield Datum.NIL;
            }
        };
    }

    void skipBlanks() {
        while (in.peek() == ' ' || in.peek() == '\n' || in.peek() == '\t' || in.peek() == '\r') {
            in.take();
        }
    }

    private Datum word(String written, Datum meaning) {
        if (!in.takeIf(written)) {
            in.complain("'" + written + "' should stand here");
        }
        return meaning;
    }

    private Datum nested(boolean table) {
        depth++;
        if (depth > DEPTH_MAX) {
            in.complain("values are nested more than " + DEPTH_MAX + " deep");
        }
        in.take();
        Datum read = table ? table() : row();
        depth--;
        return read;
    }

    private Datum.Table table() {
        List<Datum> keys = new ArrayList<>();
        List<Datum> values = new ArrayList<>();
        skipBlanks();
        if (in.takeIf('}')) {
            return new Datum.Table(keys, values);
        }
        while (!in.isDamaged()) {
            skipBlanks();
            if (in.peek() != '"') {
                in.complain("a name in quotes should stand where " + in.shown() + " stands");
            }
            keys.add(new Datum.Text(string()));
            skipBlanks();
            if (!in.takeIf(':')) {
                in.complain("a colon should stand where " + in.shown() + " stands");
            }
            values.add(value());
            skipBlanks();
            if (in.takeIf('}')) {
                break;
            }
            if (!in.takeIf(',')) {
                in.complain("a comma or brace should stand where " + in.shown() + " stands");
            }
        }
        return new Datum.Table(keys, values);
    }

    private Datum.Row row() {
        List<Datum> items = new ArrayList<>();
        skipBlanks();
        if (in.takeIf(']')) {
            return new Datum.Row(items);
        }
        while (!in.isDamaged()) {
            items.add(value());
            skipBlanks();
            if (in.takeIf(']')) {
                break;
            }
            if (!in.takeIf(',')) {
                in.complain("a comma or bracket should stand where " + in.shown() + " stands");
            }
        }
        return new Datum.Row(items);
    }

    private Datum number() {
        int start = in.at();
        boolean whole = true;
        in.takeIf('-');
        while (isOfNumber(in.peek())) {
            char c = in.take();
            whole &= c >= '0' && c <= '9';
        }
        return Numbers.of(in.from(start), whole);
    }

    private static boolean isOfNumber(char c) {
        return c >= '0' && c <= '9' || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-';
    }

    private String string() {
        in.take();
        int start = in.at();
        while (true) {
            char c = in.peek();
            if (c == '"') {
                String plain = in.from(start);
                in.take();
                return plain;
            }
            if (c == '\\') {
                return escapedString(in.from(start));
            }
            if (c < ' ' || c == TextCursor.END) {
                in.complain("the line ends inside a text");
                return "";
            }
            in.take();
        }
    }

    private String escapedString(String begun) {
        StringBuilder text = new StringBuilder(begun);
        while (true) {
            char c = in.take();
            if (c == '"') {
                return text.toString();
            }
            if (c < ' ' || c == TextCursor.END) {
                in.complain("the line ends inside a text");
                return "";
            }
            text.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        char c = in.take();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> Numbers.hexadecimal(in, 4);
            default -> {
                in.complain("a text has an escape that JSON does not know");
                yield ' ';
            }
        };
    }
}
