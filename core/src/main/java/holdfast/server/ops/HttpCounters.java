package holdfast.server.ops;

import holdfast.server.Log;
import holdfast.server.http.HttpEvents;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Counts what the HTTP server tells; what was not expected also gets a log line with its whole stack, at most one in
/// [#PAUSE_NANOS], so that no client can fill the disk with them.
public final class HttpCounters implements HttpEvents {

    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final AtomicLong lastToldNanos = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
    private final LongAdder untold = new LongAdder();

    private final Log log;
    private final LongAdder served = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder broken = new LongAdder();
    private final LongAdder failed = new LongAdder();

    public HttpCounters(Log log) {
        this.log = log;
    }

    @Override
    public void served() {
        served.increment();
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void turnedAway() {
        turnedAway.increment();
    }

    @Override
    public void broken(IOException why) {
        broken.increment();
    }

    @Override
    public void failed(String doing, Throwable bug) {
        failed.increment();
        long last = lastToldNanos.get();
        long now = System.nanoTime();
        if (now - last < PAUSE_NANOS || !lastToldNanos.compareAndSet(last, now)) {
            untold.increment();
            return;
        }
        long before = untold.sumThenReset();
        log.error("a bug at " + doing + (before == 0 ? "" : " (" + before + " others before it were not told)"), bug);
    }

    long servedCount() {
        return served.sum();
    }

    long refusedCount() {
        return refused.sum();
    }

    long turnedAwayCount() {
        return turnedAway.sum();
    }

    long brokenCount() {
        return broken.sum();
    }

    long failedCount() {
        return failed.sum();
    }
}
