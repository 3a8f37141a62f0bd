package holdfast.server;

import java.io.PrintStream;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/// One line an event: time, level, who, what. No handlers, no patterns, no configuration but the lowest level.
///
///     2026-11-24T19:40:00.123Z INFO  node 2: follows node 1 in term 4
public final class Log {

    /// How much a line matters, from least to most.
    public enum Level { DEBUG, INFO, WARN, ERROR }

    /// Always three digits after the second, so that lines align and sort.
    private static final DateTimeFormatter MILLIS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final PrintStream out;
    private final Level lowest;
    private final String who;
    private final Clock clock = Clock.systemUTC();

    public Log(PrintStream out, Level lowest, String who) {
        this.out = out;
        this.lowest = lowest;
        this.who = who;
    }

    /// Says nothing; for tests that expect noise.
    public static Log silent() {
        return new Log(System.err, null, "");
    }

    public void debug(String event) {
        line(Level.DEBUG, event);
    }

    public void info(String event) {
        line(Level.INFO, event);
    }

    public void warn(String event) {
        line(Level.WARN, event);
    }

    public void error(String event) {
        line(Level.ERROR, event);
    }

    private void line(Level level, String event) {
        if (lowest == null || level.compareTo(lowest) < 0) {
            return;
        }
        StringBuilder line = new StringBuilder(64 + event.length());
        line.append(MILLIS.format(clock.instant())).append(' ').append(level);
        line.append(level.name().length() < 5 ? "  " : " ").append(who).append(": ");
        // Whatever came from outside must not begin a line of its own.
        line.append(event.replace('\n', ' ').replace('\r', ' ')).append('\n');
        out.print(line);
        out.flush();
    }
}
