package holdfast.wal;

import holdfast.env.DiskOp;

/// Where the log puts its disk operations; numbers come from the same source, so they stay in order.
public interface DiskOut {

    /// The next operation id; grows over the node's life.
    long nextId();

    void submit(DiskOp op);
}
