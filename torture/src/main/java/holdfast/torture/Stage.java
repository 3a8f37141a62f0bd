package holdfast.torture;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Which stream the clients play on. A stream is left when it holds so many records, or so many bytes may have been
/// appended to it, that reading all of it takes several answers; then the next one begins.
final class Stage {

    static final long RECORDS_MAX = 1_500;
    static final long BYTES_MAX = 3 << 20;

    private final AtomicInteger number = new AtomicInteger(1);
    private final AtomicLong known = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

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

    /// Somebody is about to append so many bytes, for the first time or again.
    void sends(int stream, long bytes) {
        if (stream == number.get()) {
            sent.addAndGet(bytes);
        }
    }

    /// Whether the stream is to be closed and the next one opened.
    boolean isFull(int stream) {
        return (known.get() >= RECORDS_MAX || sent.get() >= BYTES_MAX) && number.get() == stream;
    }

    /// Returns whether this call has opened it: one of those that saw the stream closed does.
    boolean next(int after) {
        boolean isFirst = number.compareAndSet(after, after + 1);
        if (isFirst) {
            known.set(0);
            sent.set(0);
        }
        return isFirst;
    }
}
