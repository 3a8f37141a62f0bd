package holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bytes that are sent to a server, and the statuses of all its answers up to the end of the connection: a second status
/// where one belongs means that a request was smuggled in. In the table `\r`, `\n`, `\t`, `\0` and `\xff` stand for one byte
/// each, `^` for CR LF, `GET` and `POST` at the beginning for a whole head without its last line, and `{N}` for the last
/// character before it N times. Every case is followed by a request that ends the connection, which counts too.
@Timeout(60)
class RawRequestsTest extends ServerOnAPort {

    private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n";
    private static final String POST = "POST /a HTTP/1.1\r\nHost: x\r\n";
    private static final String LAST = "GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final Pattern REPEATED = Pattern.compile("(.)\\{(\\d+)}");

    @BeforeEach
    void startEcho() throws IOException {
        start((request, _) -> echo(request));
    }

    private static byte[] bytes(String shown) {
        String text = shown.startsWith("GET ") || shown.startsWith("POST ") || !shown.matches("(?s)(GET|POST).*")
                ? shown : shown.startsWith("GET") ? GET + shown.substring(3) : POST + shown.substring(4);
        Matcher repeated = REPEATED.matcher(text);
        text = repeated.replaceAll(found -> found.group(1).repeat(Integer.parseInt(found.group(2))));
        text = text.replace("^", "\r\n").replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
        return text.replace("\\0", "\0").replace("\\xff", "\u00ff").getBytes(StandardCharsets.ISO_8859_1);
    }

