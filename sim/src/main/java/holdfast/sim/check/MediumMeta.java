package holdfast.sim.check;

import holdfast.Bytes;

/// One copy of term and vote as it lies on a medium ([MediumBytes]).
///
/// @param tail the newest segment that may have confirmed anything
record MediumMeta(long term, int votedFor, long tail) {

    private static final int MAGIC = MediumBytes.magic("HFMT");
    private static final int VERSION = 1;
    private static final int CHECKED_BYTES = 80;

    /// Null if it cannot be believed.
    static MediumMeta of(Bytes block) {
        MediumBytes in = new MediumBytes(block);
        if (in.size() < CHECKED_BYTES
                || in.intAt(0) != MAGIC
                || in.intAt(4) != in.crc(8, CHECKED_BYTES)
                || in.intAt(8) != VERSION) {
            return null;
        }
        return new MediumMeta(in.longAt(64), in.intAt(12), in.longAt(72));
    }
}
