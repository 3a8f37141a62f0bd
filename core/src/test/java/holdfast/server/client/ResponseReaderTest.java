package holdfast.server.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {

    private static ResponseReader reader(String text) {
        return new ResponseReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    @DisplayName("bodies end by length, by last chunk, by nature, or with the connection")
    void bodies() throws IOException {
        ResponseReader reader = reader("""
                HTTP/1.1 200 OK\r
                Content-Length: 5\r
                \r
                helloHTTP/1.1 100 Continue\r
                \r
                HTTP/1.1 200 OK\r
                Transfer-Encoding: chunked\r
                \r
                3\r
                abc\r
                2;x=y\r
                de\r
                0\r
                Trailer: t\r
                \r
                HTTP/1.1 204 No Content\r
                Stream-Next-Offset: 7\r
                \r
                HTTP/1.1 200 OK\r
                Connection: close\r
                \r
                the rest""");

        assertEquals("hello", reader.read(false).body().utf8());
        assertTrue(reader.isReusable());
        assertEquals("abcde", reader.read(false).body().utf8());
        Called.Answered empty = reader.read(false);
        assertEquals("7", empty.header("stream-next-offset"));
        assertTrue(empty.body().isEmpty());
        assertEquals("the rest", reader.read(false).body().utf8());
        assertFalse(reader.isReusable());
    }

    @Test
    @DisplayName("an answer to HEAD has the headers of a body and none")
    void head() throws IOException {
        ResponseReader reader = reader(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");

        assertTrue(reader.read(true).body().isEmpty());
        assertEquals("x", reader.read(false).body().utf8());
    }

    @Test
    @DisplayName("an answer that is cut off anywhere is no answer")
    void cutOff() {
        String whole = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        for (int length = 0; length < whole.length(); length++) {
            ResponseReader reader = reader(whole.substring(0, length));
            assertThrows(IOException.class, () -> reader.read(false), "cut at " + length);
        }
    }

    @Test
    @DisplayName("what is no HTTP is said to be none")
    void noise() {
        assertThrows(IOException.class, () -> reader("SSH-2.0-x\r\n\r\n").read(false));
        assertThrows(IOException.class, () -> reader("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n").read(false));
        assertThrows(IOException.class, () -> reader("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n").read(false));
    }
}
