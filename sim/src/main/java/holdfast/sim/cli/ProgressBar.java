package holdfast.sim.cli;

import java.util.Locale;

/// How far a long command is. On a terminal a bar that redraws itself; elsewhere a plain line now and then, so
/// that a log shows life without filling up.
final class ProgressBar {

    private static final int BAR_COLUMNS = 28;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 30_000_000_000L;
    private static final double NANOS = 1e9;

    private final Terminal terminal;
    private final String unit;
    private final long total;
    private final long started = System.nanoTime();
    private long drawn = started;
    private boolean visible;

    /// @param total 0 if the end is a time and not a number
    ProgressBar(Terminal terminal, String unit, long total) {
        this.terminal = terminal;
        this.unit = unit;
        this.total = total;
    }

    synchronized void show(long done, long failed) {
        long now = System.nanoTime();
        if (now - drawn < (terminal.isWatched() ? REDRAW_NANOS : PLAIN_NANOS)) {
            return;
        }
        drawn = now;
        String text = text(done, failed, (now - started) / NANOS);
        if (terminal.isWatched()) {
            terminal.raw("\r" + bar(done) + text + "\u001b[K");
            visible = true;
        } else {
            terminal.lineNow("... " + text);
        }
    }

    /// A line above the bar.
    synchronized void line(String text) {
        clear();
        terminal.lineNow(text);
    }

    synchronized void clear() {
        if (visible) {
            terminal.raw("\r\u001b[K");
            visible = false;
        }
    }

    private String text(long done, long failed, double seconds) {
        double rate = done / Math.max(seconds, 1e-3);
        String count = total > 0 ? String.format(Locale.ROOT, "%,d of %,d %s", done, total, unit)
                : String.format(Locale.ROOT, "%,d %s", done, unit);
        String left = total > 0 && done > 0
                ? String.format(Locale.ROOT, ", %.0f s left", (total - done) / rate)
                : String.format(Locale.ROOT, ", %.0f s", seconds);
        return count + String.format(Locale.ROOT, ", %.1f/s, %,d failed%s", rate, failed, left);
    }

    private String bar(long done) {
        if (total == 0) {
            return "";
        }
        int full = (int) (BAR_COLUMNS * Math.min(done, total) / total);
        return "[" + "#".repeat(full) + "-".repeat(BAR_COLUMNS - full) + "] ";
    }
}
