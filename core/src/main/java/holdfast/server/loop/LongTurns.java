package holdfast.server.loop;

/// Which part of a turn took longest. A turn that lasts is a turn in which this node answers nobody, and an operator wants
/// to know what it was busy with.
final class LongTurns {

    static final long LONG_MICROS = 200_000;

    private static final long MICROS_PER_MILLI = 1_000;

    private long began;
    private long partBegan;
    private long longestMicros;
    private String longest = "";

    void begins(long now) {
        began = now;
        partBegan = now;
        longestMicros = -1;
    }

    /// A part has ended.
    void did(String part, long now) {
        if (now - partBegan > longestMicros) {
            longestMicros = now - partBegan;
            longest = part;
        }
        partBegan = now;
    }

    /// What to say about the turn that ends now; empty if it was short.
    String complaint(long now) {
        return now - began <= LONG_MICROS
                ? ""
                : "was busy with one turn for " + (now - began) / MICROS_PER_MILLI + " ms, "
                        + longestMicros / MICROS_PER_MILLI + " ms of it with " + longest;
    }
}
