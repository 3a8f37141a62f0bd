package holdfast.torture;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Which stream the clients play on. A stream is left when it holds so much that one answer can still show all of
/// it; then the next one begins.
final class Stage {

    /// An answer holds a mebibyte and ten thousand records at most; records here have about 20 bytes.
    static final long RECORDS_MAX = 4_000;

    private final AtomicInteger number = new AtomicInteger(1);
    private final AtomicLong known = new AtomicLong();

    int number() {
        return number.get();
    }

    static String name(int number) {
        return "torture-" + number;
    }

    /// Somebody saw that the stream of that number has so many records.
    void saw(int stream, long tail) {
        if (stream == number.get()) {
            known.accumulateAndGet(tail, Math::max);
        }
    }

    /// True for the one client that is to close the stream and open the next.
    boolean isFull(int stream) {
        return known.get() >= RECORDS_MAX && number.get() == stream;
    }

    void next(int after) {
        if (number.compareAndSet(after, after + 1)) {
            known.set(0);
        }
    }
}
