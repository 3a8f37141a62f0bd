package holdfast.wal;

/// When to try again what failed for want of room: soon at first, then less and less often, because each try writes to
/// a disk that is full.
final class RoomPatience {

    /// Microseconds until the first and between the last tries.
    static final long FIRST_MICROS = 250_000;
    static final long LONGEST_MICROS = 16_000_000;

    private static final long NEVER = Long.MAX_VALUE;

    private long pause;
    private long due;

    /// There was no room at that time.
    void lacked(long now) {
        pause = pause == 0 ? FIRST_MICROS : Math.min(2 * pause, LONGEST_MICROS);
        due = now + pause;
    }

    /// There was room after all.
    void found() {
        pause = 0;
    }

    boolean isLacking() {
        return pause != 0;
    }

    boolean mayTry(long now) {
        return pause == 0 || now >= due;
    }

    /// When to try again, or `Long.MAX_VALUE`.
    long due() {
        return pause == 0 ? NEVER : due;
    }
}
