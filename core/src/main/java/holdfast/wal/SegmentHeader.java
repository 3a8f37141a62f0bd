package holdfast.wal;

import holdfast.raft.LogPosition;

/// What a segment says of itself and of what came before it. Written twice, in the first two blocks, together
/// with the segment's first batch. A valid header proves that everything before it was durable.
///
/// ```
/// 0 magic "HFSH"    16 owner 40       72 prevEnd       96 prev.term      124 descriptorSlots u32
/// 4 crc of 8..135   56 segSeq         80 lastBatchNo  104 prev.chain 16  128 batchBytesMax u32
/// 8 version u32     64 prevSegSeq     88 prev.index   120 segmentBytes   132 zeros
/// ```
///
/// @param prevSegSeq the segment before, 0 for the first
/// @param prevEnd where the live bytes of the segment before end; what stands there at or after it is dead
/// @param lastBatchNo the last live batch before this segment; batches go on with the next number
/// @param prev the log's last position before this segment
public record SegmentHeader(
        StoreId owner,
        long segSeq,
        long prevSegSeq,
        long prevEnd,
        long lastBatchNo,
        LogPosition prev,
        int segmentBytes,
        int descriptorSlots,
        int batchBytesMax) {

    static final int MAGIC = Raw.magic('H', 'F', 'S', 'H');
    static final int VERSION = 2;

    /// Bytes that both copies take, and where the descriptors begin.
    public static final int COPIES_BYTES = 2 * Raw.BLOCK;

    private static final int CHECKED_BYTES = 136;

    /// Where batches begin.
    public int dataPosition() {
        return dataPosition(descriptorSlots);
    }

    static int dataPosition(int descriptorSlots) {
        return COPIES_BYTES + descriptorSlots * Descriptor.BYTES;
    }

    /// Both copies.
    byte[] encode() {
        byte[] copies = new byte[COPIES_BYTES];
        encodeAt(copies, 0);
        System.arraycopy(copies, 0, copies, Raw.BLOCK, CHECKED_BYTES);
        return copies;
    }

    private void encodeAt(byte[] target, int at) {
        Raw.putInt(target, at, MAGIC);
        Raw.putInt(target, at + 8, VERSION);
        owner.encode(target, at + 16);
        Raw.putLong(target, at + 56, segSeq);
        Raw.putLong(target, at + 64, prevSegSeq);
        Raw.putLong(target, at + 72, prevEnd);
        Raw.putLong(target, at + 80, lastBatchNo);
        Raw.putLong(target, at + 88, prev.index());
        Raw.putLong(target, at + 96, prev.term());
        Raw.putDigest(target, at + 104, prev.chain());
        Raw.putInt(target, at + 120, segmentBytes);
        Raw.putInt(target, at + 124, descriptorSlots);
        Raw.putInt(target, at + 128, batchBytesMax);
        Raw.putInt(target, at + 4, Raw.crc(target, at + 8, at + CHECKED_BYTES));
    }

    /// The header in the first two blocks of a segment: the first copy that is valid, or null.
    public static SegmentHeader decode(byte[] copies) {
        if (copies.length < COPIES_BYTES) {
            return null;
        }
        SegmentHeader first = decodeAt(copies, 0);
        return first != null ? first : decodeAt(copies, Raw.BLOCK);
    }

    /// The block of the one copy that is not valid, or -1.
    static int onlyBadCopy(byte[] copies) {
        return copies.length < COPIES_BYTES ? -1 : TwoCopies.onlyBad(at -> decodeAt(copies, at));
    }

    private static SegmentHeader decodeAt(byte[] source, int at) {
        if (Raw.getInt(source, at) != MAGIC
                || Raw.getInt(source, at + 4) != Raw.crc(source, at + 8, at + CHECKED_BYTES)
                || Raw.getInt(source, at + 8) != VERSION) {
            return null;
        }
        return new SegmentHeader(
                StoreId.decode(source, at + 16),
                Raw.getLong(source, at + 56),
                Raw.getLong(source, at + 64),
                Raw.getLong(source, at + 72),
                Raw.getLong(source, at + 80),
                new LogPosition(
                        Raw.getLong(source, at + 88), Raw.getLong(source, at + 96), Raw.getDigest(source, at + 104)),
                Raw.getInt(source, at + 120),
                Raw.getInt(source, at + 124),
                Raw.getInt(source, at + 128));
    }
}
