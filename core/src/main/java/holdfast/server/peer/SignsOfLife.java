package holdfast.server.peer;

/// When the bytes of a frame that is not whole yet count as a sign of life of their sender: as long as they come at 1 MB/s or
/// faster, but for a moment. A large frame of which a byte drips now and then is no sign of anything: whoever is taken for
/// alive holds up elections.
final class SignsOfLife {

    /// How often one is told: seldom enough to cost nothing, often enough for the shortest election timeout.
    private static final long PAUSE_NANOS = 20_000_000;

    /// What the network may keep back before it goes on.
    private static final long SLACK_NANOS = 100_000_000;

    private long frame;
    private long begunNanos;
    private long toldNanos;

    /// Bytes have arrived. Tells whether that is worth telling.
    ///
    /// @param frame the ordinal of the frame that is under way, from 1
    /// @param arrived bytes of that frame, or 0 if none is under way
    boolean isDue(long nowNanos, long frame, int arrived) {
        if (arrived == 0) {
            return false;
        }
        if (frame != this.frame) {
            this.frame = frame;
            begunNanos = nowNanos;
            toldNanos = nowNanos - PAUSE_NANOS;
        }
        boolean isFast = nowNanos - begunNanos <= arrived * Pulse.NANOS_PER_BYTE + SLACK_NANOS;
        boolean isDue = isFast && nowNanos - toldNanos >= PAUSE_NANOS;
        toldNanos = isDue ? nowNanos : toldNanos;
        return isDue;
    }
}
