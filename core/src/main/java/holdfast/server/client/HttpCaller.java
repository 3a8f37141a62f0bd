package holdfast.server.client;

import holdfast.Bytes;
import holdfast.server.http.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;

/// Calls one server, over one connection that is made when needed and kept. For one thread at a time.
public final class HttpCaller implements AutoCloseable {

    private static final int CONNECT_MILLIS_MAX = 1_000;

    private final InetSocketAddress address;
    private final String host;
    private volatile Socket socket;
    private int timeout;
    private ResponseReader reader;

    public HttpCaller(InetSocketAddress address) {
        this.address = address;
        host = address.getHostString() + ":" + address.getPort();
    }

    public Called get(String target, int timeoutMillis) {
        return call("GET", target, new Headers(), Bytes.EMPTY, timeoutMillis);
    }

    /// Sends one request and waits for its whole answer. `timeoutMillis` bounds each wait for bytes; 0 for no bound.
    public Called call(String method, String target, Headers headers, Bytes body, int timeoutMillis) {
        return send(encode(method, target, headers, body), method.equals("HEAD"), timeoutMillis);
    }

    /// The same with the bytes of [#encode], which may be used again and again.
    public Called send(byte[] request, boolean isHead, int timeoutMillis) {
        Socket connected;
        try {
            connected = connect();
        } catch (IOException unreachable) {
            close();
            return new Called.NotSent(host + ": " + unreachable.getMessage());
        }
        try {
            if (timeoutMillis != timeout) {
                connected.setSoTimeout(timeoutMillis);
                timeout = timeoutMillis;
            }
            connected.getOutputStream().write(request);
            Called.Answered answer = reader.read(isHead);
            if (!reader.isReusable()) {
                close();
            }
            return answer;
        } catch (IOException broken) {
            close();
            return new Called.Silent(host + ": " + broken.getMessage());
        }
    }

    private Socket connect() throws IOException {
        Socket open = socket;
        if (open != null) {
            return open;
        }
        Socket made = new Socket();
        socket = made;
        timeout = 0;
        made.setOption(StandardSocketOptions.TCP_NODELAY, true);
        made.connect(address, CONNECT_MILLIS_MAX);
        reader = new ResponseReader(made.getInputStream());
        return made;
    }

    /// A request to this server, as it goes over the wire.
    public byte[] encode(String method, String target, Headers headers, Bytes body) {
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

    /// Hangs up. The one method that another thread may call: it ends a call that waits.
    @Override
    public void close() {
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ignored) {
                // It is gone either way.
            }
            socket = null;
        }
    }
}
