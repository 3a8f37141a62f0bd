package holdfast.torture;

import holdfast.server.config.HostPort;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One answer of server-sent events as it comes in, event by event (the HTML standard, "Server-sent events"), in chunks
/// (RFC 9112 §7.1).
final class EventSource implements AutoCloseable {

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int CONNECT_MILLIS_MAX = 1_000;
    private static final int HEXADECIMAL = 16;

    /// Fields that did not come are empty texts.
    record Event(String id, String name, String data) {}

    private final Socket socket;
    private final InputStream in;
    private int status;
    private boolean isChunked;
    private int left;
    private boolean isFirst = true;

    /// For tests: an answer without a connection.
    EventSource(InputStream answer) throws IOException {
        socket = null;
        in = new BufferedInputStream(answer, BUFFER_BYTES);
        readHead();
    }

    /// @param headers lines that end with CRLF
    /// @param waitMillisMax bound on each wait for bytes
    EventSource(HostPort server, String target, String headers, int waitMillisMax) throws IOException {
        socket = new Socket();
        try {
            socket.connect(server.resolved(), CONNECT_MILLIS_MAX);
            socket.setSoTimeout(waitMillisMax);
            String head = "GET " + target + " HTTP/1.1\r\nHost: " + server + "\r\n" + headers + "\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
            readHead();
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    int status() {
        return status;
    }

    private void readHead() throws IOException {
        String[] words = headLine().split(" ", 3);
        if (words.length < 2 || !words[1].matches("[1-5][0-9][0-9]")) {
            throw new IOException("not an HTTP answer");
        }
        status = Integer.parseInt(words[1]);
        for (String line = headLine(); !line.isEmpty(); line = headLine()) {
            isChunked |= line.equalsIgnoreCase("transfer-encoding: chunked");
        }
    }

    private String headLine() throws IOException {
        String line = line(in::read);
        if (line == null) {
            throw new EOFException("the answer has no end of its head");
        }
        return line;
    }

    /// Null when there are no more.
    Event next() throws IOException {
        String id = "";
        String name = "";
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = line(this::read);
            if (line == null) {
                return null;
            }
            if (line.isEmpty()) {
                if (!name.isEmpty()) {
                    return new Event(id, name, data.toString());
                }
                continue;
            }
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).stripLeading();
            switch (colon < 0 ? line : line.substring(0, colon)) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                // A comment, or a field that nobody here uses.
                default -> {}
            }
        }
    }

    // ---- bytes ---------------------------------------------------------------------------------------------

    private interface Source {
        int read() throws IOException;
    }

    /// A line without its end, or null if the body ends where it would begin.
    private static String line(Source source) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int read = source.read();
        if (read < 0) {
            return null;
        }
        while (read != '\n') {
            if (read < 0) {
                throw new EOFException("the answer ends within a line");
            }
            line.write(read);
            read = source.read();
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private int read() throws IOException {
        if (!isChunked) {
            return in.read();
        }
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        left--;
        int read = in.read();
        if (read < 0) {
            throw new EOFException("the answer ends within a chunk");
        }
        return read;
    }

    private boolean nextChunk() throws IOException {
        if (!isFirst) {
            line(in::read);
        }
        isFirst = false;
        String size = line(in::read);
        if (size == null) {
            throw new EOFException("the answer ends between chunks");
        }
        try {
            left = Integer.parseInt(size.strip(), HEXADECIMAL);
        } catch (NumberFormatException notANumber) {
            throw new IOException("not the size of a chunk: " + size, notANumber);
        }
        return left > 0;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
