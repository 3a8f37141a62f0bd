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

    /// A longer line is cut.
    static final int LINE_CHARACTERS_MAX = 8_192;

    private static final int FRAMES_MAX = 100;

    /// Where lines go.
    interface Lines {

        /// One line with its end.
        void add(String line);

        /// Lines that got lost because nobody read.
        long dropped();

        /// Waits until everything is written, for a bounded time.
        void drain(long millis);
    }

    private final Lines out;
    private final Level lowest;
    private final String who;
    private final Clock clock = Clock.systemUTC();

    /// Writes each line at once; whoever logs waits for whoever reads.
    public Log(PrintStream out, Level lowest, String who) {
        this(new AtOnce(out), lowest, who);
    }

    /// Hands each line to `out`.
    public Log(LogWriter out, Level lowest, String who) {
        this((Lines) out, lowest, who);
    }

    private Log(Lines out, Level lowest, String who) {
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

    /// An error with the whole stack of what was thrown, a line for each frame.
    public void error(String event, Throwable thrown) {
        error(event + ": " + thrown);
        int frames = 0;
        for (Throwable cause = thrown; cause != null && frames < FRAMES_MAX; cause = cause.getCause()) {
            if (cause != thrown) {
                error("  caused by " + cause);
            }
            for (StackTraceElement frame : cause.getStackTrace()) {
                if (frames++ < FRAMES_MAX) {
                    error("    at " + frame);
                }
            }
        }
    }

    /// Lines that got lost because nobody read the log.
    public long dropped() {
        return out.dropped();
    }

    /// Waits until everything is written, for a bounded time: before the process ends.
    public void drain(long millis) {
        out.drain(millis);
    }

    private record AtOnce(PrintStream out) implements Lines {

        @Override
        public void add(String line) {
            out.print(line);
            out.flush();
        }

        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public void drain(long millis) {
            out.flush();
        }
    }

    private void line(Level level, String event) {
        if (lowest == null || level.compareTo(lowest) < 0) {
            return;
        }
        String told = event.length() > LINE_CHARACTERS_MAX ? event.substring(0, LINE_CHARACTERS_MAX) + "..." : event;
        StringBuilder line = new StringBuilder(64 + told.length());
        line.append(MILLIS.format(clock.instant())).append(' ').append(level);
        line.append(level.name().length() < 5 ? "  " : " ").append(who).append(": ");
        // Whatever came from outside must not begin a line of its own.
        line.append(told.replace('\n', ' ').replace('\r', ' ')).append('\n');
        out.add(line.toString());
    }
}
