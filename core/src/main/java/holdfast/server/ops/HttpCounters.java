package holdfast.server.ops;

import holdfast.server.Log;
import holdfast.server.http.HttpEvents;
import holdfast.server.http.Request;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/// Counts what the HTTP server tells; a handler's bug also gets a log line.
public final class HttpCounters implements HttpEvents {

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
    public void failed(Request request, RuntimeException bug) {
        failed.increment();
        StackTraceElement[] trace = bug.getStackTrace();
        log.error("a bug while answering " + request.method() + " " + request.path() + ": " + bug
                + (trace.length == 0 ? "" : " at " + trace[0]));
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
