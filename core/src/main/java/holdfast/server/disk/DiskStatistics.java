package holdfast.server.disk;

import java.util.concurrent.atomic.LongAdder;

/// What the disk has done since the process started. Written by the disk's thread, read by anyone.
public final class DiskStatistics {

    private final LongAdder syncs = new LongAdder();
    private final LongAdder syncMicros = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile long smoothedSyncMicros;

    void synced(long micros) {
        syncs.increment();
        syncMicros.add(micros);
        long before = smoothedSyncMicros;
        smoothedSyncMicros = before == 0 ? micros : before + (micros - before) / 8;
    }

    void wrote(long bytes) {
        writes.increment();
        writtenBytes.add(bytes);
    }

    void read() {
        reads.increment();
    }

    void failed() {
        failures.increment();
    }

    public long syncs() {
        return syncs.sum();
    }

    public long syncMicros() {
        return syncMicros.sum();
    }

    /// How long a sync takes lately: an average that forgets with each sync an eighth.
    public long smoothedSyncMicros() {
        return smoothedSyncMicros;
    }

    public long writes() {
        return writes.sum();
    }

    public long writtenBytes() {
        return writtenBytes.sum();
    }

    public long reads() {
        return reads.sum();
    }

    public long failures() {
        return failures.sum();
    }
}
