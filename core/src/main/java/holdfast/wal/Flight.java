package holdfast.wal;

import holdfast.Bytes;
import holdfast.env.DiskOp;

/// A batch, or proofs alone, between the first write and the confirmation. There is never more than one.
final class Flight {

    /// The last write that is complete with it, or 0.
    final long number;
    /// How many units of the queue are durable with it.
    final long units;
    final int entries;
    /// What may be written of it later, or null.
    final Proof proof;

    private long firstOperation;
    private long lastOperation;
    private boolean isSynced;

    Flight(long number, long units, int entries, Proof proof) {
        this.number = number;
        this.units = units;
        this.entries = entries;
        this.proof = proof;
    }

    void write(String file, long position, Bytes data, DiskOut disk) {
        disk.submit(new DiskOp.Write(nextId(disk), file, position, data));
    }

    void sync(String file, DiskOut disk) {
        disk.submit(new DiskOp.Sync(nextId(disk), file));
    }

    private long nextId(DiskOut disk) {
        lastOperation = disk.nextId();
        firstOperation = firstOperation == 0 ? lastOperation : firstOperation;
        return lastOperation;
    }

    boolean owns(long id) {
        return id >= firstOperation && id <= lastOperation;
    }

    /// One of its operations has succeeded. They end in their order, and the last one is a sync.
    void succeeded(long id) {
        isSynced = id == lastOperation;
    }

    boolean isSynced() {
        return isSynced;
    }
}
