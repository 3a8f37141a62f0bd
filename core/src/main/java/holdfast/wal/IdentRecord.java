package holdfast.wal;

import holdfast.Bytes;

/// Whose directory this is. Written once, as the very last step of formatting: a directory with it had been
/// formatted completely, one without it has never promised anything. Two copies, one block apart.
///
/// ```
/// 0 magic "HFID"   4 crc of 8..63   8 version u32   12 zeros   16 owner 40   56 createdAtTerm
/// ```
public record IdentRecord(StoreId owner, long createdAtTerm) {

    static final int MAGIC = Raw.magic('H', 'F', 'I', 'D');
    static final int VERSION = 1;
    static final int FILE_BYTES = 2 * Raw.BLOCK;

    private static final int CHECKED_BYTES = 64;

    Bytes encode() {
        byte[] file = new byte[FILE_BYTES];
        Raw.putInt(file, 0, MAGIC);
        Raw.putInt(file, 8, VERSION);
        owner.encode(file, 16);
        Raw.putLong(file, 56, createdAtTerm);
        Raw.putInt(file, 4, Raw.crc(file, 8, CHECKED_BYTES));
        System.arraycopy(file, 0, file, Raw.BLOCK, CHECKED_BYTES);
        return Bytes.wrap(file);
    }

    /// The first copy that is valid, or null.
    public static IdentRecord decode(byte[] file) {
        IdentRecord first = decodeAt(file, 0);
        return first != null ? first : decodeAt(file, Raw.BLOCK);
    }

    /// The block of the one copy that is not valid, or -1.
    static int onlyBadCopy(byte[] file) {
        return TwoCopies.onlyBad(at -> decodeAt(file, at));
    }

    private static IdentRecord decodeAt(byte[] file, int at) {
        if (file.length < at + CHECKED_BYTES
                || Raw.getInt(file, at) != MAGIC
                || Raw.getInt(file, at + 4) != Raw.crc(file, at + 8, at + CHECKED_BYTES)
                || Raw.getInt(file, at + 8) != VERSION) {
            return null;
        }
        return new IdentRecord(StoreId.decode(file, at + 16), Raw.getLong(file, at + 56));
    }
}
