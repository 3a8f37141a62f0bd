package holdfast.server.peer;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Lines about what others cause: as many a minute as are useful, and the rest as a number. Whoever can reach a port could
/// fill a disk with them otherwise, and under a log that is another way to end a node.
final class Rarely {

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final int linesMax;
    private final LongSupplier nanoTime;
    private long minuteStarted;
    private int lines;
    private long untold;

    /// @param linesMax in a minute
    Rarely(int linesMax, LongSupplier nanoTime) {
        this.linesMax = linesMax;
        this.nanoTime = nanoTime;
        minuteStarted = nanoTime.getAsLong();
    }

    void tell(Consumer<String> log, String sentence) {
        String line = line(sentence);
        if (line != null) {
            log.accept(line);
        }
    }

    /// The sentence, with how many were not told before it, or null.
    private synchronized String line(String sentence) {
        long now = nanoTime.getAsLong();
        if (now - minuteStarted >= MINUTE_NANOS) {
            minuteStarted = now;
            lines = 0;
        }
        if (lines >= linesMax) {
            untold++;
            return null;
        }
        lines++;
        String line = untold == 0 ? sentence : sentence + " (" + untold + " like this were not told before)";
        untold = 0;
        return line;
    }
}
