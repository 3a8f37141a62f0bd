package holdfast.server.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import holdfast.server.http.Headers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 9110 §13, section by section.
class ConditionsTest {

    private static final String TEXT = "Content-Type: text/plain";

    private final Face face = new Face();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "NOT_MODIFIED | \"a\"",
        "NOT_MODIFIED | W/\"a\"",
        "NOT_MODIFIED | *",
        "NOT_MODIFIED | \"b\", \"a\"",
        "NOT_MODIFIED | \"b,\",W/\"a\"",
        "ANSWER       | \"b\"",
        "ANSWER       | \"A\"",
        "ANSWER       | a",
        "ANSWER       | \"a",
        "ANSWER       | w/a",
        "ANSWER       | \"x\"a\"",
        "ANSWER       | \"*\"",
        "ANSWER       | *, \"b\""})
    @DisplayName("§13.1.2 If-None-Match compares weakly")
    void ifNoneMatch(Conditions.Verdict verdict, String value) {
        assertEquals(verdict, Conditions.ofRead(Headers.of("If-None-Match", value), "\"a\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ANSWER | \"a\"", "ANSWER | *", "ANSWER | \"b\", \"a\"", "FAILED | W/\"a\"", "FAILED | \"b\"", "FAILED | a"})
    @DisplayName("§13.1.1 If-Match compares strongly")
    void ifMatch(Conditions.Verdict verdict, String value) {
        assertEquals(verdict, Conditions.ofRead(Headers.of("If-Match", value), "\"a\""));
    }

    @Test
    @DisplayName("§13.2.2 If-Match comes first, lists may come in several lines, and dates are ignored")
    void precedence() {
        assertEquals(Conditions.Verdict.FAILED,
                Conditions.ofRead(Headers.of("If-None-Match", "\"a\"", "If-Match", "\"b\""), "\"a\""));
        assertEquals(Conditions.Verdict.NOT_MODIFIED,
                Conditions.ofRead(Headers.of("If-None-Match", "\"a\"", "If-Match", "\"a\""), "\"a\""));
        assertEquals(Conditions.Verdict.NOT_MODIFIED,
                Conditions.ofRead(Headers.of("If-None-Match", "\"b\"", "if-none-match", "\"a\""), "\"a\""));
        assertEquals(Conditions.Verdict.ANSWER, Conditions.ofRead(
                Headers.of("If-Modified-Since", "Sat, 29 Oct 1994 19:43:31 GMT"), "\"a\""));
    }

    @Test
    @DisplayName("§13.2.1 conditions change what would be well, and nothing else")
    void reads() throws InterruptedException {
        face.ask("PUT s " + TEXT + " | ab");
        String tag = face.ask("GET s").headers().first("ETag");
        assertEquals("304 next=1 tail", face.tell("GET s If-None-Match: W/" + tag));
        assertEquals(tag, face.ask("GET s If-None-Match: *").headers().first("ETag"));
        assertEquals("200 next=1 tail ab", face.tell("GET s If-Match: " + tag));
        assertEquals("412 precondition-failed", face.tell("GET s If-Match: \"other\""));
        assertEquals("404 no-such-stream", face.tell("GET t If-Match: \"other\""));
        assertEquals("404 no-such-stream", face.tell("GET t If-None-Match: *"));
        assertEquals("304 next=1", face.tell("HEAD s If-None-Match: *"));
        assertEquals("304 next=1 tail", face.tell("GET s?offset=now If-None-Match: *"));
    }

    @Test
    @DisplayName("a write under a condition that nobody can keep is not done")
    void writes() throws InterruptedException {
        assertEquals("201 next=0", face.tell("PUT s If-None-Match: *; " + TEXT));
        assertEquals("412 precondition-failed, not-written", face.tell("PUT s If-None-Match: *; " + TEXT));
        assertEquals("412 precondition-failed, not-written", face.tell("PUT s If-None-Match: *; Content-Type: a/b"));
        assertEquals("412 precondition-failed, not-written", face.tell("PUT t If-Match: *"));
        assertEquals("404 no-such-stream", face.tell("HEAD t"));
        assertEquals("204 next=1", face.tell("POST s If-Match: *; " + TEXT + " | x"));
        assertEquals("412 precondition-failed, not-written", face.tell("POST s If-Match: \"a\"; " + TEXT + " | x"));
        assertEquals("412 precondition-failed, not-written", face.tell("POST s If-None-Match: *; " + TEXT + " | x"));
        assertEquals("412 precondition-failed, not-written", face.tell("DELETE s If-Match: \"a\""));
        assertEquals("200 next=1 tail x", face.tell("GET s"));
        assertEquals("204", face.tell("DELETE s If-Match: *"));
    }
}
