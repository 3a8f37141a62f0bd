package holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is thrown while one client is served ends at most its connection.
@Timeout(60)
class HttpFailuresTest extends ServerOnAPort {

    private final List<String> failed = new CopyOnWriteArrayList<>();

    HttpFailuresTest() {
        events = new HttpEvents() {
            @Override
            public void failed(String doing, Throwable bug) {
                failed.add(doing + ": " + bug);
            }
        };
    }

    static Stream<Throwable> thrown() {
        return Stream.of(new IllegalStateException("a bug"), new OutOfMemoryError("no room"), new StackOverflowError());
    }

    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        @SuppressWarnings("unchecked")
        T unchecked = (T) thrown;
        throw unchecked;
    }

    @Test
    @DisplayName("a handler's bug is a 500, and its connection goes on")
    void bug() throws IOException {
        start((request, _) -> {
            if (request.path().equals("/bug")) {
                throw new IllegalStateException("a bug");
            }
            return echo(request);
        });
        String told = exchange("PUT /bug HTTP/1.1\nHost: x\n\nGET / HTTP/1.0\n\n");
        assertTrue(told.startsWith("HTTP/1.1 500 ") && told.endsWith("GET "), told);
        assertTrue(told.contains("nobody knows what the request has done\",\"outcome\":\"unknown\""), told);
        assertEquals(List.of("PUT /bug: java.lang.IllegalStateException: a bug"), failed);
    }

    @Test
    @DisplayName("a handler that uses up the memory or the stack is a 503 and the end of its connection, not of others")
    void error() throws IOException {
        start((request, _) -> {
            if (!request.path().equals("/")) {
                raise(request.path().equals("/1") ? new OutOfMemoryError("no room") : new StackOverflowError());
            }
            return echo(request);
        });
        for (int i = 1; i <= 2; i++) {
            String told = exchange("GET /" + i + " HTTP/1.1\nHost: x\n\nGET / HTTP/1.0\n\n");
            assertTrue(told.startsWith("HTTP/1.1 503 ") && told.contains("Connection: close\n"), told);
            assertFalse(told.contains("HTTP/1.1 200"), told);
            assertTrue(exchange("GET / HTTP/1.0\n\n").endsWith("GET "));
        }
        assertEquals(List.of("GET /1: java.lang.OutOfMemoryError: no room", "GET /2: java.lang.StackOverflowError"), failed);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    @DisplayName("a live body that fails ends its connection, and its client sees that it is not whole")
    void live(Throwable thrown) throws IOException {
        start((_, _) -> new Response.Live(200, new Headers(), sink -> {
            sink.write(Bytes.utf8("one"));
            raise(thrown);
        }));
        for (int i = 1; i <= 2; i++) {
            String told = exchange("GET / HTTP/1.1\nHost: x\n\n");
            assertTrue(told.endsWith("3\none\n"), told);
            assertEquals(i, failed.size());
        }
        assertTrue(failed.getFirst().startsWith("the live answer to GET /: "), failed.toString());
    }

    @Test
    @DisplayName("a client that leaves in the middle of a live body is seen without a word to it")
    void leavesLive() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        start((_, _) -> new Response.Live(200, new Headers(), sink -> {
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

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET /next HTTP/1.1\n"})
    @DisplayName("and so is one that leaves while a handler waits with the answer, whatever it has sent behind its request")
    void leavesWaiting(String more) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        start((request, client) -> {
            assertTrue(client.isThere());
            asked.countDown();
            while (client.isThere()) {
                Thread.sleep(1);
            }
            seen.countDown();
            return echo(request);
        });
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\nHost: x\n\n" + more);
            asked.await();
        }
        seen.await();
    }
}
