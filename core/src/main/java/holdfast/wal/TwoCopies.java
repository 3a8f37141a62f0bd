package holdfast.wal;

import holdfast.Bytes;
import java.util.function.IntFunction;

/// The two copies of what begins a file, one block apart: which of them can be believed, and the mending of one that
/// cannot. A block is mended in place: the other copy stands in a block of its own, so a crash in the middle loses nothing.
final class TwoCopies {

    private static final int NEITHER_BAD = -1;

    private TwoCopies() {}

    /// The block of the copy that does not verify while the other one does, or -1. `decodeAt` gives null for a bad copy.
    static int onlyBad(IntFunction<?> decodeAt) {
        boolean isFirstGood = decodeAt.apply(0) != null;
        boolean isSecondGood = decodeAt.apply(Raw.BLOCK) != null;
        if (isFirstGood == isSecondGood) {
            return NEITHER_BAD;
        }
        return isFirstGood ? 1 : 0;
    }

    /// Tells of a bad copy and writes it again, if there is one.
    ///
    /// @param both the file's first two blocks as they should be
    static void mend(String file, int bad, Bytes both, Chain chain, SurvivedRot rot) {
        if (bad != NEITHER_BAD) {
            rot.found(file + ": copy " + (bad + 1) + " of its two does not verify or cannot be read; the other one was taken,"
                    + " and the bad one is written again");
            chain.write(file, (long) bad * Raw.BLOCK, both.slice(bad * Raw.BLOCK, (bad + 1) * Raw.BLOCK)).sync(file);
        }
    }
}
