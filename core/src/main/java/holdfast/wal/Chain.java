package holdfast.wal;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.env.DiskOp;
import java.util.ArrayDeque;
import java.util.function.LongFunction;

/// Disk operations of which each is asked for only when the one before has succeeded. One that has failed is
/// never asked for again, and neither is what would have come after it.
final class Chain {

    private static final long NOTHING = 0;

    private final ArrayDeque<LongFunction<DiskOp>> steps = new ArrayDeque<>();
    private long awaited = NOTHING;

    Chain zeroFill(String file, long length) {
        return then(id -> new DiskOp.ZeroFill(id, file, length));
    }

    Chain write(String file, long position, Bytes data) {
        return then(id -> new DiskOp.Write(id, file, position, data));
    }

    Chain sync(String file) {
        return then(id -> new DiskOp.Sync(id, file));
    }

    Chain rename(String from, String to) {
        return then(id -> new DiskOp.Rename(id, from, to));
    }

    Chain delete(String file) {
        return then(id -> new DiskOp.Delete(id, file));
    }

    Chain syncDirectory() {
        return then(DiskOp.SyncDirectory::new);
    }

    /// All steps of another one, which is not started.
    Chain then(Chain other) {
        steps.addAll(other.steps);
        return this;
    }

    private Chain then(LongFunction<DiskOp> step) {
        steps.addLast(step);
        return this;
    }

    void start(DiskOut disk) {
        Check.that(awaited == NOTHING && !steps.isEmpty(), "a chain has steps and is started once");
        next(disk);
    }

    /// The operation under way, or 0.
    long awaited() {
        return awaited;
    }

    boolean isUnderWay() {
        return awaited != NOTHING;
    }

    /// Whether another step comes after the one under way.
    boolean hasMore() {
        return !steps.isEmpty();
    }

    boolean owns(long id) {
        return id == awaited;
    }

    /// The step under way has succeeded. Returns whether it was the last one.
    boolean succeeded(DiskOut disk) {
        if (steps.isEmpty()) {
            awaited = NOTHING;
            return true;
        }
        next(disk);
        return false;
    }

    private void next(DiskOut disk) {
        awaited = disk.nextId();
        disk.submit(steps.removeFirst().apply(awaited));
    }
}
