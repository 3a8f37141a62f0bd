package holdfast.sim.check;

import holdfast.Bytes;
import holdfast.Digest;

/// What a snapshot on a medium covers ([MediumBytes]).
///
/// @param index of the last entry
/// @param chain of the log up to there
record MediumSnapshot(long index, Digest chain) {

    /// Of nothing.
    static final MediumSnapshot NONE = new MediumSnapshot(0, Digest.ZERO);

    private static final int MAGIC = MediumBytes.magic("HFSN");
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 56;
    private static final int CHUNK_BYTES = 65_536;

    /// Null unless every bit is as it was written.
    static MediumSnapshot of(Bytes file) {
        MediumBytes in = new MediumBytes(file);
        if (in.size() < HEADER_BYTES || in.intAt(0) != MAGIC || in.intAt(8) != VERSION) {
            return null;
        }
        long body = (long) in.intAt(12) + in.intAt(48);
        long chunks = (body + CHUNK_BYTES - 1) / CHUNK_BYTES;
        long begin = HEADER_BYTES + chunks * Integer.BYTES;
        if (body < 0 || in.intAt(52) != chunks || begin + body != in.size() || in.intAt(4) != in.crc(8, (int) begin)) {
            return null;
        }
        for (int chunk = 0; chunk < chunks; chunk++) {
            int from = (int) begin + chunk * CHUNK_BYTES;
            if (in.intAt(HEADER_BYTES + chunk * Integer.BYTES) != in.crc(from, Math.min(in.size(), from + CHUNK_BYTES))) {
                return null;
            }
        }
        return new MediumSnapshot(in.longAt(16), in.digestAt(32));
    }
}
