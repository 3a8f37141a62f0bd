package holdfast.sim.history.format;

import java.util.ArrayList;
import java.util.List;

/// Reads EDN from a cursor, as Clojure prints it; complains there. Tags are dropped and their values kept, lists
/// read as rows, characters as texts.
final class EdnReader {

    private static final int DEPTH_MAX = 200;

    private final TextCursor in;
    private int depth;

    EdnReader(TextCursor in) {
        this.in = in;
    }

    /// Skips blanks, commas, comments and what is discarded with `#_`.
    void skipBlanks() {
        while (true) {
            char c = in.peek();
            if (c == ' ' || c == '\n' || c == ',' || c == '\t' || c == '\r' || c == '\f') {
                in.take();
            } else if (c == ';') {
                while (in.peek() != '\n' && in.peek() != TextCursor.END) {
                    in.take();
                }
            } else if (c == '#' && in.peekSecond() == '_') {
                in.take();
                in.take();
                value();
            } else {
                return;
            }
        }
    }

    Datum value() {
        skipBlanks();
        char c = in.peek();
        return switch (c) {
            case '{' -> nested('}');
            case '[' -> nested(']');
            case '(' -> nested(')');
            case '#' -> dispatched();
            case '"' -> new Datum.Text(string());
            case '\\' -> character();
            case ':' -> {
                in.take();
                yield new Datum.Word(token());
            }
            default -> tokenValue();
        };
    }

    private Datum nested(char end) {
        depth++;
        if (depth > DEPTH_MAX) {
            in.complain("values are nested more than " + DEPTH_MAX + " deep");
        }
        in.take();
        List<Datum> items = items(end);
        depth--;
        return end == '}' ? table(items) : new Datum.Row(items);
    }

    private List<Datum> items(char end) {
        List<Datum> items = new ArrayList<>();
        skipBlanks();
        while (!in.takeIf(end)) {
            if (in.peek() == TextCursor.END) {
                in.complain("the text ends where '" + end + "' should stand");
                return items;
            }
            items.add(value());
            skipBlanks();
        }
        return items;
    }

    private Datum.Table table(List<Datum> items) {
        if (items.size() % 2 == 1) {
            in.complain("a map has a key without a value");
            return new Datum.Table(List.of(), List.of());
        }
        List<Datum> keys = new ArrayList<>(items.size() / 2);
        List<Datum> values = new ArrayList<>(items.size() / 2);
        for (int i = 0; i < items.size(); i += 2) {
            keys.add(items.get(i));
            values.add(items.get(i + 1));
        }
        return new Datum.Table(keys, values);
    }

    /// `#{...}`, `#:name{...}` and `#tag value`.
    private Datum dispatched() {
        in.take();
        if (in.peek() == '{') {
            in.take();
            return new Datum.Bag(items('}'));
        }
        if (token().isEmpty()) {
            in.complain("a tag should stand where " + in.shown() + " stands");
            return Datum.NIL;
        }
        return value();
    }

    private Datum tokenValue() {
        String token = token();
        if (token.isEmpty()) {
            in.complain("an EDN value should stand where " + in.shown() + " stands");
            return Datum.NIL;
        }
        return switch (token) {
            case "nil" -> Datum.NIL;
            case "true" -> Datum.YES;
            case "false" -> Datum.NO;
            default -> isNumber(token) ? number(token) : new Datum.Word(token);
        };
    }

    private static boolean isNumber(String token) {
        char first = token.charAt(0);
        boolean signed = (first == '-' || first == '+') && token.length() > 1;
        char digit = signed ? token.charAt(1) : first;
        return digit >= '0' && digit <= '9';
    }

    /// Clojure marks big whole numbers with N and big decimals with M.
    private static Datum number(String token) {
        boolean big = token.endsWith("N") || token.endsWith("M");
        String digits = big ? token.substring(0, token.length() - 1) : token;
        boolean whole = digits.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        return Numbers.of(digits, whole);
    }

    private String token() {
        int start = in.at();
        while (isOfToken(in.peek())) {
            in.take();
        }
        return in.from(start);
    }

    private static boolean isOfToken(char c) {
        return c > ' ' && "()[]{}\",;".indexOf(c) < 0 && c != TextCursor.END;
    }

    private Datum character() {
        in.take();
        int start = in.at();
        in.take();
        while (isOfToken(in.peek())) {
            in.take();
        }
        String name = in.from(start);
        return new Datum.Text(switch (name) {
            case "newline" -> "\n";
            case "space" -> " ";
            case "tab" -> "\t";
            case "return" -> "\r";
            default -> name;
        });
    }

    private String string() {
        in.take();
        StringBuilder text = new StringBuilder();
        while (true) {
            char c = in.take();
            if (c == '"') {
                return text.toString();
            }
            if (c == TextCursor.END) {
                in.complain("the text ends inside a string");
                return "";
            }
            text.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        char c = in.take();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\' -> c;
            case 'u' -> Numbers.hexadecimal(in, 4);
            default -> {
                in.complain("a string has an escape that EDN does not know");
                yield ' ';
            }
        };
    }
}
