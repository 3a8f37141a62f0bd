package holdfast.wal;

import java.util.BitSet;

/// The beginning of a file, or all of it, as far as it could be read. What could not be is zeros here.
///
/// @param unreadable blocks, counted from the beginning of the file
record FileContent(String name, byte[] bytes, BitSet unreadable) {

    boolean isReadable(int from, int to) {
        int bad = unreadable.nextSetBit(from / Raw.BLOCK);
        return bad < 0 || (long) bad * Raw.BLOCK >= to;
    }

    boolean isReadable() {
        return unreadable.isEmpty();
    }
}
