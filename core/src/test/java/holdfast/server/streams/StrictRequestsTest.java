package holdfast.server.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Requests that another server might read in another way, and which of two wrongs is told.
class StrictRequestsTest {

    private static final String TEXT = "Content-Type: text/plain";
    private static final String JSON = "Content-Type: application/json";

    private final Face face = new Face();

    private void tells(String expected) throws InterruptedException {
        assertEquals(expected, face.tellAll(expected));
    }

    @Test
    @DisplayName("what a request says twice it does not say at all, whatever the two are")
    void repeated() throws InterruptedException {
        face.ask("PUT s " + TEXT);
        tells("""
                POST s Content-Type: text/plain; Content-Type: text/html | x -> 400 repeated-header, not-written
                PUT t Stream-TTL: 5; stream-ttl: 6 -> 400 repeated-header, not-written
                POST s Content-Type: text/plain; Stream-Closed: false; Stream-Closed: true | x -> 400 repeated-header, not-written
                POST s Content-Type: text/plain; Stream-Seq: a; Stream-Seq: b | x -> 400 repeated-header, not-written
                GET s Holdfast-Read: local; Holdfast-Read: linearizable -> 400 repeated-header, not-written
                GET s?live=long-poll&live=sse -> 400 bad-live
                HEAD s -> 200 next=0
                """);
    }

    @Test
    @DisplayName("of two wrongs the one with the stream is told before that of the body")
    void orderOfRefusals() throws InterruptedException {
        face.ask("PUT s " + TEXT);
        face.ask("PUT j " + JSON);
        tells("""
                POST s Content-Type: application/json | {bad -> 409 wrong-content-type, not-written
                POST none Content-Type: application/json | {bad -> 404 no-such-stream, not-written
                POST j Content-Type: application/json | {bad -> 400 bad-json, not-written
                POST s Stream-Closed: true -> 204 next=0 closed
                POST s Content-Type: application/json | {bad -> 409 next=0 closed stream-closed, not-written
                """);
    }

    @Test
    @DisplayName("a content type is one by its grammar, and a time one by RFC 3339")
    void grammars() throws InterruptedException {
        for (String type : new String[] {"garbage", "a b/c", "/", "text/", "text/plain, a/b", "\u00e9/x"}) {
            assertEquals("400 bad-content-type, not-written", face.tell("PUT s Content-Type: " + type), type);
        }
        assertFalse(Media.isType("a/b;c") || Media.isType("a/b;c="));
        assertTrue(Media.isType("Text/Plain ; charset=\"a\\\"; b\" ;x=y; "));
        for (String time : new String[] {
            "2099-01-01T00:00Z", "2099-01-01T00:00:00+01", "2099-01-01T00:00:00+01:00:30", "2099-01-01T00:00:00.Z",
            "+12099-01-01T00:00:00Z", "2099-02-30T00:00:00Z", "2099-01-01T24:00:00Z", "2099-01-01 00:00:00Z"}) {
            assertEquals("400 bad-life, not-written", face.tell("PUT s Stream-Expires-At: " + time), time);
        }
        face.ask("PUT a Stream-Expires-At: 2099-01-01t00:00:00.123456789123+23:59");
        assertEquals("2098-12-31T00:01:00.123Z", face.ask("HEAD a").headers().first("Stream-Expires-At"));
        assertEquals("201", face.tell("PUT b Stream-Expires-At: 2098-12-31T23:59:60Z").substring(0, 3));
    }

    @Test
    @DisplayName("an unknown method is 501, one that no stream takes 405, and a name is told back as a URL may hold it")
    void methodsAndPlaces() throws InterruptedException {
        assertEquals("501 unknown-method, not-written", face.tell("FOO s"));
        assertEquals("405 bad-method, not-written", face.tell("PATCH s"));
        assertEquals("http://h/v1/stream/a%7Bb%7D%7C", face.ask("PUT a{b}|").headers().first("Location"));
    }
}
