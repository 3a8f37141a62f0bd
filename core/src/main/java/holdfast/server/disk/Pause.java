package holdfast.server.disk;

import java.util.concurrent.locks.LockSupport;

/// Waiting that no interrupt shortens: an interrupted thread would close the file it touches next.
final class Pause {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private Pause() {}

    static void millis(long millis) {
        long end = System.nanoTime() + millis * NANOS_PER_MILLI;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
