package holdfast.server.peer;

/// Whether a connection lives: every so often the speaker sends a ping, and the listener echoes it on the same connection.
/// TCP alone does not tell in time. A connection whose packets vanish looks alive to both ends until the kernel's timer for
/// retransmissions, which doubles, has struck for the fifteenth time; and when packets pass again, everything waits for the
/// next stroke, which is as far away as the silence was long.
///
/// Time in which nobody looked counts for a moment only: a process that was stopped, or had no processor, has heard nothing
/// because it did not listen.
///
/// No clock of its own: every call names the time in nanoseconds.
final class Pulse {

    /// What is written before a ping delays its echo. A line that is slower than 1 MB/s is as good as none.
    static final long NANOS_PER_BYTE = 1_000;

    /// What counts of the time between two looks.
    static final long STEP_NANOS_MAX = 250_000_000;

    private final long intervalNanos;
    private final long patienceNanos;
    private final long writeNanosMax;
    private long pings;
    private long pingedNanos;
    private long lookedNanos;
    private long echoNanosMax;
    private long echoNanos;
    private boolean isAwaited;
    private long bytesSincePing;
    private long writeNanos;
    private boolean isWriting;

    /// @param intervalNanos between pings
    /// @param patienceNanos for an echo, besides the time of the bytes before it
    /// @param writeNanosMax after which the kernel must have taken a few bytes more
    Pulse(long nowNanos, long intervalNanos, long patienceNanos, long writeNanosMax) {
        this.intervalNanos = intervalNanos;
        this.patienceNanos = patienceNanos;
        this.writeNanosMax = writeNanosMax;
        pingedNanos = nowNanos;
        lookedNanos = nowNanos;
    }

    /// Nanoseconds until a ping is due; nothing is due while an echo is awaited.
    synchronized long untilPing(long nowNanos) {
        return isAwaited ? intervalNanos : Math.max(0, pingedNanos + intervalNanos - nowNanos);
    }

    /// Begins a ping; returns its number. The echo may take the longer, the more was written since the one before.
    synchronized long ping(long nowNanos) {
        pingedNanos = nowNanos;
        echoNanos = 0;
        echoNanosMax = patienceNanos + bytesSincePing * NANOS_PER_BYTE;
        bytesSincePing = 0;
        isAwaited = true;
        return ++pings;
    }

    synchronized void echoed(long number) {
        if (number == pings) {
            isAwaited = false;
        }
    }

    /// Bytes are being handed to the kernel, which may not take them.
    synchronized void writing() {
        isWriting = true;
        writeNanos = 0;
    }

    synchronized void wrote(int bytes) {
        isWriting = false;
        bytesSincePing += bytes;
    }

    /// Looks whether nothing was heard for too long although something was said. To be asked several times a second.
    synchronized boolean isSilent(long nowNanos) {
        long step = Math.min(STEP_NANOS_MAX, nowNanos - lookedNanos);
        lookedNanos = nowNanos;
        echoNanos += isAwaited ? step : 0;
        writeNanos += isWriting ? step : 0;
        return isAwaited && echoNanos > echoNanosMax || isWriting && writeNanos > writeNanosMax;
    }

    /// Whether an echo is awaited for longer than `nanos`.
    synchronized boolean isInDoubt(long nowNanos, long nanos) {
        return isAwaited && nowNanos - pingedNanos > nanos;
    }
}
