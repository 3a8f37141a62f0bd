package holdfast.server.client;

import holdfast.Bytes;
import holdfast.server.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;

/// Calls one server, over one connection that is made when needed and kept. For one thread at a time.
public final class HttpCaller implements AutoCloseable {

    private static final int CONNECT_MILLIS_MAX = 1_000;

    private final InetSocketAddress address;
    private final String host;
    private Socket socket;
    private ResponseReader reader;

    public HttpCaller(InetSocketAddress address) {
        this.address = address;
        host = address.getHostString() + ":" + address.getPort();
    }

    public Called get(String target, int timeoutMillis) {
        return call("GET", target, new Headers(), Bytes.EMPTY, timeoutMillis);
    }

    /// Sends one request and waits for its whole answer. `timeoutMillis` bounds each wait for bytes.
    public Called call(String method, String target, Headers headers, Bytes body, int timeoutMillis) {
        try {
            connect();
        } catch (IOException unreachable) {
            close();
            return new Called.NotSent(host + ": " + unreachable.getMessage());
        }
        try {
            socket.setSoTimeout(timeoutMillis);
            socket.getOutputStream().write(request(method, target, headers, body));
            Called.Answered answer = reader.read(method.equals("HEAD"));
            if (!reader.isReusable()) {
                close();
            }
            return answer;
        } catch (IOException broken) {
            close();
            return new Called.Silent(host + ": " + broken.getMessage());
        }
    }

    private void connect() throws IOException {
        if (socket != null) {
            return;
        }
        socket = new Socket();
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.connect(address, CONNECT_MILLIS_MAX);
        InputStream in = socket.getInputStream();
        reader = new ResponseReader(in);
    }

    private byte[] request(String method, String target, Headers headers, Bytes body) {
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
        for (Headers.Field field : headers.fields()) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        if (!body.isEmpty() || method.equals("POST") || method.equals("PUT")) {
            head.append("Content-Length: ").append(body.size()).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = new byte[start.length + body.size()];
        System.arraycopy(start, 0, whole, 0, start.length);
        body.copyTo(whole, start.length);
        return whole;
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException ignored) {
                // It is gone either way.
            }
            socket = null;
        }
    }
}
