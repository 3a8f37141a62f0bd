package holdfast.sim.history.format;

import java.util.List;

/// Values as JSON and as EDN.
public final class DatumText {

    private static final String HEX = "0123456789abcdef";

    private DatumText() {}

    /// The value as EDN; equal values have equal texts.
    public static String edn(Datum value) {
        return switch (value) {
            case Datum.Number number -> Long.toString(number.value());
            case Datum.Nil _ -> "nil";
            default -> {
                StringBuilder out = new StringBuilder();
                edn(out, value);
                yield out.toString();
            }
        };
    }

    static void edn(StringBuilder out, Datum value) {
        switch (value) {
            case Datum.Nil _ -> out.append("nil");
            case Datum.Flag flag -> out.append(flag.set());
            case Datum.Number number -> out.append(number.value());
            case Datum.OtherNumber number -> out.append(number.text());
            case Datum.Text text -> quoted(out, text.text());
            case Datum.Word word -> word(out, word.name());
            case Datum.Row row -> edn(out, "[", row.items(), "]");
            case Datum.Bag bag -> edn(out, "#{", bag.items(), "}");
            case Datum.Table table -> {
                out.append('{');
                for (int i = 0; i < table.keys().size(); i++) {
                    out.append(i == 0 ? "" : ", ");
                    ednKey(out, table.keys().get(i));
                    out.append(' ');
                    edn(out, table.values().get(i));
                }
                out.append('}');
            }
        }
    }

    /// Names of JSON are keywords in EDN, where they can be.
    private static void ednKey(StringBuilder out, Datum key) {
        if (key instanceof Datum.Text text) {
            word(out, text.text());
        } else {
            edn(out, key);
        }
    }

    /// A keyword, or a text if it has characters that no keyword may have.
    private static void word(StringBuilder out, String name) {
        if (name.matches("[A-Za-z*!_?%=<>+.-][A-Za-z0-9*!_?%=<>+.#/-]*")) {
            out.append(':').append(name);
        } else {
            quoted(out, name);
        }
    }

    private static void edn(StringBuilder out, String begin, List<Datum> items, String end) {
        out.append(begin);
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : " ");
            edn(out, items.get(i));
        }
        out.append(end);
    }

    /// The value as JSON: keywords become texts, sets become arrays.
    public static String json(Datum value) {
        StringBuilder out = new StringBuilder();
        json(out, value);
        return out.toString();
    }

    static void json(StringBuilder out, Datum value) {
        switch (value) {
            case Datum.Nil _ -> out.append("null");
            case Datum.Flag flag -> out.append(flag.set());
            case Datum.Number number -> out.append(number.value());
            case Datum.OtherNumber number -> jsonNumber(out, number.text());
            case Datum.Text text -> quoted(out, text.text());
            case Datum.Word word -> quoted(out, word.name());
            case Datum.Row row -> json(out, row.items());
            case Datum.Bag bag -> json(out, bag.items());
            case Datum.Table table -> {
                out.append('{');
                for (int i = 0; i < table.keys().size(); i++) {
                    Datum key = table.keys().get(i);
                    out.append(i == 0 ? "" : ",");
                    quoted(out, key.name().isEmpty() ? edn(key) : key.name());
                    out.append(':');
                    json(out, table.values().get(i));
                }
                out.append('}');
            }
        }
    }

    private static void json(StringBuilder out, List<Datum> items) {
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : ",");
            json(out, items.get(i));
        }
        out.append(']');
    }

    /// EDN has numbers that JSON has not, as 1/3.
    private static void jsonNumber(StringBuilder out, String written) {
        if (written.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            out.append(written);
        } else {
            quoted(out, written);
        }
    }

    /// A text in quotes. Control characters, and the two line ends that JavaScript knows besides, are escaped.
    public static void quoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c) && !isPaired(text, i)) {
                        escaped(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isPaired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static void escaped(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 15));
        }
    }
}
