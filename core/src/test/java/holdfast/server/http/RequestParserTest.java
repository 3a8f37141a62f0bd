package holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every request here is parsed whole and split at every byte, and must come out the same.
class RequestParserTest {

    private static final HttpLimits LIMITS = new HttpLimits(1_024, 10, 64, 8, 1_000, 1_000, 1_000, 1_000);

    private static byte[] bytes(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /// What came of the bytes, as text: so that two tellings can be compared.
    private static String tell(RequestParser parser) {
        return switch (parser.stage()) {
            case HEAD, BODY -> parser.stage() + (parser.expectsContinue() ? ", waiting for 100" : "");
            case FAILED -> parser.failure().status() + " " + parser.failure().detail();
            case COMPLETE -> tell(parser.request());
        };
    }

    private static String tell(Request r) {
        return r.method() + " " + r.target() + (r.http11() ? " " : " 1.0 ") + r.headers().fields() + " " + r.body().utf8();
    }

    private static RequestParser parsed(byte[] input, int cut) {
        RequestParser parser = new RequestParser(LIMITS);
        int first = parser.feed(input, 0, cut);
        if (first == cut) {
            parser.feed(input, cut, input.length);
        }
        return parser;
    }

    /// The telling of a request, however it is cut in two, and fed byte by byte.
    private static String parse(String text) {
        byte[] input = bytes(text);
        String whole = tell(parsed(input, input.length));
        for (int cut = 0; cut <= input.length; cut++) {
            assertEquals(whole, tell(parsed(input, cut)), "cut at " + cut);
        }
        RequestParser slow = new RequestParser(LIMITS);
        for (int at = 0; at < input.length; at++) {
            slow.feed(input, at, at + 1);
        }
        assertEquals(whole, tell(slow));
        return whole;
    }

    private static void refused(int status, String text) {
        String told = parse(text);
        assertTrue(told.startsWith(status + " "), told);
    }

    @Nested
    @DisplayName("a request")
    class Whole {

        @Test
        @DisplayName("without a body ends with its headers")
        void bodiless() {
            assertEquals("GET /a?b=c [Field[name=Host, value=x], Field[name=A, value=b  c]] ", parse("""
                    GET /a?b=c HTTP/1.1
                    Host: x
                    A:\t b  c\t

                    """));
        }

        @Test
        @DisplayName("with a Content-Length ends with its body, whatever the body looks like")
        void fixed() {
            assertEquals("PUT / [Field[name=Host, value=x], Field[name=Content-Length, value=6]] \r\n\r\nab", parse("""
                    PUT / HTTP/1.1
                    Host: x
                    Content-Length: 6



                    ab"""));
        }

        @Test
        @DisplayName("in chunks, with extensions and trailers, is the chunks together")
        void chunked() {
            String told = parse("""
                    POST / HTTP/1.1
                    Host: x
                    Transfer-Encoding: Chunked

                    3;a=b
                    abc
                    0a
                    0123456789
                    0
                    Trailer: is dropped

                    """);
            assertTrue(told.endsWith("] abc0123456789"), told);
        }

        @Test
        @DisplayName("may come after empty lines, to an absolute target, in HTTP/1.0 without a host")
        void lenient() {
            assertEquals("GET / 1.0 [] ", parse("\n\nGET / HTTP/1.0\n\n"));
            assertEquals("GET /p [Field[name=Host, value=x:1]] ", parse("GET http://x:1/p HTTP/1.1\nHost: evil\n\n"));
            assertEquals("OPTIONS * [Field[name=Host, value=x]] ", parse("OPTIONS * HTTP/1.1\nHost: x\n\n"));
        }

        @Test
        @DisplayName("that is not complete is waited for, and says whether it has begun")
        void partial() {
            assertFalse(new RequestParser(LIMITS).hasBegun());
            assertEquals("HEAD", parse("GET / HTTP/1.1\nHost: x\n"));
            assertEquals("BODY", parse("GET / HTTP/1.1\nHost: x\nContent-Length: 2\n\na"));
        }

        @Test
        @DisplayName("that waits for 100 Continue says so until the first byte of the body")
        void expectsContinue() {
            String head = "PUT / HTTP/1.1\nHost: x\nExpect: 100-Continue\nContent-Length: 2\n\n";
            assertEquals("BODY, waiting for 100", parse(head));
            assertEquals("BODY", parse(head + "a"));
            assertEquals("BODY, waiting for 100", parse(head.replace("Content-Length: 2", "Transfer-Encoding: chunked")));
        }

        @Test
        @DisplayName("leaves alone what belongs to the next one")
        void pipelined() {
            byte[] input = bytes("PUT /1 HTTP/1.1\nHost: x\nContent-Length: 1\n\naGET /2 HTTP/1.1\nHost: x\n\nGET /3");
            List<String> told = new ArrayList<>();
            int at = 0;
            RequestParser parser = new RequestParser(LIMITS);
            while (at < input.length) {
                at = parser.feed(input, at, input.length);
                if (parser.stage() == RequestParser.Stage.COMPLETE) {
                    told.add(parser.request().target() + " " + parser.request().body().utf8());
                    parser = new RequestParser(LIMITS);
                }
            }
            assertEquals(List.of("/1 a", "/2 "), told);
            assertTrue(parser.hasBegun());
        }
    }

    @Nested
    @DisplayName("refused is")
    class Refused {

        @ParameterizedTest
        @ValueSource(strings = {
            "GET  / HTTP/1.1", " GET / HTTP/1.1", "GET / HTTP/1.1 ", "GET /", "G(T / HTTP/1.1", "GET / http/1.1",
            "GET a HTTP/1.1", "GET /a#b HTTP/1.1", "GET /\u00e9 HTTP/1.1", "GET /a\tb HTTP/1.1", "/ HTTP/1.1",
            "GET //\0 HTTP/1.1", "GET https://x/ HTTP/1.1"})
        @DisplayName("a request line that is none")
        void requestLine(String line) {
            refused(400, line + "\nHost: x\n\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"HTTP/2.0", "HTTP/0.9", "HTTP/1.10", "HTTP/1", "HTTP/"})
        @DisplayName("another version")
        void version(String version) {
            refused(505, "GET / " + version + "\nHost: x\n\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"A", ": b", "A : b", " A: b", "A\u00e9: b", "A: b\0", "A: \u007f", "(: b"})
        @DisplayName("a header that is none, or goes on in the next line")
        void header(String header) {
            refused(400, "GET / HTTP/1.1\nHost: x\n" + header + "\n\n");
        }

        @Test
        @DisplayName("a line that ends with half of its end")
        void bareEnds() {
            String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
            for (String bare : List.of("\n", "\r")) {
                byte[] input = request.replace("x\r\n", "x" + bare).getBytes(StandardCharsets.ISO_8859_1);
                RequestParser parser = parsed(input, input.length);
                assertEquals(400, parser.failure().status());
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "400 | ''",
            "400 | 'Host: x\nHost: x'",
            "400 | 'Host: x\nContent-Length: -1'",
            "400 | 'Host: x\nContent-Length: +1'",
            "400 | 'Host: x\nContent-Length: 1, 1'",
            "400 | 'Host: x\nContent-Length: 1\nContent-Length: 1'",
            "400 | 'Host: x\nContent-Length: 0x1'",
            "400 | 'Host: x\nContent-Length: 9999999999999999999'",
            "400 | 'Host: x\nContent-Length: 1\nTransfer-Encoding: chunked'",
            "501 | 'Host: x\nTransfer-Encoding: gzip, chunked'",
            "501 | 'Host: x\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked'",
            "501 | 'Host: x\nTransfer-Encoding: identity'",
            "413 | 'Host: x\nContent-Length: 65'"})
        @DisplayName("a head that leaves the host or the length of the body in doubt, or promises too much")
        void heads(int status, String headers) {
            refused(status, "PUT / HTTP/1.1\n" + headers + (headers.isEmpty() ? "" : "\n") + "\n");
        }

        @Test
        @DisplayName("chunks in HTTP/1.0")
        void oldChunks() {
            refused(400, "PUT / HTTP/1.0\nTransfer-Encoding: chunked\n\n");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "400 | 'x'", "400 | ''", "400 | '-1'", "400 | '1x'", "413 | '00000000000000041'", "400 | '1\nab\n0\n\n'",
            "413 | '41'", "413 | '3f\n#\n2'", "413 | '7fffffffffffffff'", "413 | 'fffffffffffffff'"})
        @DisplayName("a chunk without a size, of another size, or one too many")
        void chunks(int status, String chunks) {
            String body = chunks.replace("#", "y".repeat(63));
            refused(body.contains("7ffffffffffff") ? 400 : status,
                    "PUT / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n" + body + "\n");
        }

        @Test
        @DisplayName("too many headers, and too long ones")
        void sizes() {
            refused(431, "GET / HTTP/1.1\nHost: x\n" + "A: b\n".repeat(10) + "\n");
            refused(431, "GET / HTTP/1.1\nHost: x\nA: " + "b".repeat(1_024) + "\n\n");
            refused(431, "GET /" + "a".repeat(1_024));
            refused(431, "\n".repeat(600));
        }

        @Test
        @DisplayName("a chunk line without end, and chunk lines without end")
        void chunkLines() {
            String head = "PUT / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n";
            refused(413, head + "1;" + "x".repeat(2_000));
            refused(413, head + ("1;" + "x".repeat(500) + "\na\n").repeat(4));
            refused(431, head + "0\n" + "T: x\n".repeat(250));
        }
    }

    @Test
    @DisplayName("a body of the greatest size is taken, fixed and in chunks")
    void greatest() {
        String body = "z".repeat(64);
        assertTrue(parse("PUT / HTTP/1.1\nHost: x\nContent-Length: 64\n\n" + body).endsWith(body));
        assertTrue(parse("PUT / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n40\n" + body + "\n0\n\n").endsWith(body));
    }

    @Test
    @DisplayName("memory follows what has come, not what is promised")
    void promises() {
        HttpLimits huge = LIMITS.withBodyBytesMax(Integer.MAX_VALUE - 8);
        RequestParser parser = new RequestParser(huge);
        byte[] input = bytes("PUT / HTTP/1.1\nHost: x\nContent-Length: 2147483639\n\nab");
        assertEquals(input.length, parser.feed(input, 0, input.length));
        assertEquals(RequestParser.Stage.BODY, parser.stage());
    }

    @Test
    @DisplayName("header names compare in any case, and a list is asked for its tokens")
    void headers() {
        Headers headers = Headers.of("Connection", "keep-alive, Close", "X", "1", "x", "2");
        assertTrue(headers.hasToken("connection", "close"));
        assertFalse(headers.hasToken("connection", "clos"));
        assertEquals(List.of("1", "2"), headers.all("X"));
        assertNull(headers.first("Y"));
        assertFalse(new Request("GET", "/", true, headers, Bytes.EMPTY).keepsAlive());
        assertFalse(new Request("GET", "/", false, new Headers(), Bytes.EMPTY).keepsAlive());
    }
}
