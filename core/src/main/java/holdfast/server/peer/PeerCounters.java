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
    private final LongAdder silences = new LongAdder();

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

    void fellSilent() {
        silences.increment();
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

    /// How often this node has made a connection to the peer; more than one for each of the two lanes says that it was lost
    /// in between.
    public long connections() {
        return connections.sum();
    }

    /// How often this node has hung up because the peer had not echoed, or not taken, what was said.
    public long silences() {
        return silences.sum();
    }
}
