package holdfast.wal;

import holdfast.Check;
import holdfast.Digest;

/// What the log is told once. Sizes stand in each segment's header, so a later start may use others.
///
/// @param clusterId names the cluster
/// @param nodeId names this node in it
/// @param diskUuid names this disk
/// @param segmentBytes size of a segment file, a multiple of 4096
/// @param descriptorSlots proofs of durability that a segment has room for; a multiple of 64
/// @param batchBytesMax bound on one batch with its padding, a multiple of 4096
/// @param idleDescriptorMicros how long after a sync its proof is written if nothing else is
public record WalConfig(
        Digest clusterId,
        int nodeId,
        Digest diskUuid,
        int segmentBytes,
        int descriptorSlots,
        int batchBytesMax,
        long idleDescriptorMicros) {

    private static final int SLOTS_PER_BLOCK = Raw.BLOCK / Descriptor.BYTES;

    public WalConfig {
        Check.that(segmentBytes % Raw.BLOCK == 0, "a segment is whole blocks", segmentBytes, Raw.BLOCK);
        Check.that(batchBytesMax % Raw.BLOCK == 0, "a batch is whole blocks", batchBytesMax, Raw.BLOCK);
        Check.that(batchBytesMax >= Raw.BLOCK, "a batch has a block", batchBytesMax, Raw.BLOCK);
        Check.that(
                descriptorSlots > 0 && descriptorSlots % SLOTS_PER_BLOCK == 0,
                "descriptors fill whole blocks", descriptorSlots, SLOTS_PER_BLOCK);
        Check.that(
                SegmentHeader.dataPosition(descriptorSlots) + batchBytesMax <= segmentBytes,
                "an empty segment has room for the largest batch", batchBytesMax, segmentBytes);
    }

    public StoreId storeId() {
        return new StoreId(clusterId, nodeId, diskUuid);
    }

    /// Bytes of frames in one batch. The seal needs the rest, and one empty frame is kept free, so that recovery
    /// can copy a full batch and say in the same one that a snapshot replaces it.
    int frameBytesMax() {
        return batchBytesMax - Batch.SEAL_BYTES - Frame.HEADER_BYTES;
    }

    /// Frames in one batch, with the same reserve.
    int framesMax() {
        return Math.min(descriptorSlots, Batch.FRAMES_MAX) - 1;
    }

    /// The largest payload that fits: it may have to share its batch with a truncation.
    public int payloadBytesMax() {
        return (frameBytesMax() - 2 * Frame.HEADER_BYTES) & -Long.BYTES;
    }
}
