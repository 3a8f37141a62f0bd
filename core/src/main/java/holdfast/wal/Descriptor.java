package holdfast.wal;

import holdfast.Digest;

/// Proof that a frame was durable: written only after the sync that made it so. A valid descriptor beside an
/// invalid frame is damage, never a crash. Slot `i` of a segment belongs to the segment's `i`-th frame, seals
/// not counted. Descriptors are redundant: a damaged one says nothing.
///
/// ```
/// 0 magic "HFD1"    8 segSeq     24 position u32         32 index    48 entryHash 16
/// 4 crc of 8..63   16 batchNo    28 payloadLength u32    40 term
/// ```
public record Descriptor(
        long segSeq, long batchNo, int position, int payloadLength, long index, long term, Digest hash) {

    static final int MAGIC = Raw.magic('H', 'F', 'D', '1');
    static final int BYTES = 64;

    static void encode(
            Checksum checksum,
            byte[] target,
            int at,
            long segSeq,
            long batchNo,
            int position,
            int payloadLength,
            long index,
            long term,
            Digest hash) {
        Raw.putInt(target, at, MAGIC);
        Raw.putLong(target, at + 8, segSeq);
        Raw.putLong(target, at + 16, batchNo);
        Raw.putInt(target, at + 24, position);
        Raw.putInt(target, at + 28, payloadLength);
        Raw.putLong(target, at + 32, index);
        Raw.putLong(target, at + 40, term);
        Raw.putDigest(target, at + 48, hash);
        Raw.putInt(target, at + 4, checksum.of(target, at + 8, at + BYTES));
    }

    /// The descriptor at `source[at..]`, or null if there is none that can be believed.
    static Descriptor decode(Checksum checksum, byte[] source, int at) {
        if (Raw.getInt(source, at) != MAGIC || Raw.getInt(source, at + 4) != checksum.of(source, at + 8, at + BYTES)) {
            return null;
        }
        return new Descriptor(
                Raw.getLong(source, at + 8),
                Raw.getLong(source, at + 16),
                Raw.getInt(source, at + 24),
                Raw.getInt(source, at + 28),
                Raw.getLong(source, at + 32),
                Raw.getLong(source, at + 40),
                Raw.getDigest(source, at + 48));
    }

    /// Whether one of the first slots of a segment, whose beginning this is, proves a frame of it. The first slot is the first
    /// to be used.
    static boolean isProven(Checksum checksum, long segSeq, byte[] beginning) {
        for (int at = SegmentHeader.COPIES_BYTES; at + BYTES <= beginning.length; at += BYTES) {
            Descriptor proof = decode(checksum, beginning, at);
            if (proof != null && proof.segSeq() == segSeq) {
                return true;
            }
        }
        return false;
    }

    boolean describes(Frame frame) {
        return batchNo == frame.batchNo()
                && position == frame.position()
                && payloadLength == frame.payload().size()
                && index == frame.index()
                && term == frame.term()
                && hash.equals(frame.hash());
    }
}
