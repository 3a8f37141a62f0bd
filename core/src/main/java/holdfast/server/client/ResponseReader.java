package holdfast.server.client;

import holdfast.Bytes;
import holdfast.server.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Reads answers off one connection (RFC 9112 §6): a body ends by its length, by its last chunk, or with the
/// connection.
final class ResponseReader {

    private static final int BUFFER_BYTES = 16 << 10;
    private static final int LINE_BYTES_MAX = 64 << 10;
    private static final int BODY_BYTES_MAX = 256 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private boolean reusable;

    ResponseReader(InputStream in) {
        this.in = in;
    }

    /// Whether another request may follow on this connection.
    boolean isReusable() {
        return reusable;
    }

    Called.Answered read(boolean isHead) throws IOException {
        int status = status(line());
        while (status >= 100 && status < 200) {
            headers();
            status = status(line());
        }
        Headers headers = headers();
        reusable = !headers.hasToken("Connection", "close");
        boolean empty = isHead || status == 204 || status == 304;
        return new Called.Answered(status, headers, empty ? Bytes.EMPTY : body(headers));
    }

    private static int status(String line) throws IOException {
        String[] words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9][0-9]")) {
            throw new IOException("not an HTTP answer");
        }
        return Integer.parseInt(words[1]);
    }

    private Headers headers() throws IOException {
        Headers headers = new Headers();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("not a header");
            }
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private Bytes body(Headers headers) throws IOException {
        if (headers.hasToken("Transfer-Encoding", "chunked")) {
            return chunks();
        }
        String length = headers.first("Content-Length");
        if (length == null) {
            reusable = false;
            return rest();
        }
        byte[] body = new byte[size(length, 10)];
        fill(body, 0, body.length);
        return Bytes.wrap(body);
    }

    private Bytes chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line();
            int extension = line.indexOf(';');
            int size = size((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
            if (size == 0) {
                headers();
                return Bytes.wrap(body.toByteArray());
            }
            byte[] chunk = new byte[size];
            fill(chunk, 0, size);
            body.writeBytes(chunk);
            if (body.size() > BODY_BYTES_MAX || !line().isEmpty()) {
                throw new IOException("not a chunk");
            }
        }
    }

    private static int size(String digits, int radix) throws IOException {
        try {
            int size = Integer.parseInt(digits, radix);
            if (size >= 0 && size <= BODY_BYTES_MAX) {
                return size;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new IOException("not a length: " + digits);
    }

    private Bytes rest() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (position < limit || refill()) {
            body.write(buffer, position, limit - position);
            position = limit;
        }
        return Bytes.wrap(body.toByteArray());
    }

    private String line() throws IOException {
        String begun = "";
        while (true) {
            if (position == limit && !refill()) {
                throw new EOFException("the server hung up");
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            String piece = new String(buffer, position, end - position, StandardCharsets.ISO_8859_1);
            String line = begun.isEmpty() ? piece : begun + piece;
            position = Math.min(limit, end + 1);
            if (end < limit) {
                return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            }
            if (line.length() >= LINE_BYTES_MAX) {
                throw new IOException("a line without end");
            }
            begun = line;
        }
    }

    private void fill(byte[] target, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (position == limit && !refill()) {
                throw new EOFException("the server hung up");
            }
            int taken = Math.min(to - at, limit - position);
            System.arraycopy(buffer, position, target, at, taken);
            position += taken;
            at += taken;
        }
    }

    private boolean refill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }
}
