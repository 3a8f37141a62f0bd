package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineBatchTest {

    private static String body(boolean isJson, String... lines) {
        LineBatch batch = new LineBatch(isJson);
        for (String line : lines) {
            assertTrue(batch.hasRoomFor(Bytes.utf8(line)));
            batch.add(Bytes.utf8(line));
        }
        return batch.body().utf8();
    }

    @Test
    @DisplayName("text goes one line after the other, JSON as an array; a lone line as it is")
    void bodies() {
        assertEquals("a\n\nb\n", body(false, "a\n", "\n", "b\n"));
        assertEquals("[{\"a\":1}\n,2\n,\"x\"\n]", body(true, "{\"a\":1}\n", "2\n", "\"x\"\n"));
        assertEquals("{}\n", body(true, "{}\n"));
    }

    @ParameterizedTest
    @DisplayName("a line that would mean something else inside an array goes by itself")
    @ValueSource(strings = {"[1,2]", " [1]", "1,2", "1],[2", "{\"a\":1},{}", "{", "\"open", "\"a\\\"", "}", "", "  ", "]"})
    void alone(String line) {
        assertFalse(LineBatch.isElement(Bytes.utf8(line)), line);
    }

    @ParameterizedTest
    @DisplayName("a line that is one value may go with others")
    @ValueSource(strings = {"1", " null ", "{\"a\":[1,2],\"b\":{}}", "\"a,b\"", "\"a\\\",[\"", "-1.5e3"})
    void together(String line) {
        assertTrue(LineBatch.isElement(Bytes.utf8(line)), line);
    }

    @Test
    @DisplayName("a batch has at most 1,000 lines and 256 KiB, but a longer line is taken by itself")
    void bounds() {
        LineBatch many = new LineBatch(false);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(many.hasRoomFor(Bytes.utf8("x\n")));
            many.add(Bytes.utf8("x\n"));
        }
        assertFalse(many.hasRoomFor(Bytes.utf8("x\n")));
        LineBatch large = new LineBatch(true);
        large.add(Bytes.utf8("\"" + "x".repeat(300_000) + "\""));
        assertFalse(large.hasRoomFor(Bytes.utf8("1")));
        assertEquals(300_002, large.body().size());
    }
}
