package holdfast.server.peer;

import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: uniform between nothing and a bound that doubles up to a cap ("full
/// jitter", Brooker). Nodes that lost each other at one moment do not come back at one moment.
final class Backoff {

    private final RandomGenerator entropy;
    private final long first;
    private final long cap;
    private long bound;

    Backoff(long first, long cap, RandomGenerator entropy) {
        this.first = first;
        this.cap = cap;
        this.entropy = entropy;
        bound = first;
    }

    long next() {
        long drawn = entropy.nextLong(bound + 1);
        bound = Math.min(cap, 2 * bound);
        return drawn;
    }

    void reset() {
        bound = first;
    }
}
