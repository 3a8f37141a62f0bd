package holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real sockets. The time limit only keeps a hanging test from hanging all others.
@Timeout(60)
class HttpServerTest {

    private static final int PATIENT = 30_000;
    private static final int IMPATIENT = 50;

    private HttpServer server;

    private static HttpLimits limits(int connectionsMax, int idleMillis, int headMillis, int bodyMillis) {
        return new HttpLimits(4_096, 20, 1 << 20, connectionsMax, idleMillis, headMillis, bodyMillis, PATIENT);
    }

    private void start(HttpLimits limits, HttpHandler handler) throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.start(anyPort, limits, handler, HttpEvents.NONE);
    }

    private void start(HttpHandler handler) throws IOException {
        start(limits(100, PATIENT, PATIENT, PATIENT), handler);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static Response echo(Request request) {
        return new Response.Whole(
                200, Headers.of("X-Target", request.target()), Bytes.utf8(request.method() + " " + request.body().utf8()));
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Everything up to the end of the connection, without the dates.
    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n").replaceAll("Date: .*\n", "");
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        String text = "";
        while (!text.endsWith(end)) {
            int b = in.read();
            assertTrue(b >= 0, () -> "ended after " + got);
            got.write(b);
            text = got.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        }
        return text.replaceAll("Date: .*\n", "");
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return readAll(socket);
        }
    }

    @Test
    @DisplayName("a connection is kept, and pipelined requests are answered in their order")
    void pipelining() throws IOException {
        start(HttpServerTest::echo);
        assertEquals("""
                HTTP/1.1 200 OK
                X-Target: /1
                Content-Length: 5

                PUT aHTTP/1.1 200 OK
                X-Target: /2
                Content-Length: 4
                Connection: close

                GET\s""", exchange("""
                PUT /1 HTTP/1.1
                Host: x
                Content-Length: 1

                aGET /2 HTTP/1.1
                Host: x
                Connection: close

                GET /3 HTTP/1.1
                Host: x

                """));
    }

    @Test
    @DisplayName("HEAD, 204 and 304 have no body, and say no length")
    void bodiless() throws IOException {
        start(request -> request.isHead() ? echo(request) : Response.of(204, new Headers()));
        assertEquals("""
                HTTP/1.1 200 OK
                X-Target: /

                HTTP/1.1 204 No Content
                Connection: close

                """, exchange("HEAD / HTTP/1.1\nHost: x\n\nGET / HTTP/1.1\nHost: x\nConnection: close\n\n"));
    }

    @Test
    @DisplayName("an HTTP/1.0 client gets one answer")
    void http10() throws IOException {
        start(HttpServerTest::echo);
        assertTrue(exchange("GET / HTTP/1.0\n\n").endsWith("Connection: close\n\nGET "));
    }

    @Test
    @DisplayName("a client that waits for 100 Continue is told to go on, once")
    void expectContinue() throws IOException {
        start(HttpServerTest::echo);
        try (Socket socket = connect()) {
            send(socket, "PUT / HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: 2\n\n");
            assertEquals("HTTP/1.1 100 Continue\n\n", readUntil(socket, "\n\n"));
            send(socket, "a");
            send(socket, "b");
            assertTrue(readUntil(socket, "PUT ab").startsWith("HTTP/1.1 200 OK\n"));
        }
    }

    @Test
    @DisplayName("a live body comes in chunks, each at once, and the connection goes on after it")
    void live() throws IOException {
        List<Integer> asked = new ArrayList<>();
        start(request -> new Response.Live(200, new Headers(), sink -> {
            sink.write(Bytes.utf8("one"));
            sink.write(Bytes.EMPTY);
            asked.add(asked.size());
            sink.write(Bytes.utf8("seventeen letters"));
        }));
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\nHost: x\n\nGET / HTTP/1.0\n\n");
            assertEquals(
                    "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\none\n11\nseventeen letters\n0\n\n",
                    readUntil(socket, "0\n\n"));
            assertEquals("HTTP/1.1 200 OK\nConnection: close\n\noneseventeen letters", readAll(socket));
        }
    }

    @Test
    @DisplayName("answers that are too large together are refused, and small ones are not")
    void largeAnswers() throws IOException {
        int large = 100_000;
        start(limits(9, PATIENT, PATIENT, PATIENT).withBodies(100, large + 1), request -> new Response.Whole(
                200, new Headers(), Bytes.utf8("x".repeat(request.target().equals("/large") ? large : 9))));
        assertTrue(exchange("GET /large HTTP/1.0\n\n").endsWith("\n\n" + "x".repeat(large)));
        assertTrue(exchange("GET /large HTTP/1.0\n\n").endsWith("x".repeat(large)), "what was taken is given back");
        server.close();

        start(limits(9, PATIENT, PATIENT, PATIENT).withBodies(100, large - 1), request -> new Response.Whole(
                200, new Headers(), Bytes.utf8("x".repeat(request.target().equals("/large") ? large : 9))));
        assertTrue(exchange("GET /large HTTP/1.0\n\n").startsWith("HTTP/1.1 503 "));
        assertTrue(exchange("GET /small HTTP/1.0\n\n").endsWith("\n\nxxxxxxxxx"));
    }

    @Test
    @DisplayName("a client that leaves in the middle of a live body is seen without a word to it")
    void leaves() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        start(request -> new Response.Live(200, new Headers(), sink -> {
            sink.write(Bytes.utf8("one"));
            while (sink.isOpen()) {
                Thread.sleep(1);
            }
            seen.countDown();
        }));
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\nHost: x\n\n");
            readUntil(socket, "one\n");
            assertEquals(1, seen.getCount());
        }
        seen.await();
    }

    @Test
    @DisplayName("what a client sends during a live body is its next request")
    void sendsMeanwhile() throws Exception {
        CountDownLatch isSent = new CountDownLatch(1);
        start(request -> request.target().equals("/next") ? echo(request)
                : new Response.Live(200, new Headers(), sink -> {
                    sink.write(Bytes.utf8("one"));
                    isSent.await();
                    for (int i = 0; i < 50; i++) {
                        assertTrue(sink.isOpen());
                    }
                }));
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\nHost: x\n\n");
            readUntil(socket, "one\n");
            send(socket, "GET /next HTTP/1.0\n\n");
            isSent.countDown();
            readUntil(socket, "0\n\n");
            assertTrue(readAll(socket).endsWith("\n\nGET "));
        }
    }

    @Test
    @DisplayName("a body that is too large is refused, and the client learns it though it goes on sending")
    void tooLarge() throws IOException {
        start(HttpServerTest::echo);
        try (Socket socket = connect()) {
            send(socket, "PUT / HTTP/1.1\nHost: x\nContent-Length: 20000000\n\n");
            byte[] piece = new byte[1 << 16];
            for (int i = 0; i < 100; i++) {
                socket.getOutputStream().write(piece);
            }
            socket.shutdownOutput();
            String told = readAll(socket);
            assertTrue(told.startsWith("HTTP/1.1 413 Content Too Large\nContent-Type: application/problem+json\n"), told);
            assertTrue(told.endsWith("{\"title\":\"Content Too Large\",\"status\":413,\"detail\":\"a request body has at most"
                    + " 1048576 bytes\",\"outcome\":\"not-written\"}\n"), told);
        }
    }

    @Test
    @DisplayName("bodies that are too large together are refused, and when one is answered there is room again")
    void budget() throws IOException {
        start(limits(9, PATIENT, PATIENT, PATIENT).withBodies(100, 150), HttpServerTest::echo);
        String large = "PUT / HTTP/1.1\nHost: x\nContent-Length: 100\n\n" + "a".repeat(99);
        try (Socket first = connect()) {
            send(first, large);
            String told = "";
            while (!told.startsWith("HTTP/1.1 503 ")) {
                told = exchange(large + "aGET / HTTP/1.0\n\n");
            }
            send(first, "a");
            readUntil(first, "PUT " + "a".repeat(100));
        }
        String told = "";
        while (!told.startsWith("HTTP/1.1 200 OK")) {
            told = exchange(large + "aGET / HTTP/1.0\n\n");
        }
    }

    @Test
    @DisplayName("what is no request is answered 400 and ends the connection")
    void malformed() throws IOException {
        start(HttpServerTest::echo);
        String told = exchange("GARBAGE\n\nGET / HTTP/1.1\nHost: x\n\n");
        assertTrue(told.startsWith("HTTP/1.1 400 Bad Request\n"), told);
        assertFalse(told.contains("200 OK"));
        assertTrue(told.contains("X-Content-Type-Options: nosniff"));
    }

    @Test
    @DisplayName("a handler's bug is a 500, and not the end of the server")
    void bug() throws IOException {
        start(request -> {
            throw new IllegalStateException("a bug");
        });
        for (int i = 0; i < 2; i++) {
            assertTrue(exchange("GET / HTTP/1.1\nHost: x\nConnection: close\n\n").startsWith("HTTP/1.1 500 "));
        }
    }

    @Test
    @DisplayName("a header's value cannot begin another header")
    void injection() throws IOException {
        start(request -> Response.of(204, Headers.of("A", "b\r\nC: d")));
        assertTrue(exchange("GET / HTTP/1.1\nHost: x\nConnection: close\n\n").contains("A: b  C: d\n"));
    }

    @Test
    @DisplayName("one connection too many is answered 503; when one has left there is room again")
    void tooMany() throws IOException {
        start(limits(1, PATIENT, PATIENT, PATIENT), HttpServerTest::echo);
        try (Socket first = connect()) {
            send(first, "GET / HTTP/1.1\nHost: x\n\n");
            readUntil(first, "GET ");
            try (Socket second = connect()) {
                assertTrue(readAll(second).startsWith("HTTP/1.1 503 "));
            }
        }
        String told = "";
        while (!told.startsWith("HTTP/1.1 200 OK")) {
            told = answerOrNothing();
        }
    }

    /// Turned away before it has sent its request, a client may see a reset instead of the answer.
    private String answerOrNothing() {
        try {
            return exchange("GET / HTTP/1.1\nHost: x\nConnection: close\n\n");
        } catch (IOException reset) {
            return "";
        }
    }

    @Test
    @DisplayName("a client that says nothing is left without a word")
    void idle() throws IOException {
        start(limits(9, IMPATIENT, PATIENT, PATIENT), HttpServerTest::echo);
        try (Socket socket = connect()) {
            assertEquals("", readAll(socket));
        }
    }

    @Test
    @DisplayName("a client that never finishes its headers is told 408, though it sends a byte now and then")
    void slowHead() throws IOException {
        start(limits(9, PATIENT, IMPATIENT, PATIENT), HttpServerTest::echo);
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\nHost");
            assertTrue(readAll(socket).startsWith("HTTP/1.1 408 Request Timeout\n"));
        }
    }

    @Test
    @DisplayName("and so is one that never finishes its body")
    void slowBody() throws IOException {
        start(limits(9, PATIENT, PATIENT, IMPATIENT), HttpServerTest::echo);
        try (Socket socket = connect()) {
            send(socket, "PUT / HTTP/1.1\nHost: x\nContent-Length: 5\n\nab");
            assertTrue(readAll(socket).startsWith("HTTP/1.1 408 Request Timeout\n"));
        }
    }

    @Test
    @DisplayName("a client that does not read what it asked for is cut off")
    void doesNotRead() throws IOException {
        HttpLimits limits = new HttpLimits(4_096, 20, 1 << 20, 9, PATIENT, PATIENT, PATIENT, IMPATIENT);
        Bytes large = Bytes.wrap(new byte[32 << 20]);
        start(limits, request -> new Response.Whole(200, new Headers(), large));
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\nHost: x\n\n");
            while (server.connections() == 0) {
                Thread.onSpinWait();
            }
            while (server.connections() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    @DisplayName("a server that stops lets the request under way be answered and takes no other")
    void stops() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        start(request -> {
            asked.countDown();
            answer.await();
            return echo(request);
        });
        try (Socket busy = connect(); Socket idle = connect()) {
            send(busy, "GET / HTTP/1.1\nHost: x\n\n");
            asked.await();
            while (server.connections() < 2) {
                Thread.onSpinWait();
            }
            Thread stopping = Thread.ofVirtual().start(() -> server.stop(PATIENT));
            assertEquals("", readAll(idle));
            answer.countDown();
            assertTrue(readAll(busy).endsWith("Connection: close\n\nGET "));
            stopping.join();
            assertEquals(0, server.connections());
        }
    }
}
