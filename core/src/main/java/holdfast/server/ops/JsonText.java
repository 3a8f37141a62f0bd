package holdfast.server.ops;

import java.util.Locale;

/// Writes one JSON text, members in the order of the calls. Whoever opens closes.
public final class JsonText {

    private final StringBuilder out = new StringBuilder(256);
    private boolean needsComma;

    public JsonText open() {
        comma();
        out.append('{');
        needsComma = false;
        return this;
    }

    public JsonText open(String name) {
        name(name);
        out.append('{');
        needsComma = false;
        return this;
    }

    public JsonText close() {
        out.append('}');
        needsComma = true;
        return this;
    }

    public JsonText openList(String name) {
        name(name);
        out.append('[');
        needsComma = false;
        return this;
    }

    public JsonText closeList() {
        out.append(']');
        needsComma = true;
        return this;
    }

    public JsonText put(String name, String value) {
        name(name);
        quoted(value);
        return this;
    }

    public JsonText put(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    public JsonText put(String name, double value) {
        name(name);
        out.append(String.format(Locale.ROOT, "%.3f", value));
        return this;
    }

    public JsonText put(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    public JsonText item(long value) {
        comma();
        out.append(value);
        return this;
    }

    public JsonText item(String value) {
        comma();
        quoted(value);
        return this;
    }

    private void name(String name) {
        comma();
        quoted(name);
        out.append(':');
    }

    private void comma() {
        if (needsComma) {
            out.append(',');
        }
        needsComma = true;
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
