package holdfast.sim.check;

import holdfast.Bytes;
import holdfast.wal.StoreId;

/// What a segment on a medium says of itself and of what came before it ([MediumBytes]).
///
/// @param prevEnd where the live bytes of the segment before end
/// @param prevIndex of the log's last position before this segment
/// @param dataPosition where batches begin
record MediumHeader(StoreId owner, long segSeq, long prevSegSeq, long prevEnd, long prevIndex, int dataPosition) {

    static final int BLOCK = 4096;
    static final int COPIES_BYTES = 2 * BLOCK;

    private static final int MAGIC = MediumBytes.magic("HFSH");
    private static final int VERSION = 2;
    private static final int CHECKED_BYTES = 136;
    private static final int PROOF_BYTES = 64;

    /// The first copy that is valid, or null.
    static MediumHeader of(Bytes copies) {
        if (copies.size() < COPIES_BYTES) {
            return null;
        }
        MediumHeader first = ofCopy(copies.slice(0, BLOCK));
        return first != null ? first : ofCopy(copies.slice(BLOCK, COPIES_BYTES));
    }

    private static MediumHeader ofCopy(Bytes copy) {
        MediumBytes in = new MediumBytes(copy);
        if (in.intAt(0) != MAGIC || in.intAt(4) != in.crc(8, CHECKED_BYTES) || in.intAt(8) != VERSION) {
            return null;
        }
        return new MediumHeader(
                in.ownerAt(16), in.longAt(56), in.longAt(64), in.longAt(72), in.longAt(88),
                COPIES_BYTES + in.intAt(124) * PROOF_BYTES);
    }
}
