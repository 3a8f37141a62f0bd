package holdfast.sim.cli;

/// One event as a line in fixed columns:
///
/// ```
///   event     seconds  node  kind            what happened
///    1042    3.204512  n2    sync-done       write 17 is durable
/// ```
final class TraceColumns {

    private static final int EVENT_WIDTH = 8;
    private static final int SECONDS_WIDTH = 12;
    private static final int NODE_WIDTH = 4;
    private static final int KIND_WIDTH = 16;
    private static final long MICROS = 1_000_000;
    private static final int MICRO_DIGITS = 6;

    private TraceColumns() {}

    static String heading() {
        StringBuilder line = new StringBuilder();
        right(line, "event", EVENT_WIDTH);
        right(line, "seconds", SECONDS_WIDTH);
        left(line.append("  "), "node", NODE_WIDTH);
        left(line.append("  "), "kind", KIND_WIDTH);
        return line.append(" what happened").toString();
    }

    static String line(long event, long micros, int node, String kind, String text) {
        StringBuilder line = new StringBuilder(EVENT_WIDTH + SECONDS_WIDTH + KIND_WIDTH + text.length() + 16);
        right(line, Long.toString(event), EVENT_WIDTH);
        right(line, seconds(micros), SECONDS_WIDTH);
        left(line.append("  "), node == 0 ? "-" : "n" + node, NODE_WIDTH);
        left(line.append("  "), kind, KIND_WIDTH);
        return line.append(' ').append(text).toString();
    }

    /// Seconds with six digits, without floating point.
    static String seconds(long micros) {
        StringBuilder text = new StringBuilder().append(micros / MICROS).append('.');
        String fraction = Long.toString(micros % MICROS);
        return text.repeat('0', MICRO_DIGITS - fraction.length()).append(fraction).toString();
    }

    private static void right(StringBuilder line, String text, int width) {
        line.repeat(' ', Math.max(0, width - text.length())).append(text);
    }

    private static void left(StringBuilder line, String text, int width) {
        line.append(text).repeat(' ', Math.max(0, width - text.length()));
    }
}
