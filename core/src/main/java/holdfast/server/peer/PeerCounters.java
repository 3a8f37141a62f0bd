package holdfast.server.peer;

import java.util.concurrent.atomic.LongAdder;

/// What has passed between this node and one peer since the process started.
public final class PeerCounters {

    private final LongAdder sentFrames = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder droppedFrames = new LongAdder();
    private final LongAdder receivedFrames = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder connections = new LongAdder();

    void sent(long frames, long bytes) {
        sentFrames.add(frames);
        sentBytes.add(bytes);
    }

    void dropped(long frames) {
        droppedFrames.add(frames);
    }

    void received(long bytes) {
        receivedFrames.increment();
        receivedBytes.add(bytes);
    }

    void connected() {
        connections.increment();
    }

    public long sentFrames() {
        return sentFrames.sum();
    }

    public long sentBytes() {
        return sentBytes.sum();
    }

    public long droppedFrames() {
        return droppedFrames.sum();
    }

    public long receivedFrames() {
        return receivedFrames.sum();
    }

    public long receivedBytes() {
        return receivedBytes.sum();
    }

    /// How often this node has reached the peer; more than one says that it was lost in between.
    public long connections() {
        return connections.sum();
    }
}
