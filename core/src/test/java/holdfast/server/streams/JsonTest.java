package holdfast.server.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import holdfast.Bytes;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final int MANY = 1_000;

    /// Null if there are none.
    private static List<Bytes> split(Bytes body) {
        return Json.split(body, MANY) instanceof Json.Split.Messages(List<Bytes> messages) ? messages : null;
    }

    private static List<String> messages(String body) {
        List<Bytes> messages = split(Bytes.utf8(body));
        if (messages == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        messages.forEach(message -> texts.add(message.utf8()));
        return texts;
    }

    @Test
    @DisplayName("an array is one message an element, one level deep; anything else is one message")
    void flattening() {
        assertEquals(List.of("{\"a\":1}"), messages(" {\"a\":1}\n"));
        assertEquals(List.of("1", "2"), messages("[1,2]"));
        assertEquals(List.of("[1,2]", "[3]"), messages("[ [1,2] , [3] ]"));
        assertEquals(List.of("[[1,2,3]]"), messages("[[[1,2,3]]]"));
        assertEquals(List.of("{\"a\":[1,2]}"), messages("[{\"a\":[1,2]}]"));
        assertEquals(List.of(), messages("[]"));
        assertEquals(List.of("[]", "{}"), messages("[[],{}]"));
        assertEquals(List.of("\"[1,2]\""), messages("\"[1,2]\""));
    }

    @Test
    @DisplayName("messages keep their spelling, byte for byte")
    void spelling() {
        assertEquals(
                List.of("1.0e+05", "-0", "\"\\u00e9\\/\u00e9\"", "{ \"b\" : 1 , \"b\":2 }"),
                messages("[1.0e+05, -0 , \"\\u00e9\\/\u00e9\",{ \"b\" : 1 , \"b\":2 }\t]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:2}",
        "01", "1.", ".5", "-", "+1", "1e", "1e+", "0x1", "NaN", "tru", "truex", "nul", "\"", "\"\\x\"", "\"\\u12g4\"", "\"\n\"",
        "'a'", "1 2", "[1]2", "{}}", "\u00a01", "\"\\", "//x\n1", "{\"a\":1 \"b\":2}"})
    @DisplayName("what is not JSON is not taken")
    void invalid(String body) {
        assertNull(messages(body));
    }

    @Test
    @DisplayName("bytes that are not UTF-8 are not taken, wherever they stand")
    void notUtf8() {
        assertNull(split(Bytes.wrap(new byte[] {'"', (byte) 0xFF, '"'})));
        assertNull(split(Bytes.wrap(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'})));
    }

    @Test
    @DisplayName("depth has a bound, so a small body cannot use up the stack")
    void depth() {
        assertNotNull(messages("[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX)));
        assertNull(messages("[".repeat(Json.DEPTH_MAX + 1) + "]".repeat(Json.DEPTH_MAX + 1)));
        assertNull(messages("[".repeat(1_000_000)));
        assertNull(messages("{\"a\":".repeat(1_000_000)));
    }

    @Test
    @DisplayName("one message too many ends the splitting there, whatever follows it")
    void tooMany() {
        Bytes three = Bytes.utf8("[1,[2,2,2,2],{\"a\":[3,3,3,3]}]");
        assertInstanceOf(Json.Split.Messages.class, Json.split(three, 3));
        assertInstanceOf(Json.Split.TooMany.class, Json.split(three, 2));
        assertInstanceOf(Json.Split.TooMany.class, Json.split(Bytes.utf8("[1,2,garbage"), 2));
        assertInstanceOf(Json.Split.NotJson.class, Json.split(Bytes.utf8("[1,garbage"), 2));
        assertInstanceOf(Json.Split.Messages.class, Json.split(Bytes.utf8("[]"), 0));
    }

    @Test
    @DisplayName("what is kept of a body does not grow with the elements beyond the bound")
    void boundedMemory() {
        // Eight million elements, each of which would be an object: hundreds of megabytes.
        Bytes bomb = Bytes.utf8("[" + "1,".repeat(8_000_000) + "1]");
        assertInstanceOf(Json.Split.TooMany.class, Json.split(bomb, 10_000));
        Bytes nested = Bytes.utf8("[[" + "1,".repeat(1_000_000) + "1]]");
        assertEquals(1, split(nested).size());
    }

    @Property(tries = 300)
    @Label("what is put together as an array comes apart as the same messages, with any blanks between")
    void roundTrip(@ForAll("values") List<String> values, @ForAll("blanks") String blank) {
        List<Bytes> messages = new ArrayList<>();
        StringBuilder spaced = new StringBuilder("[");
        for (String value : values) {
            messages.add(Bytes.utf8(value));
            spaced.append(spaced.length() > 1 ? "," : "").append(blank).append(value).append(blank);
        }
        assertEquals(messages, split(Json.array(messages)));
        assertEquals(messages, split(Bytes.utf8(spaced.append(']').toString())));
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(3);
    }

    @Provide
    Arbitrary<List<String>> values() {
        return value(3).list().ofMaxSize(5);
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> flat = Arbitraries.oneOf(
                Arbitraries.of("true", "false", "null", "0", "-1.5E-3", "\"\"", "\"\\\"]\"", "{}", "[]"),
                Arbitraries.integers().map(String::valueOf),
                Arbitraries.strings().alpha().withChars("{}[],: \u00e9").ofMaxLength(6).map(text -> "\"" + text + "\""));
        if (depth == 0) {
            return flat;
        }
        Arbitrary<String> array = value(depth - 1).list().ofMaxSize(3).map(list -> "[" + String.join(", ", list) + "]");
        Arbitrary<String> object = Combinators.combine(value(depth - 1), value(depth - 1))
                .as((one, other) -> "{\"a\":" + one + " ,\"b\" : " + other + "}");
        return Arbitraries.oneOf(flat, array, object);
    }
}
