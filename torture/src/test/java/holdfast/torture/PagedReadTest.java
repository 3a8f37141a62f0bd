package holdfast.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.server.client.HttpCaller;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A read of several answers, against a server that has them ready.
@Timeout(60)
class PagedReadTest {

    private static final int CALL_MILLIS_MAX = 30_000;
    private static final Bytes A = Wording.record("1-1");
    private static final Bytes B = Wording.record("1-2");
    private static final Bytes C = LongRecord.named("1-3", 2_000);

    private record Page(int status, List<Bytes> records, long next, String end) {}

    private final TreeMap<Long, Page> pages = new TreeMap<>();
    private final List<String> tokens = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/stream/s", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Page page = pages.get(Wording.number(exchange.getRequestURI().getQuery()));
        String token = exchange.getRequestHeaders().getFirst("Holdfast-Token");
        tokens.add(token == null ? "" : token);
        StringBuilder body = new StringBuilder("[");
        for (Bytes record : page.records()) {
            body.append(body.length() == 1 ? "" : ",").append(Bytes.wrap(LongRecord.expanded(record)).utf8());
        }
        exchange.getResponseHeaders().set("Stream-Next-Offset", Wording.offset(page.next()));
        exchange.getResponseHeaders().set("Holdfast-Token", "c:" + page.next());
        if (!page.end().isEmpty()) {
            exchange.getResponseHeaders().set("Stream-Up-To-Date", "true");
        }
        if (page.end().equals("closed")) {
            exchange.getResponseHeaders().set("Stream-Closed", "true");
        }
        byte[] bytes = body.append(']').toString().getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(page.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Answer read(Level level, StringBuilder contradiction) {
        try (HttpCaller node = new HttpCaller(server.getAddress())) {
            PagedRead read = new PagedRead(node, CALL_MILLIS_MAX);
            Answer answer = read.read(new Call.Read("s", 4, Integer.MAX_VALUE, level, Call.NO_SESSION), "c:1");
            contradiction.append(read.contradiction());
            return answer;
        }
    }

    @Test
    @DisplayName("what several answers bring is one read, and tells the tail of the last one")
    void joined() {
        pages.put(4L, new Page(200, List.of(A), 5, ""));
        pages.put(5L, new Page(200, List.of(B, C), 7, "closed"));
        StringBuilder contradiction = new StringBuilder();
        assertEquals(new Answer.Records(4, List.of(A, B, C), 7, true), read(Level.LOCAL, contradiction));
        assertEquals("", contradiction.toString());
        assertEquals(List.of("c:1", "c:5"), tokens);
    }

    @Test
    @DisplayName("an answer that is missing makes the read tell nothing, and so does one that contradicts itself")
    void broken() {
        pages.put(4L, new Page(200, List.of(A), 5, ""));
        pages.put(5L, new Page(503, List.of(), 5, ""));
        StringBuilder contradiction = new StringBuilder();
        assertEquals(new Answer.Nothing(), read(Level.LINEARIZABLE, contradiction));
        assertEquals("", contradiction.toString());
        pages.put(5L, new Page(200, List.of(B), 9, "open"));
        assertEquals(new Answer.Nothing(), read(Level.LINEARIZABLE, contradiction));
        assertTrue(contradiction.toString().startsWith("a read of s from 5 brought 1 records"), contradiction.toString());
        assertEquals(List.of("", "", "", ""), tokens);
    }

    @Test
    @DisplayName("an answer that brings nothing and is not at the tail would go on for ever")
    void stuck() {
        pages.put(4L, new Page(200, List.of(), 4, ""));
        StringBuilder contradiction = new StringBuilder();
        assertEquals(new Answer.Nothing(), read(Level.LINEARIZABLE, contradiction));
        assertEquals("a read of s from 4 brought nothing, and yet is not at the tail", contradiction.toString());
    }
}
