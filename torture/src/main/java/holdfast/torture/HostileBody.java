package holdfast.torture;

import holdfast.Bytes;
import java.nio.charset.StandardCharsets;

/// Bodies of a JSON append that are as bad as they can be within a number of bytes.
enum HostileBody {
    ONES("[", "1,", "1]"),
    EMPTY_ARRAYS("[", "[],", "[]]"),
    EMPTY_OBJECTS("[", "{},", "{}]"),
    EMPTY_TEXTS("[", "\"\",", "\"\"]"),
    DEEP("", "[", "]"),
    DEEP_OBJECTS("", "{\"a\":", "1}"),
    ONE_NUMBER("", "1", ""),
    ONE_TEXT("\"", "x", "\""),
    BLANKS("", " ", "1"),
    ESCAPES("[\"", "\\u0041", "\"]"),
    NOT_UTF8("[\"", "\u00ff", "\"]");

    private final byte[] start;
    private final byte[] middle;
    private final byte[] end;

    HostileBody(String start, String middle, String end) {
        this.start = start.getBytes(StandardCharsets.ISO_8859_1);
        this.middle = middle.getBytes(StandardCharsets.ISO_8859_1);
        this.end = end.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// At most `bytesMax` bytes, at least as many as start and end have.
    Bytes of(int bytesMax) {
        int times = Math.max(0, (bytesMax - start.length - end.length) / middle.length);
        byte[] body = new byte[start.length + times * middle.length + end.length];
        System.arraycopy(start, 0, body, 0, start.length);
        int at = start.length;
        for (int i = 0; i < times; i++) {
            System.arraycopy(middle, 0, body, at, middle.length);
            at += middle.length;
        }
        System.arraycopy(end, 0, body, at, end.length);
        return Bytes.wrap(body);
    }
}
