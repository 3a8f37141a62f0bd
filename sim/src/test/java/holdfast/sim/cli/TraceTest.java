package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {

    @Test
    @DisplayName("an event is one line in fixed columns")
    void columns() {
        assertEquals("   event     seconds  node  kind             what happened", TraceColumns.heading());
        assertEquals("    1042    3.204512  n2    sync-done        write 17 is durable",
                TraceColumns.line(1042, 3_204_512, 2, "sync-done", "write 17 is durable"));
        assertEquals("       1    0.000009  -     client           asks", TraceColumns.line(1, 9, 0, "client", "asks"));
    }

    @Test
    @DisplayName("a failed write is kept for the end and does not disturb the run")
    void failedWrite() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("no room");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        TraceWriter trace = new TraceWriter(full);
        trace.line(1, 0, 1, 1, "kind", "text");
        assertFalse(trace.wantsLines());
        assertEquals("no room", trace.close().orElseThrow().getMessage());
    }

    @Test
    @DisplayName("a written trace has a heading and its lines")
    void written() {
        StringWriter text = new StringWriter();
        TraceWriter trace = new TraceWriter(text);
        trace.line(1, 0, 1, 1, "kind", "text");
        assertTrue(trace.close().isEmpty());
        assertEquals(2, text.toString().lines().count());
    }

    @Test
    @DisplayName("hashes are read as they were written, and only for the same universes")
    void hashes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("hashes");
        TraceHashes hashes = new TraceHashes("nodes 3 faults all");
        hashes.put(7, 0xABCL);
        hashes.write(file);
        TraceHashes read = Inputs.good(TraceHashes.read(file, "nodes 3 faults all"));
        assertEquals("", read.differenceOf(7, 0xABCL));
        assertEquals("trace hash 0000000000000abd, in the other JVM 0000000000000abc", read.differenceOf(7, 0xABDL));
        assertTrue(read.differenceOf(8, 1).contains("none for this seed"));
        String sentence = Inputs.sentence(TraceHashes.read(file, "nodes 5 faults all"));
        assertTrue(sentence.contains("same --nodes, --faults and --profile"), sentence);
    }
}
