package holdfast.wal;

import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import java.util.ArrayDeque;
import java.util.function.Function;

/// Something that is done to a directory in one go, operation by operation: each is asked for when the one before
/// has been answered.
public interface DiskWork {

    void start(DiskOut disk);

    /// Whether this operation was asked for here.
    boolean owns(long id);

    /// An operation that was asked for here has been answered.
    void onDone(long id, DiskResult result, DiskOut disk);

    boolean isOver();

    /// All of it, on a disk that answers at once.
    default void runOn(Function<DiskOp, DiskResult> disk) {
        Asked asked = new Asked();
        start(asked);
        while (!isOver()) {
            DiskOp op = asked.operations.removeFirst();
            onDone(op.id(), disk.apply(op), asked);
        }
    }

    /// What waits for an answer.
    final class Asked implements DiskOut {

        private final ArrayDeque<DiskOp> operations = new ArrayDeque<>();
        private long lastId;

        private Asked() {}

        @Override
        public long nextId() {
            return ++lastId;
        }

        @Override
        public void submit(DiskOp op) {
            operations.addLast(op);
        }
    }
}
