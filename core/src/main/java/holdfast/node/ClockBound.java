package holdfast.node;

/// How far a leader may move the machine's clock ([holdfast.stream.Stamp]), which never goes back: by the time that has
/// passed, and [#AHEAD_MILLIS_MAX] more in each term. So a leader whose wall clock is years ahead does not end every stream
/// that has a time to live; streams live longer instead.
///
/// The leader decides when it stamps, so all nodes apply the same time. How much time has passed it knows by its own
/// monotonic clock, since it saw the machine's clock move. What passes while a node is down is not counted: nobody saw it.
/// After all nodes were down for long, the machine's clock is behind by that, less what each term adds.
///
/// A machine that has never been told the time takes any.
final class ClockBound {

    /// How much ahead of what it knows to have passed a leader may be believed, once in its term, in milliseconds.
    static final long AHEAD_MILLIS_MAX = 60_000;

    private static final long MICROS_PER_MILLI = 1_000;

    private long clockMillis;
    private long clockMicros;
    private long term = -1;
    private long limitMillis;
    private long limitMicros;

    /// The machine's clock stands there at `nowMicros` of the monotonic clock.
    void moved(long machineMillis, long nowMicros) {
        if (machineMillis > passed(nowMicros)) {
            clockMillis = machineMillis;
            clockMicros = nowMicros;
        }
    }

    /// The time to stamp on a command, in milliseconds; 0 for none.
    ///
    /// @param wallMillis what the leader's clock says
    /// @param isCurrent whether the leader has applied everything of the terms before; until then it does not know what the
    ///     machine's clock was
    long stamp(long wallMillis, long leadersTerm, boolean isCurrent, long nowMicros) {
        if (!isCurrent) {
            return Math.min(wallMillis, passed(nowMicros));
        }
        if (clockMillis == 0) {
            return wallMillis;
        }
        if (leadersTerm != term) {
            term = leadersTerm;
            limitMillis = passed(nowMicros) + AHEAD_MILLIS_MAX;
            limitMicros = nowMicros;
        }
        return Math.min(wallMillis, limitMillis + (nowMicros - limitMicros) / MICROS_PER_MILLI);
    }

    /// What the machine's clock would show if it had been told the time ever since.
    private long passed(long nowMicros) {
        return clockMillis == 0 ? 0 : clockMillis + (nowMicros - clockMicros) / MICROS_PER_MILLI;
    }
}
