package holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;

/// A server on a free port of loopback, and clients that speak to it byte by byte.
abstract class ServerOnAPort {

    /// Lines that every answer has.
    static final String USUAL = "Date: .*\n|X-Content-Type-Options: nosniff\n|Cross-Origin-Resource-Policy: same-origin\n";

    static final int PATIENT = 30_000;
    static final int IMPATIENT = 50;

    HttpServer server;
    HttpEvents events = HttpEvents.NONE;

    static HttpLimits limits(int connectionsMax, int idleMillis, int headMillis, int bodyMillis) {
        return new HttpLimits(4_096, 20, 1 << 20, connectionsMax, idleMillis, headMillis, bodyMillis, PATIENT);
    }

    void start(HttpLimits limits, HttpHandler handler) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.start(anyPort, limits, handler, events);
    }

    void start(HttpHandler handler) throws IOException {
        start(limits(100, PATIENT, PATIENT, PATIENT), handler);
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    static Response echo(Request request) {
        return new Response.Whole(
                200, Headers.of("X-Target", request.target()), Bytes.utf8(request.method() + " " + request.body().utf8()));
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Everything up to the end of the connection, without what every answer carries.
    static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n").replaceAll(USUAL, "");
    }

    static String readUntil(Socket socket, String end) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        String text = "";
        while (!text.endsWith(end)) {
            int b = in.read();
            assertTrue(b >= 0, () -> "ended after " + got);
            got.write(b);
            text = got.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        }
        return text.replaceAll(USUAL, "");
    }

    String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return readAll(socket);
        }
    }
}
