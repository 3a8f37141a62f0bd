package holdfast.server.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.server.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HttpCountersTest {

    @Test
    @DisplayName("a bug is told with its whole stack and its cause, and the next ones at once after it are only counted")
    void boundedRate() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        HttpCounters counters = new HttpCounters(new Log(
                new PrintStream(told, true, StandardCharsets.UTF_8), Log.Level.INFO, "node 1"));
        IllegalStateException bug = new IllegalStateException("a bug", new OutOfMemoryError("no room"));
        for (int i = 0; i < 1_000; i++) {
            counters.failed("GET /", bug);
        }
        String text = told.toString(StandardCharsets.UTF_8);
        assertEquals(1, text.lines().filter(line -> line.contains("a bug at GET /")).count());
        assertTrue(text.contains(" ERROR node 1: a bug at GET /: java.lang.IllegalStateException: a bug\n"), text);
        assertTrue(text.contains("caused by java.lang.OutOfMemoryError: no room\n"), text);
        assertTrue(text.contains("    at " + bug.getStackTrace()[0] + "\n"), text);
        assertEquals(1_000, counters.failedCount());
    }
}
