package holdfast.server.http;

import java.util.concurrent.atomic.AtomicLong;

/// What the bodies of all requests under way may take together, or those of all answers. Many clients that each keep
/// within their limit could still use up the memory.
final class BodyBudget {

    private final AtomicLong left;

    BodyBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /// False, and nothing taken, if there is not so much left.
    boolean take(long bytes) {
        long before = left.get();
        while (bytes <= before) {
            if (left.compareAndSet(before, before - bytes)) {
                return true;
            }
            before = left.get();
        }
        return false;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }

    long left() {
        return left.get();
    }
}
