package holdfast.server.http;

import java.nio.charset.StandardCharsets;

/// One line `name: value` (RFC 9112 §5), a header's or a trailer's. A line that is folded, or has a blank before the colon,
/// is none.
final class HeaderLine {

    private HeaderLine() {}

    /// Null if the line is none. It ends before its CR LF, and has no control characters ([LineReader]).
    static Headers.Field parse(byte[] line) {
        int colon = 0;
        while (colon < line.length && Tokens.isTokenByte(line[colon])) {
            colon++;
        }
        if (colon == 0 || colon == line.length || line[colon] != ':') {
            return null;
        }
        String text = new String(line, StandardCharsets.ISO_8859_1);
        return new Headers.Field(text.substring(0, colon), Tokens.strip(text.substring(colon + 1)));
    }
}
