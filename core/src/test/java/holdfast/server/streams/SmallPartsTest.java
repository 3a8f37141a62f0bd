package holdfast.server.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.server.http.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The words of the protocol, one by one.
class SmallPartsTest {

    @Nested
    @DisplayName("a stream's name")
    class Names {

        @Test
        @DisplayName("is what follows the mount, decoded, slashes and all")
        void decoded() {
            assertEquals(new StreamName.Of("a"), StreamName.of("/v1/stream/a"));
            assertEquals(new StreamName.Of("a/b c"), StreamName.of("/v1/stream/a/b%20c"));
            assertEquals(new StreamName.Of("\u00e9"), StreamName.of("/v1/stream/%C3%a9"));
            assertEquals(new StreamName.Of("__dsx"), StreamName.of("/v1/stream/__dsx"));
            assertEquals(new StreamName.Of("a/__ds"), StreamName.of("/v1/stream/a/__ds"));
        }

        @Test
        @DisplayName("is not below the reserved segment, however that is spelled")
        void reserved() {
            assertInstanceOf(StreamName.Reserved.class, StreamName.of("/v1/stream/__ds"));
            assertInstanceOf(StreamName.Reserved.class, StreamName.of("/v1/stream/__ds/subscriptions/1"));
            assertInstanceOf(StreamName.Reserved.class, StreamName.of("/v1/stream/_%5fds/x"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"%", "a%2", "%zz", "%ff", "%ed%a0%80", "%c0%af"})
        @DisplayName("is percent-encoded UTF-8 or nothing")
        void malformed(String name) {
            assertInstanceOf(StreamName.Malformed.class, StreamName.of("/v1/stream/" + name));
        }

        @Test
        @DisplayName("is not empty, and not elsewhere")
        void none() {
            assertInstanceOf(StreamName.None.class, StreamName.of("/v1/stream/"));
            assertInstanceOf(StreamName.None.class, StreamName.of("/v1/streams/a"));
        }
    }

    @Nested
    @DisplayName("an offset")
    class Offsets {

        @Test
        @DisplayName("has sixteen digits, an underscore and sixteen zeros, so that text order is stream order")
        void text() {
            assertEquals("0000000000000000_0000000000000000", Offset.text(0));
            assertEquals("0000000000000123_0000000000000000", Offset.text(123));
            assertEquals(new Offset.At(123), Offset.parse(Offset.text(123)));
            assertTrue(Offset.text(9).compareTo(Offset.text(10)) < 0);
        }

        @Test
        @DisplayName("may be one of two words, or not be there")
        void words() {
            assertEquals(new Offset.At(0), Offset.parse("-1"));
            assertEquals(new Offset.Now(), Offset.parse("now"));
            assertEquals(new Offset.Absent(), Offset.parse(List.of()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "0", "-2", "Now", "0000000000000000_0000000000000001", "0000000000000000",
            "0000000000000000_000000000000000", " 0000000000000000_0000000000000000", "000000000000000a_0000000000000000"})
        @DisplayName("is nothing else")
        void malformed(String text) {
            assertEquals(new Offset.Malformed(), Offset.parse(text));
        }

        @Test
        @DisplayName("is asked for once")
        void twice() {
            assertEquals(new Offset.Malformed(), Offset.parse(List.of("-1", "-1")));
        }
    }

    @Nested
    @DisplayName("a query")
    class Queries {

        @Test
        @DisplayName("has values by name, decoded")
        void values() {
            Query query = new Query("offset=a%2Db&live=&x&offset=c+d&");
            assertEquals(List.of("a-b", "c d"), query.values("offset"));
            assertEquals("", query.value("live"));
            assertEquals("", query.value("x"));
            assertNull(query.value("y"));
        }

        @Test
        @DisplayName("says when it is malformed")
        void malformed() {
            assertTrue(new Query("a=%").isMalformed());
            assertTrue(new Query("%f=1").isMalformed());
            assertEquals(false, new Query("").isMalformed());
        }
    }

    @Nested
    @DisplayName("a cursor")
    class Cursors {

        private static final long EPOCH = 1_728_432_000_000L;
        private final SplittableRandom random = new SplittableRandom(1);

        private long next(String clients, long wallMillis) {
            return Long.parseLong(Cursor.next(clients, wallMillis, random));
        }

        @Test
        @DisplayName("counts intervals of twenty seconds")
        void intervals() {
            assertEquals(0, next(null, EPOCH + 19_999));
            assertEquals(1, next(null, EPOCH + 20_000));
            assertEquals(0, next(null, 0));
            assertEquals(5, next("4", EPOCH + 100_000));
            assertEquals(5, next("nonsense", EPOCH + 100_000));
            assertEquals(5, next("9999999999999999999", EPOCH + 100_000));
        }

