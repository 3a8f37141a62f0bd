package holdfast.sim.world;

import holdfast.env.Clock;
import holdfast.sim.kernel.EventQueue;

/// One machine's clock: it drifts by some parts per million, and its wall time may jump. The monotonic reading
/// never goes back.
final class SimClock implements Clock {

    private static final long MILLION = 1_000_000;

    private final EventQueue queue;
    private final long driftPartsPerMillion;
    private long wallJumpMillis;

    SimClock(EventQueue queue, long driftPartsPerMillion) {
        this.queue = queue;
        this.driftPartsPerMillion = driftPartsPerMillion;
    }

    @Override
    public long monotonicMicros() {
        long now = queue.now();
        return now + now / MILLION * driftPartsPerMillion + now % MILLION * driftPartsPerMillion / MILLION;
    }

    @Override
    public long wallMillis() {
        return monotonicMicros() / 1_000 + wallJumpMillis;
    }

    void jumpWall(long millis) {
        wallJumpMillis += millis;
    }

    /// The virtual time at which this clock will not show less than `reading`.
    long timeOf(long reading) {
        long ahead = reading - monotonicMicros();
        if (ahead <= 0) {
            return queue.now();
        }
        long time = queue.now() + ahead * MILLION / (MILLION + driftPartsPerMillion);
        return time + 2;
    }
}
