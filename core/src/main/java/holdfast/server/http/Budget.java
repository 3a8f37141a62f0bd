package holdfast.server.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A bound on bytes that all connections share: many clients that each keep within their limit could still use up the
/// memory. Counted in units of [#UNIT_BYTES], rounded up. Whoever waits is served in the order of coming.
final class Budget {

    private static final int UNIT_BYTES = 1_024;

    private final int units;
    private final Semaphore left;

    Budget(long bytes) {
        units = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT_BYTES);
        left = new Semaphore(units, true);
    }

    /// False, and nothing taken, if there is not so much left, or if others wait for it already.
    boolean take(long bytes) {
        try {
            return takeWithin(bytes, 0);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// As [#take], but waits for others to give back. What is more than the whole budget is refused at once.
    boolean takeWithin(long bytes, long millis) throws InterruptedException {
        long wanted = unitsOf(bytes);
        return wanted == 0 || wanted <= units && left.tryAcquire((int) wanted, millis, TimeUnit.MILLISECONDS);
    }

    void giveBack(long bytes) {
        left.release((int) unitsOf(bytes));
    }

    /// Whether somebody cannot go on for lack of room.
    boolean isWaitedFor() {
        return left.hasQueuedThreads();
    }

    private static long unitsOf(long bytes) {
        return Math.ceilDiv(bytes, UNIT_BYTES);
    }
}
