package holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real sockets. The time limit only keeps a hanging test from hanging all others.
@Timeout(60)
class HttpServerTest extends ServerOnAPort {

    @Test
    @DisplayName("a connection is kept, and pipelined requests are answered in their order")
    void pipelining() throws IOException {
        start((request, _) -> echo(request));
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
        start((request, _) -> request.isHead() ? echo(request) : Response.of(204, new Headers()));
        assertEquals("""
                HTTP/1.1 200 OK
                X-Target: /

                HTTP/1.1 204 No Content
                Connection: close

                """, exchange("HEAD / HTTP/1.1\nHost: x\n\nGET / HTTP/1.1\nHost: x\nConnection: close\n\n"));
    }

    @Test
    @DisplayName("an HTTP/1.0 client gets one answer, or more if it asks for them")
    void http10() throws IOException {
        start((request, _) -> echo(request));
        assertTrue(exchange("GET / HTTP/1.0\n\n").endsWith("Connection: close\n\nGET "));
        String two = exchange("GET /1 HTTP/1.0\nConnection: Keep-Alive\n\nGET /2 HTTP/1.0\n\n");
        assertTrue(two.contains("X-Target: /1\n") && two.contains("Connection: keep-alive\n\nGET HTTP"), two);
        assertTrue(two.contains("X-Target: /2\n") && two.endsWith("Connection: close\n\nGET "), two);
    }

    @Test
    @DisplayName("a client that waits for 100 Continue is told to go on, once")
    void expectContinue() throws IOException {
        start((request, _) -> echo(request));
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
        start((request, _) -> new Response.Live(200, new Headers(), sink -> {
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
    @DisplayName("what a client sends during a live body is its next request")
    void sendsMeanwhile() throws Exception {
        CountDownLatch isSent = new CountDownLatch(1);
        start((request, _) -> request.target().equals("/next") ? echo(request)
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
        start((request, _) -> echo(request));
        try (Socket socket = connect()) {
            send(socket, "PUT / HTTP/1.1\nHost: x\nContent-Length: 20000000\n\n");
            byte[] piece = new byte[1 << 16];
            for (int i = 0; i < 100; i++) {
                socket.getOutputStream().write(piece);
            }
            socket.shutdownOutput();
            String told = readAll(socket);
            assertTrue(told.startsWith("HTTP/1.1 413 Content Too Large\nContent-Type: application/problem+json\n"), told);
            assertTrue(told.endsWith("{\"type\":\"urn:holdfast:problem:content-too-large\",\"title\":\"Content Too Large\","
                    + "\"status\":413,\"detail\":\"a request body has at most"
                    + " 1048576 bytes\",\"outcome\":\"not-written\"}\n"), told);
        }
    }

    @Test
    @DisplayName("what is no request is answered 400 and ends the connection")
    void malformed() throws IOException {
        start((request, _) -> echo(request));
        String told = exchange("GARBAGE\n\nGET / HTTP/1.1\nHost: x\n\n");
        assertTrue(told.startsWith("HTTP/1.1 400 Bad Request\n"), told);
        assertFalse(told.contains("200 OK"));
    }

    @Test
    @DisplayName("a header's value cannot begin another header")
    void injection() throws IOException {
        start((request, _) -> Response.of(204, Headers.of("A", "b\r\nC: d")));
        assertTrue(exchange("GET / HTTP/1.1\nHost: x\nConnection: close\n\n").contains("A: b  C: d\n"));
    }

    @Test
    @DisplayName("a server that stops lets the request under way be answered and takes no other")
    void stops() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        start((request, _) -> {
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