        @Test
        @DisplayName("is greater than the client's if that has caught up or is ahead, by an hour at most")
        void jitter() {
            for (int i = 0; i < 1_000; i++) {
                long next = next("7", EPOCH + 100_000);
                assertTrue(next >= 8 && next <= 7 + 180, "" + next);
            }
        }
    }

    @Nested
    @DisplayName("events")
    class Events {

        private static String text(byte[] payload, boolean isText) {
            StringBuilder told = new StringBuilder();
            try {
                EventText text = new EventText(bytes -> told.append(bytes.utf8()));
                text.data("7", out -> out.write(payload), isText).flush();
            } catch (IOException unexpected) {
                throw new IllegalStateException(unexpected);
            }
            return told.toString();
        }

        private static String data(String payload) {
            String text = text(payload.getBytes(StandardCharsets.UTF_8), true);
            assertTrue(text.startsWith("id: 7\n"), text);
            return text.substring("id: 7\n".length());
        }

        @Test
        @DisplayName("are written piece by piece, wherever the pieces end")
        void pieces() {
            String line = "0123456789\r\n";
            String expected = "event: data\n" + "data:0123456789\n".repeat(20_000) + "data:\n\n";
            assertEquals(expected, data(line.repeat(20_000)));
        }

        @Test
        @DisplayName("give every line of a payload a field of its own, whichever way it ends")
        void lines() {
            assertEquals("event: data\ndata:a\ndata:b\ndata:c\ndata:d\n\n", data("a\nb\rc\r\nd"));
            assertEquals("event: data\ndata:a\ndata:\n\n", data("a\n"));
            assertEquals("event: data\ndata:a\ndata:\n\n", data("a\r\n"));
            assertEquals("event: data\ndata:\ndata:\ndata:\n\n", data("\n\r"));
            assertEquals("event: data\ndata:\n\n", data(""));
        }

        @Test
        @DisplayName("cannot be forged by a payload")
        void forged() {
            assertEquals(
                    "event: data\ndata:x\ndata:\ndata:event: control\ndata:data: {}\n\n",
                    data("x\n\nevent: control\rdata: {}"));
        }

        @Test
        @DisplayName("keep a blank at the beginning of a line, which a parser drops once")
        void blanks() {
            assertEquals("event: data\ndata:  a\ndata:   b\n\n", data(" a\n  b"));
        }

        @Test
        @DisplayName("carry other bytes as base64, on one line")
        void base64() {
            byte[] bytes = {0, 10, 13, (byte) 0xFF};
            assertEquals(
                    "id: 7\nevent: data\ndata:" + Base64.getEncoder().encodeToString(bytes) + "\n\n", text(bytes, false));
        }
    }

    @Nested
    @DisplayName("settings")
    class Numbers {

        @Test
        @DisplayName("are plain decimal numbers up to 2^53 - 1")
        void numbers() {
            assertEquals(0, number("0"));
            assertEquals(9_007_199_254_740_991L, number("9007199254740991"));
            assertEquals(Settings.NONE, Settings.number(new Headers(), "N"));
            for (String bad : List.of("", "+1", "-1", "01", "1.0", "1e3", " 1", "9007199254740992", "99999999999999999")) {
                assertEquals(Settings.MALFORMED, number(bad), bad);
            }
        }

        @Test
        @DisplayName("are times as RFC 3339 has them")
        void times() {
            assertEquals(1_000, time("1970-01-01T00:00:01Z"));
            assertEquals(1_500, time("1970-01-01T01:00:01.500+01:00"));
            for (String bad : List.of("", "1", "1970-01-01", "1970-01-01T00:00:01", "1960-01-01T00:00:00Z", "tomorrow")) {
                assertEquals(Settings.MALFORMED, time(bad), bad);
            }
        }

        @Test
        @DisplayName("say closed with one word, in any case")
        void closed() {
            assertTrue(Settings.isClosed(Headers.of("Stream-Closed", "TRUE")));
            for (String other : List.of("", "false", "yes", "1", "true ")) {
                assertEquals(false, Settings.isClosed(Headers.of("Stream-Closed", other)), other);
            }
        }

        private static long number(String text) {
            return Settings.number(Headers.of("N", text), "n");
        }

        private static long time(String text) {
            return Settings.time(Headers.of("T", text), "t");
        }
    }
}
