package holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which web pages may do what, and that every answer says so: those of handlers and those of the connection alike.
@Timeout(60)
class CorsTest extends ServerOnAPort {

    private static final String APP = "https://app.example";
    private static final String OTHER = "https://other.example";

    private static Request request(String method, String path, String origin) {
        Headers headers = origin.isEmpty() ? new Headers() : Headers.of("origin", origin);
        return new Request(method, path, true, headers, Bytes.EMPTY);
    }

    private static int status(Cors cors, Request request) {
        Response refusal = cors.refusal(request);
        return refusal == null ? 200 : refusal.status();
    }

    @Test
    @DisplayName("a page of another origin reads nothing and writes nothing, unless it is let in")
    void writes() {
        for (String method : List.of("PUT", "POST", "DELETE")) {
            assertEquals(200, status(Cors.NONE, request(method, "/v1/stream/s", "")), "no page at all");
            assertEquals(403, status(Cors.NONE, request(method, "/v1/stream/s", APP)));
            assertEquals(403, status(Cors.NONE, request(method, "/v1/stream/s", "null")));
            assertEquals(200, status(new Cors(List.of(APP)), request(method, "/v1/stream/s", APP)));
            assertEquals(403, status(new Cors(List.of(APP)), request(method, "/v1/stream/s", OTHER)));
            assertEquals(200, status(new Cors(List.of(Cors.ANY)), request(method, "/v1/stream/s", OTHER)));
        }
        assertEquals(200, status(Cors.NONE, request("GET", "/v1/stream/s", APP)), "the browser hides the answer");
        assertEquals(200, status(Cors.NONE, request("OPTIONS", "/v1/stream/s", APP)));
    }

    @Test
    @DisplayName("test hooks are closed to every page")
    void hooks() {
        for (Cors cors : List.of(Cors.NONE, new Cors(List.of(APP)), new Cors(List.of(Cors.ANY)))) {
            assertEquals(403, status(cors, request("POST", "/v1/test/disk", APP)));
            assertEquals(403, status(cors, request("GET", "/v1/test/disk", APP)));
            assertEquals(200, status(cors, request("POST", "/v1/test/disk", "")));
            Headers headers = new Headers();
            cors.addTo(headers, Headers.of("Origin", APP), "/v1/test/disk");
            assertNull(headers.first("Access-Control-Allow-Origin"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "''                    | https://app.example   | -                   | -",
        "*                     | ''                    | *                   | -",
        "*                     | https://other.example | *                   | -",
        "https://app.example   | https://app.example   | https://app.example | Origin",
        "https://app.example   | https://other.example | -                   | Origin",
        "https://app.example   | ''                    | -                   | Origin"})
    @DisplayName("an origin is told that it is let in, and caches that the answer depends on it")
    void told(String list, String origin, String allowed, String vary) {
        Headers headers = new Headers();
        new Cors(list.isEmpty() ? List.of() : List.of(list)).addTo(headers, request("GET", "/", origin).headers(), "/");
        assertEquals(allowed, headers.first("Access-Control-Allow-Origin"));
        assertEquals(vary, headers.first("Vary"));
        assertEquals("nosniff", headers.first("X-Content-Type-Options"));
        assertEquals(list.isEmpty() ? "same-origin" : "cross-origin", headers.first("Cross-Origin-Resource-Policy"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200 | 'GET / HTTP/1.1\nHost: x\nOrigin: https://app.example\n\n'",
        "404 | 'GET /none HTTP/1.1\nHost: x\nOrigin: https://app.example\n\n'",
        "400 | 'GET / HTTP/1.1\nHost: x\nOrigin: https://app.example\nbad line\n\n'",
        "413 | 'PUT / HTTP/1.1\nHost: x\nOrigin: https://app.example\nContent-Length: 2000000\n\n'",
        "417 | 'PUT / HTTP/1.1\nHost: x\nOrigin: https://app.example\nExpect: much\n\n'",
        "408 | 'PUT / HTTP/1.1\nHost: x\nOrigin: https://app.example\nContent-Length: 9\n\nshort'",
        "408 | 'GET / HTTP/1.1\nHost: x\nOrigin: https://app.example\n'",
        "431 | 'GET / HTTP/1.1\nHost: x\nOrigin: https://app.example\nA: #\n\n'",
        "501 | 'PUT / HTTP/1.1\nHost: x\nOrigin: https://app.example\nTransfer-Encoding: gzip\n\n'"})
    @DisplayName("whoever answers, handler or connection, the answer has the same headers and is a problem document")
    void everyAnswer(int status, String request) throws IOException {
        HttpLimits limits = limits(9, PATIENT, 500, 500);
        server = HttpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits,
                new Cors(List.of(APP)), (asked, _) -> asked.path().equals("/") ? echo(asked)
                        : PlainProblem.notWritten(404, "there is nothing here"), HttpEvents.NONE);
        try (Socket socket = connect()) {
            send(socket, request.replace("#", "a".repeat(5_000)));
            if (status == 200 || status == 404) {
                socket.shutdownOutput();
            }
            String told = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(told.startsWith("HTTP/1.1 " + status + " "), told);
            assertTrue(told.contains("\r\nAccess-Control-Allow-Origin: " + APP + "\r\n"), told);
            assertTrue(told.contains("\r\nX-Content-Type-Options: nosniff\r\n"), told);
            assertTrue(status == 200 || told.contains("\r\nContent-Type: application/problem+json\r\n"), told);
            assertFalse(told.contains("\r\n\r\nHTTP/1.1 "), told);
        }
    }
}
