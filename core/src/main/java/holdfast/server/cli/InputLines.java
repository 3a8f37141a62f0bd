package holdfast.server.cli;

import holdfast.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The lines of an input, and which of them are there without waiting: so what comes in a stream goes out at once, and
/// what has piled up goes out together.
final class InputLines {

    /// No server takes a longer append.
    static final int LINE_BYTES_MAX = 24 << 20;

    private static final int CHUNK_BYTES = 64 << 10;

    private final InputStream input;
    private byte[] buffer = new byte[CHUNK_BYTES];
    private int from;
    private int to;
    /// Bytes from `from` on that are known to hold no line end.
    private int searched;
    private boolean isEnded;

    InputLines(InputStream input) {
        this.input = input;
    }

    /// The next line with its end, which the last one is given if it has none; empty at the end of the input. Waits.
    Bytes next() throws IOException {
        int end = lineEnd();
        while (end < 0 && !isEnded) {
            fill();
            end = lineEnd();
        }
        if (end >= 0) {
            return take(end + 1 - from);
        }
        if (from == to) {
            return Bytes.EMPTY;
        }
        reserve(1);
        buffer[to++] = '\n';
        return take(to - from);
    }

    /// Whether [#next] has a whole line at hand and need not wait.
    boolean hasNow() throws IOException {
        while (lineEnd() < 0 && !isEnded && input.available() > 0) {
            fill();
        }
        return lineEnd() >= 0;
    }

    private int lineEnd() {
        for (int at = from + searched; at < to; at++) {
            if (buffer[at] == '\n') {
                return at;
            }
            searched++;
        }
        return -1;
    }

    private Bytes take(int length) {
        Bytes line = Bytes.wrap(Arrays.copyOfRange(buffer, from, from + length));
        from += length;
        searched = 0;
        return line;
    }

    private void fill() throws IOException {
        if (to - from > LINE_BYTES_MAX) {
            throw new IOException("a line is longer than " + LINE_BYTES_MAX + " bytes");
        }
        reserve(CHUNK_BYTES);
        int read = input.read(buffer, to, CHUNK_BYTES);
        if (read < 0) {
            isEnded = true;
        } else {
            to += read;
        }
    }

    private void reserve(int bytes) {
        if (buffer.length - to >= bytes) {
            return;
        }
        int held = to - from;
        byte[] roomy = held + bytes <= buffer.length ? buffer : new byte[Math.max(2 * held, held + bytes)];
        System.arraycopy(buffer, from, roomy, 0, held);
        buffer = roomy;
        from = 0;
        to = held;
    }
}
