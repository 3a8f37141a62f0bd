package holdfast.server.peer;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What waits to be written to one peer: bounded in number and bytes, the newest dropped, so that what does arrive
/// arrives in order and is of use. Closed while there is no connection: then nothing waits, because what was said
/// to a peer that was not there is stale by the time it is.
final class SendQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final int framesMax;
    private final long bytesMax;
    private long bytes;
    private boolean open;

    SendQueue(int framesMax, long bytesMax) {
        this.framesMax = framesMax;
        this.bytesMax = bytesMax;
    }

    /// Returns whether there was room. A frame that is larger than the bound passes an empty queue.
    boolean offer(Frame frame) {
        lock.lock();
        try {
            if (!open || frames.size() >= framesMax || (!frames.isEmpty() && bytes + frame.payloadBytes() > bytesMax)) {
                return false;
            }
            frames.addLast(frame);
            bytes += frame.payloadBytes();
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for frames, `nanosMax` at most, and moves those that fit into `target`: at least one, if there is one.
    /// Returns false once closed.
    boolean take(List<Frame> target, long targetBytesMax, long nanosMax) throws InterruptedException {
        long left = nanosMax;
        lock.lock();
        try {
            while (open && frames.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (!open) {
                return false;
            }
            long taken = 0;
            while (!frames.isEmpty()
                    && (target.isEmpty() || taken + frames.getFirst().bytes() <= targetBytesMax)) {
                Frame frame = frames.removeFirst();
                bytes -= frame.payloadBytes();
                taken += frame.bytes();
                target.add(frame);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            open = true;
        } finally {
            lock.unlock();
        }
    }

    /// Returns how many frames were waiting; they are gone.
    int close() {
        lock.lock();
        try {
            open = false;
            int dropped = frames.size();
            frames.clear();
            bytes = 0;
            changed.signalAll();
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }
}
