package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InputLinesTest {

    /// Comes in these parts; what is behind a part is not there until it is waited for.
    private static final class Slow extends InputStream {
        private final ArrayDeque<String> parts;
        private String part = "";
        private int waits;

        Slow(String... parts) {
            this.parts = new ArrayDeque<>(List.of(parts));
        }

        @Override
        public int available() {
            return part.length();
        }

        @Override
        public int read() {
            throw new AssertionError("byte by byte");
        }

        @Override
        public int read(byte[] into, int at, int most) {
            if (part.isEmpty()) {
                waits++;
                if (parts.isEmpty()) {
                    return -1;
                }
                part = parts.removeFirst();
            }
            int length = Math.min(most, part.length());
            Bytes.utf8(part.substring(0, length)).copyTo(into, at);
            part = part.substring(length);
            return length;
        }
    }

    private static InputLines of(String text) {
        return new InputLines(new ByteArrayInputStream(Bytes.utf8(text).toArray()));
    }

    @Test
    @DisplayName("each line comes with its end, the last one too")
    void lines() throws IOException {
        InputLines lines = of("a\n\nbc");
        assertEquals("a\n", lines.next().utf8());
        assertEquals("\n", lines.next().utf8());
        assertEquals("bc\n", lines.next().utf8());
        assertTrue(lines.next().isEmpty());
        assertTrue(lines.next().isEmpty());
    }

    @Test
    @DisplayName("a line that is not whole is not there, and nobody waits for it")
    void now() throws IOException {
        Slow input = new Slow("a\nb\nhal", "f\n");
        InputLines lines = new InputLines(input);
        assertEquals("a\n", lines.next().utf8());
        assertTrue(lines.hasNow());
        assertEquals("b\n", lines.next().utf8());
        assertFalse(lines.hasNow());
        assertEquals(1, input.waits);
        assertEquals("half\n", lines.next().utf8());
        assertFalse(lines.hasNow());
        assertTrue(lines.next().isEmpty());
    }

    @Test
    @DisplayName("lines longer than the buffer, and more of them than it holds, come whole")
    void longLines() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.repeat('a' + i % 26, i * 5_000).append('\n');
        }
        InputLines lines = of(text.toString());
        for (int i = 0; i < 40; i++) {
            assertEquals(i * 5_000 + 1, lines.next().size());
        }
        assertTrue(lines.next().isEmpty());
    }

    @Test
    @DisplayName("a line without an end does not fill the memory")
    void endless() {
        InputLines lines = new InputLines(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int at, int most) {
                return most;
            }
        });
        assertTrue(assertThrows(IOException.class, lines::next).getMessage().startsWith("a line is longer than"));
    }
}