    private String statuses(String shown, String last) throws IOException {
        StringBuilder statuses = new StringBuilder();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(shown));
            socket.getOutputStream().write(last.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            Matcher status = STATUS.matcher(readAll(socket));
            while (status.find()) {
                statuses.append(statuses.isEmpty() ? "" : " ").append(status.group(1));
            }
        }
        return statuses.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "200 200     | GET^",
        "200 200 200 | GET^GET /b HTTP/1.1^Host: x^^",
        "200 200     | ^^GET /a HTTP/1.1^Host: x^^",
        "200         | GETConnection: close^^",
        "200         | GETConnection: keep-alive, CLOSE^^",
        "200         | GET /a HTTP/1.0^^",
        "200         | GET /a HTTP/1.0^Connection: keep-alive, close^^",
        "200 200     | GET /a HTTP/1.0^Connection: keep-alive^^",
        "200 200     | GET /a HTTP/1.2^Host: x^^",
        "200 200     | get /a HTTP/1.1^Host: x^^",
        "505         | PRI * HTTP/2.0^^SM^^",
        "505         | GET /a HTTP/1.10^Host: x^^",
        "400         | GET /a^^",
        "400         | GET /a HTTP/1.1 ^Host: x^^",
        "400         | GET\\t/a HTTP/1.1^Host: x^^",
        "400         | GET /a HTTP/1.1\\nHost: x\\n\\n",
        "400         | GET /a HTTP/1.1\\rHost: x^^"})
    @DisplayName("request lines, and when a connection is kept")
    void requestLines(String expected, String shown) throws IOException {
        assertEquals(expected, statuses(shown, LAST));
    }

    @Test
    @DisplayName("what is sent behind the last request does not reset the answer to it")
    void sentBehindTheLast() throws IOException {
        byte[] behind = new byte[1 << 20];
        for (int i = 0; i < 20; i++) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(LAST.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(behind);
                socket.shutdownOutput();
                assertTrue(STATUS.matcher(readAll(socket)).find());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "200 200     | GET http://x/a HTTP/1.1^Host: y^^",
        "200 200     | GET HTTP://x HTTP/1.1^Host: y^^",
        "200 200     | GET http://x?q=1 HTTP/1.1^Host: y^^",
        "200 200     | GET http://[::1]:80/a HTTP/1.1^Host: y^^",
        "400         | GET http:///a HTTP/1.1^Host: y^^",
        "400         | GET http://u@x/a HTTP/1.1^Host: y^^",
        "400         | GET http://a b/a HTTP/1.1^Host: y^^",
        "400         | GET https://x/a HTTP/1.1^Host: y^^",
        "200 200     | OPTIONS * HTTP/1.1^Host: y^^",
        "400         | GET * HTTP/1.1^Host: y^^",
        "400         | CONNECT x:80 HTTP/1.1^Host: x:80^^",
        "400         | GET /a#b HTTP/1.1^Host: y^^",
        "400         | GET /a%zz HTTP/1.1^Host: y^^",
        "400         | GET /a%0 HTTP/1.1^Host: y^^",
        "400         | GET /\\xff HTTP/1.1^Host: y^^",
        "400         | GET /<a> HTTP/1.1^Host: y^^",
        "200 200     | GET /a[1]{b}~c HTTP/1.1^Host: y^^"})
    @DisplayName("targets")
    void targets(String expected, String shown) throws IOException {
        assertEquals(expected, statuses(shown, LAST));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "400         | GET /a HTTP/1.1^^",
        "200 200     | GET /a HTTP/1.1^Host:^^",
        "400         | GET /a HTTP/1.1^Host: x^Host: x^^",
        "400         | GET /a HTTP/1.0^Host: x^Host: x^^",
        "400         | GET /a HTTP/1.1^Host: a, b^^",
        "400         | GET /a HTTP/1.1^Host: a b^^",
        "400         | GET /a HTTP/1.1^Host: h/x^^",
        "400         | GET /a HTTP/1.1^Host: u@h^^",
        "400         | GET /a HTTP/1.1^Host: a:99999x^^",
        "400         | GET /a HTTP/1.1^Host: [::1^^",
        "400         | GET /a HTTP/1.1^Host: []^^",
        "400         | GET /a HTTP/1.1^Host: [::1]x^^",
        "400         | GET /a HTTP/1.1^Host: [1::2::3]^^",
        "200 200     | GET /a HTTP/1.1^Host: [fe80::1]:4437^^",
        "400         | GETA : b^^",
        "400         | GET A: b^^",
        "400         | GETA: b^ c: d^^",
        "400         | GETA^^",
        "400         | GETA: \\0^^",
        "400         | GETA: b\\rc^^",
        "400         | GETA: b\\nC: d^^",
        "200 200     | GETA: \\xff\\t^^",
        "431         | GETA: a{5000}^^",
        "431         | GET /a{5000} HTTP/1.1^^",
        "200         | GETExpect: 100-continue^^",
        "417         | GETExpect: 200-ok^^",
        "417         | POSTExpect: 100-continue, more^Content-Length: 1^^a"})
    @DisplayName("headers")
    void headers(String expected, String shown) throws IOException {
        assertEquals(expected, statuses(shown, shown.contains("100-continue^") ? "" : LAST));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "200 200     | POSTContent-Length: 4^^abcd",
        "200 200     | POSTContent-Length: 0004^^abcd",
        "400         | POSTContent-Length: 4^Content-Length: 4^^abcd",
        "400         | POSTContent-Length: 4, 4^^abcd",
        "400         | POSTContent-Length: +4^^abcd",
        "400         | POSTContent-Length: -1^^",
        "400         | POSTContent-Length: 0x4^^abcd",
        "400         | POSTContent-Length: 4 4^^abcd",
        "400         | POSTContent-Length:^^",
        "400         | POSTContent-Length: 9999999999999999999^^",
        "413         | POSTContent-Length: 999999999999999999^^",
        "400         | POSTContent-Length: 4^Transfer-Encoding: chunked^^0^^",
        "400         | POSTTransfer-Encoding : chunked^^0^^",
        "501         | POSTTransfer-Encoding: xchunked^^0^^",
        "501         | POSTTransfer-Encoding: chunked, identity^^0^^",
        "501         | POSTTransfer-Encoding: chunked^Transfer-Encoding: chunked^^0^^",
        "400         | POST /a HTTP/1.0^Transfer-Encoding: chunked^^0^^",
        "200 200     | POSTTransfer-Encoding:\\tChunked^^1^a^0^^"})
    @DisplayName("lengths")
    void lengths(String expected, String shown) throws IOException {
        assertEquals(expected, statuses(shown, LAST));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "200 200     | 5;n=v;m;o=\"a;b\\xff\"^hello^0;last^^",
        "200 200     | 5 ;\\tn = \"q\"^hello^0^^",
        "200 200     | 5^hello^0^Trailer: yes^Other:^^",
        "200 200     | 00005^hello^000^^",
        "400         | 1;e=\"v^X^0^^GET /smuggled HTTP/1.1^Host: x^^",
        "400         | 5;e=\"v\\\"^hello^0^^",
        "400         | 5 ^hello^0^^",
        "400         | 5\\t^hello^0^^",
        "400         | 5 junk^hello^0^^",
        "400         | 5;^hello^0^^",
        "400         | 5;bad[=x^hello^0^^",
        "400         | 5;n=^hello^0^^",
        "400         | 5;n=v ^hello^0^^",
        "400         | 5;n=\"v\"w^hello^0^^",
        "400         | 0x5^hello^0^^",
        "400         | -5^hello^0^^",
        "400         | ^hello^0^^",
        "400         | 5;a\\nb^hello^0^^",
        "400         | 3^hello^0^^",
        "400         | 6^hello^0^^",
        "413         | FFFFFFFFFFFFFFF^a^0^^",
        "400         | FFFFFFFFFFFFFFFF^a^0^^",
        "413         | 5;n{2000}^hello^0^^",
        "400         | 5^hello^0^junk line^^",
        "400         | 5^hello^0^X : y^^",
        "400         | 5^hello^0^X: y^ z^^",
        "431         | 5^hello^0^X: y{5000}^^"})
    @DisplayName("chunks and trailers")
    void chunks(String expected, String shown) throws IOException {
        assertEquals(expected, statuses("POSTTransfer-Encoding: chunked^^" + shown, LAST));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``          | ``",
        "``          | GET /a",
        "``          | GETA: b^",
        "200         | GET^GET /b HTT",
        "``          | POSTContent-Length: 9^^short",
        "``          | POSTTransfer-Encoding: chunked^^5^hel",
        "``          | POSTTransfer-Encoding: chunked^^5^hello^0^",
        "100         | POSTExpect: 100-continue^Content-Length: 9^^",
        "200         | POSTContent-Length: 5^^hello"})
    @DisplayName("clients that end their half of the connection in the middle of a request, or behind it")
    void halfOpen(String expected, String shown) throws IOException {
        assertEquals(expected, statuses(shown, ""));
    }
}
