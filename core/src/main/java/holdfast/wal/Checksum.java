package holdfast.wal;

import holdfast.Bytes;
import java.util.zip.CRC32C;

/// CRC-32C of the log's frames, seals and descriptors, begun with the disk's identity. Recovery looks for frames in whatever
/// a torn batch has left, so also in the bytes of records; and a record may hold a log: the backup of a data directory in a
/// stream is one. Only what this disk's own log has written counts as a frame of it.
final class Checksum {

    private final byte[] seed;

    private Checksum(byte[] seed) {
        this.seed = seed;
    }

    static Checksum of(StoreId owner) {
        byte[] seed = new byte[StoreId.BYTES];
        owner.encode(seed, 0);
        return new Checksum(seed);
    }

    /// Of the bytes `[from, to)`.
    int of(byte[] source, int from, int to) {
        CRC32C crc = begun();
        crc.update(source, from, to - from);
        return (int) crc.getValue();
    }

    int of(Bytes source) {
        CRC32C crc = begun();
        source.update(crc);
        return (int) crc.getValue();
    }

    private CRC32C begun() {
        CRC32C crc = new CRC32C();
        crc.update(seed, 0, seed.length);
        return crc;
    }
}
