package holdfast.server.loop;

/// Notices a device that hangs: one operation that stays under way for too long while this process runs. Time in
/// which nobody looked counts for a second at most, because a process that was stopped and continued has a disk
/// thread that was stopped as well.
final class DiskWatch {

    private static final long STEP_MICROS_MAX = 1_000_000;

    private final long patienceMicros;
    private long operation;
    private long lookedMicros;
    private long waitedMicros;

    DiskWatch(long patienceMicros) {
        this.patienceMicros = patienceMicros;
    }

    /// Returns whether patience has run out. `working` is the operation under way, or 0.
    boolean hangs(long now, long working) {
        if (working == 0 || working != operation) {
            operation = working;
            waitedMicros = 0;
        } else {
            waitedMicros += Math.min(STEP_MICROS_MAX, now - lookedMicros);
        }
        lookedMicros = now;
        return waitedMicros > patienceMicros;
    }
}
