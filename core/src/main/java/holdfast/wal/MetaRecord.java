package holdfast.wal;

import holdfast.Bytes;
import holdfast.raft.HardState;

/// Term, vote, and the newest segment that may have acknowledged anything. Kept in two files, written one after
/// the other, each with its own sync; a change counts only when both are durable. So one torn or rotten copy
/// never loses a promise: whatever was acted upon stands in both.
///
/// Each writing of a copy has a `seq` of its own. So of two copies the one with the greater `seq` was written last, and the
/// other one was durable before that began: whatever a crash leaves in the page cache only, it is never both.
///
/// ```
/// 0 magic "HFMT"   8 version u32    16 owner 40   64 term
/// 4 crc of 8..79  12 votedFor u32   56 seq        72 tailSegSeq, zeros up to 4096
/// ```
///
/// @param seq +1 with every writing of a copy; the valid copy with the greater one counts
/// @param tailSegSeq a newer segment has never acknowledged anything
public record MetaRecord(StoreId owner, long seq, HardState hardState, long tailSegSeq) {

    static final int MAGIC = Raw.magic('H', 'F', 'M', 'T');
    static final int VERSION = 1;
    static final int FILE_BYTES = Raw.BLOCK;

    private static final int CHECKED_BYTES = 80;

    /// The same for the other copy.
    MetaRecord again() {
        return new MetaRecord(owner, seq + 1, hardState, tailSegSeq);
    }

    Bytes encode() {
        byte[] block = new byte[FILE_BYTES];
        Raw.putInt(block, 0, MAGIC);
        Raw.putInt(block, 8, VERSION);
        Raw.putInt(block, 12, hardState.votedFor());
        owner.encode(block, 16);
        Raw.putLong(block, 56, seq);
        Raw.putLong(block, 64, hardState.term());
        Raw.putLong(block, 72, tailSegSeq);
        Raw.putInt(block, 4, Raw.crc(block, 8, CHECKED_BYTES));
        return Bytes.wrap(block);
    }

    /// The record in a META file, or null if it cannot be believed.
    public static MetaRecord decode(byte[] file) {
        if (file.length < CHECKED_BYTES
                || Raw.getInt(file, 0) != MAGIC
                || Raw.getInt(file, 4) != Raw.crc(file, 8, CHECKED_BYTES)
                || Raw.getInt(file, 8) != VERSION) {
            return null;
        }
        HardState state = new HardState(Raw.getLong(file, 64), Raw.getInt(file, 12));
        return new MetaRecord(StoreId.decode(file, 16), Raw.getLong(file, 56), state, Raw.getLong(file, 72));
    }
}
