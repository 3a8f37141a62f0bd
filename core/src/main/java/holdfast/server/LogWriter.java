package holdfast.server;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Writes log lines on a thread of its own. Whoever has a line never waits for whoever reads the log: a terminal that was
/// stopped or a full pipe must not stop elections. What does not fit is dropped and counted, and the count is told as soon
/// as somebody reads again.
public final class LogWriter implements Log.Lines {

    /// So many lines wait at most, of [Log#LINE_CHARACTERS_MAX] each.
    static final int LINES_MAX = 1_024;

    private static final int LOOK_MILLIS = 5;

    private final PrintStream out;
    private final ArrayBlockingQueue<String> waiting = new ArrayBlockingQueue<>(LINES_MAX);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile long written;
    private long droppedTold;

    private LogWriter(PrintStream out) {
        this.out = out;
    }

    /// Begins at once and ends with the process.
    public static LogWriter to(PrintStream out) {
        LogWriter writer = new LogWriter(out);
        Thread.ofPlatform().name("log").daemon().start(writer::write);
        return writer;
    }

    @Override
    public void add(String line) {
        if (waiting.offer(line)) {
            accepted.incrementAndGet();
        } else {
            dropped.incrementAndGet();
        }
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    /// Waits until everything that was added before is written, but no longer than that.
    @Override
    public void drain(long millis) {
        long last = accepted.get();
        for (long waited = 0; written < last && waited < millis; waited += LOOK_MILLIS) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException noTime) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void write() {
        while (true) {
            try {
                String line = waiting.take();
                out.print(line);
                tellDropped();
                out.flush();
                written++;
            } catch (InterruptedException nobodyDoesThat) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void tellDropped() {
        long now = dropped.get();
        if (now != droppedTold) {
            out.print("(" + (now - droppedTold) + " lines of this log were dropped: whoever reads it was too slow)\n");
            droppedTold = now;
        }
    }
}
