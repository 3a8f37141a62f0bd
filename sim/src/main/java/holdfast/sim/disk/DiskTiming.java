package holdfast.sim.disk;

import holdfast.env.DiskOp;

/// Typical duration of each kind of operation, in microseconds, and nanoseconds per page of 4096 bytes on top.
/// Real durations are drawn around them with a tail ([holdfast.sim.kernel.Entropy#skewed]).
///
/// @param sync an `fdatasync` of one page; it also stands for the flush of the drive
/// @param metadata what a sync takes longer if it has to commit a new size
/// @param names rename, delete, list
public record DiskTiming(
        long read,
        long readPageNanos,
        long write,
        long writePageNanos,
        long sync,
        long syncPageNanos,
        long metadata,
        long directorySync,
        long names) {

    private static final long NANOS = 1_000;

    /// A virtio disk with a write-back cache (`fault-lab.md` §5): fdatasync 171 us into zero-filled space, 195 us
    /// for 64 KiB, 557 us for 1 MiB, 357 us if the file grows; sequential read 1.1 GB/s, buffered write 2.6 GB/s.
    public static final DiskTiming VIRTIO = new DiskTiming(20, 3_700, 5, 1_600, 170, 1_500, 190, 360, 15);

    /// Every operation takes the least possible time.
    public static final DiskTiming INSTANT = new DiskTiming(1, 0, 1, 0, 1, 0, 0, 1, 1);

    /// @param dirtyPages of the file, if the operation is a sync
    /// @param grows true if that sync commits a new size
    long typicalMicros(DiskOp op, int dirtyPages, boolean grows) {
        return switch (op) {
            case DiskOp.Read read -> read() + Page.count(read.length()) * readPageNanos / NANOS;
            case DiskOp.Write write -> write() + Page.count(write.data().size()) * writePageNanos / NANOS;
            case DiskOp.ZeroFill fill -> write() + Page.count(fill.length()) * writePageNanos / NANOS;
            case DiskOp.Sync _ -> sync() + dirtyPages * syncPageNanos / NANOS + (grows ? metadata : 0);
            case DiskOp.SyncDirectory _ -> directorySync();
            case DiskOp.List _, DiskOp.Rename _, DiskOp.Delete _ -> names();
        };
    }
}
