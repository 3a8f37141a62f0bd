package holdfast.server.http;

/// The line in front of a chunk (RFC 9112 §7.1): its size, and extensions that nobody here uses. They are read by their
/// grammar all the same: another server may take the line to end elsewhere, within a quoted string say.
///
///     chunk-size *( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] )
final class ChunkLine {

    /// So many digits behind leading zeros cannot overflow.
    private static final int DIGITS_MAX = 15;
    private static final int RADIX = 16;

    private final byte[] line;
    private int at;

    private ChunkLine(byte[] line) {
        this.line = line;
    }

    /// The size, or a negative number if the line is none. It ends before its CR LF.
    static long sizeOf(byte[] line) {
        ChunkLine reader = new ChunkLine(line);
        long size = reader.size();
        while (size >= 0 && reader.at < line.length) {
            if (!reader.extension()) {
                return -1;
            }
        }
        return size;
    }

    private long size() {
        long size = 0;
        int digits = 0;
        while (at < line.length && Character.digit(line[at], RADIX) >= 0) {
            size = RADIX * size + Character.digit(line[at], RADIX);
            digits += size > 0 ? 1 : 0;
            at++;
            if (digits > DIGITS_MAX) {
                return -1;
            }
        }
        return at > 0 ? size : -1;
    }

    /// Blanks belong to an extension behind them; at the end of a line there may be none.
    private boolean extension() {
        blanks();
        if (!take(';')) {
            return false;
        }
        blanks();
        if (!token()) {
            return false;
        }
        int end = at;
        blanks();
        if (!take('=')) {
            at = end;
            return true;
        }
        blanks();
        return take('"') ? quoted() : token();
    }

    private void blanks() {
        while (at < line.length && (line[at] == ' ' || line[at] == '\t')) {
            at++;
        }
    }

    private boolean take(char c) {
        boolean isThere = at < line.length && line[at] == c;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private boolean token() {
        int from = at;
        while (at < line.length && Tokens.isTokenByte(line[at])) {
            at++;
        }
        return at > from;
    }

    /// What follows the first quotation mark (RFC 9110 §5.6.4). Control characters are not in a line.
    private boolean quoted() {
        while (at < line.length) {
            byte c = line[at++];
            if (c == '"') {
                return true;
            }
            if (c == '\\' && at++ == line.length) {
                return false;
            }
        }
        return false;
    }
}
