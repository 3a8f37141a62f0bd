package holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is logged, and that nobody waits for whoever reads it. The time limit only ends what hangs.
@Timeout(60)
class LogTest {

    private static final long PATIENCE_MILLIS = 30_000;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("a bug is logged with its whole stack and its causes, each line one of the log's")
    void stack() {
        Throwable bug = new IllegalStateException("no such thing", new NullPointerException("of that\nhere"));
        new Log(new PrintStream(written, true, StandardCharsets.UTF_8), Log.Level.INFO, "node 1").error("a bug", bug);
        for (String line : text().split("\n")) {
            assertTrue(line.contains(" ERROR node 1: "), line);
        }
        assertTrue(text().contains("a bug: java.lang.IllegalStateException: no such thing\n"), text());
        assertTrue(text().contains("    at " + bug.getStackTrace()[0] + "\n"), text());
        assertTrue(text().contains("    at " + bug.getStackTrace()[bug.getStackTrace().length - 1] + "\n"), text());
        assertTrue(text().contains("  caused by java.lang.NullPointerException: of that here\n"), text());
    }

    @Test
    @DisplayName("a line is bounded")
    void bounded() {
        new Log(new PrintStream(written, true, StandardCharsets.UTF_8), Log.Level.INFO, "node 1")
                .info("x".repeat(10 * Log.LINE_CHARACTERS_MAX));
        assertTrue(written.size() < Log.LINE_CHARACTERS_MAX + 100);
    }

    @Test
    @DisplayName("a reader that has stopped stops nobody: lines are dropped, counted, and the count is told when it reads again")
    void stoppedReader() {
        CountDownLatch reads = new CountDownLatch(1);
        PrintStream stopped = new PrintStream(new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                try {
                    reads.await();
                } catch (InterruptedException impossible) {
                    throw new IllegalStateException(impossible);
                }
                written.write(bytes, from, length);
            }
        }, true, StandardCharsets.UTF_8);
        Log log = new Log(LogWriter.to(stopped), Log.Level.INFO, "node 1");
        int lines = 3 * LogWriter.LINES_MAX;
        for (int i = 0; i < lines; i++) {
            log.info("line " + i);
        }
        log.drain(1);
        assertTrue(log.dropped() >= lines - LogWriter.LINES_MAX - 1, "dropped " + log.dropped());
        reads.countDown();
        log.drain(PATIENCE_MILLIS);
        assertTrue(text().contains("(" + log.dropped() + " lines of this log were dropped"), "the count is told");
        assertEquals(lines - log.dropped(), text().lines().filter(line -> line.contains(": line ")).count());
    }
}
