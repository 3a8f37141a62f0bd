package holdfast.server.peer;

/// When the bytes of a frame that is not whole yet count as a sign of life of their sender: for as long as the frame may
/// take at 1 MB/s, and no longer, however slowly it goes on. Whoever is slower than that is told apart from nobody.
final class SignsOfLife {

    /// How often one is told: seldom enough to cost nothing, often enough for the shortest election timeout.
    private static final long PAUSE_NANOS = 20_000_000;

    private long frame;
    private long begunNanos;
    private long toldNanos;

    /// Bytes have arrived. Tells whether that is worth telling.
    ///
    /// @param frame the ordinal of the frame that is under way, from 1
    /// @param length of that frame, or 0 if none is under way
    boolean isDue(long nowNanos, long frame, int length) {
        if (length == 0) {
            return false;
        }
        if (frame != this.frame) {
            this.frame = frame;
            begunNanos = nowNanos;
            toldNanos = nowNanos - PAUSE_NANOS;
        }
        boolean isDue = nowNanos - begunNanos <= length * Pulse.NANOS_PER_BYTE && nowNanos - toldNanos >= PAUSE_NANOS;
        toldNanos = isDue ? nowNanos : toldNanos;
        return isDue;
    }
}
