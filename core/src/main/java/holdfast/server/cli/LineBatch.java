package holdfast.server.cli;

import holdfast.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Lines that go into one append: of text one after the other, of JSON as the elements of an array.
final class LineBatch {

    /// A tenth of what one append may have.
    private static final int LINES_MAX = 1_000;

    /// Large enough that what an append costs besides its bytes does not count.
    private static final int BYTES_MAX = 256 << 10;

    private final boolean isJson;
    private final List<Bytes> lines = new ArrayList<>();
    private int bytes;

    LineBatch(boolean isJson) {
        this.isJson = isJson;
    }

    void add(Bytes line) {
        lines.add(line);
        bytes += line.size() + 1;
    }

    List<Bytes> lines() {
        return lines;
    }

    /// Whether `line` can go with those that are here, so that it means the same as by itself.
    boolean hasRoomFor(Bytes line) {
        boolean fits = lines.size() < LINES_MAX && bytes + line.size() < BYTES_MAX;
        return fits && (!isJson || isElement(line) && (lines.isEmpty() || isElement(lines.getFirst())));
    }

    /// The body of one append.
    Bytes body() {
        if (lines.size() == 1) {
            return lines.getFirst();
        }
        byte[] body = new byte[bytes + 1];
        int at = 0;
        for (Bytes line : lines) {
            if (isJson) {
                body[at] = (byte) (at == 0 ? '[' : ',');
                at++;
            }
            line.copyTo(body, at);
            at += line.size();
        }
        if (isJson) {
            body[at++] = ']';
        }
        return Bytes.wrap(body).slice(0, at);
    }

    /// Whether the line stands for one value inside an array as it does outside: it is no array, which would be taken apart
    /// by itself, it closes what it opens and nothing else, and has no comma between values.
    static boolean isElement(Bytes line) {
        int depth = 0;
        boolean isQuoted = false;
        // Only blanks so far; a line of nothing else is no value.
        boolean isFirst = true;
        for (int i = 0; i < line.size(); i++) {
            char c = (char) line.get(i);
            if (isQuoted) {
                i += c == '\\' ? 1 : 0;
                isQuoted = c != '"';
                continue;
            }
            if (isFirst && c == '[' || depth == 0 && (c == ',' || c == ']' || c == '}')) {
                return false;
            }
            isFirst &= Character.isWhitespace(c);
            isQuoted = c == '"';
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        }
        return depth == 0 && !isQuoted && !isFirst;
    }
}
