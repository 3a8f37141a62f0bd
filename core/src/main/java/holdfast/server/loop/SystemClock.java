package holdfast.server.loop;

import holdfast.env.Clock;

/// The machine's clocks.
public final class SystemClock implements Clock {

    private static final long NANOS_PER_MICRO = 1_000;

    private final long origin = System.nanoTime();

    @Override
    public long monotonicMicros() {
        return (System.nanoTime() - origin) / NANOS_PER_MICRO;
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }
}
