package holdfast.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.Bytes;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Live reads: what was shown, and how events are read.
class FollowedTest {

    private static final Bytes A = Wording.record("1-1");
    private static final Bytes B = Wording.record("1-2");
    private static final Bytes C = Wording.record("1-3");

    @Test
    @DisplayName("a gap, something twice and something else are found")
    void shown() {
        Followed followed = new Followed("long-poll");
        assertEquals("", followed.take(1, List.of(A, B), 2));
        assertEquals("", followed.take(1, List.of(), 2));
        assertEquals(2, followed.next(1));
        assertEquals(0, followed.next(2));
        assertEquals("", followed.check(Map.of(1, List.of(A, B, C))));
        assertEquals(
                "the long-poll of torture-1 was shown \"1-2\" at offset 1, where the last read shows \"1-3\"",
                followed.check(Map.of(1, List.of(A, C, B))));
        assertEquals(
                "the long-poll of torture-1 was shown \"1-2\" at offset 1, where the last read is at the tail",
                followed.check(Map.of(1, List.of(A))));
        assertEquals(
                "the long-poll of torture-1 was at 2, was shown 1 records, and was told that 4 follows",
                followed.take(1, List.of(C), 4));
    }

    private static EventSource source(String body) throws IOException {
        return new EventSource(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("events come out of chunks that are cut anywhere; comments are none")
    void events() throws IOException {
        EventSource source = source("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "d\r\nid: 7\nevent: \r\n10\r\ndata\ndata:[1,\nda\r\n9\r\nta: 2]\n\n:\r\n2\r\n x\r\n"
                + "1A\r\n\nevent: control\ndata: {}\n\n\r\n0\r\n\r\n");
        assertEquals(200, source.status());
        assertEquals(new EventSource.Event("7", "data", "[1,\n2]"), source.next());
        assertEquals(new EventSource.Event("", "control", "{}"), source.next());
        assertNull(source.next());
    }

    @Test
    @DisplayName("an answer that is cut is no end")
    void cut() throws IOException {
        EventSource source = source("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nid: ");
        assertThrows(EOFException.class, source::next);
        assertThrows(EOFException.class, () -> source(""));
        assertThrows(EOFException.class, () -> source("HTTP/1.1 200 OK\r\nA: b\r\n"));
        assertEquals(404, source("HTTP/1.1 404 Not Found\r\n\r\n{}").status());
    }
}
