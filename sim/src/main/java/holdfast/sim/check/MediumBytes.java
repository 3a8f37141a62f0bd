package holdfast.sim.check;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.wal.StoreId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// Numbers, digests and checksums of a medium, read by the judge's own reader after `docs/format.md`.
final class MediumBytes {

    private final byte[] bytes;
    private final ByteBuffer in;

    MediumBytes(Bytes source) {
        bytes = source.toArray();
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int magic(String text) {
        return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
    }

    int size() {
        return bytes.length;
    }

    int intAt(int at) {
        return in.getInt(at);
    }

    long longAt(int at) {
        return in.getLong(at);
    }

    /// A digest stands in the order of the hash's own bytes.
    Digest digestAt(int at) {
        return new Digest(Long.reverseBytes(in.getLong(at)), Long.reverseBytes(in.getLong(at + Long.BYTES)));
    }

    StoreId ownerAt(int at) {
        return new StoreId(digestAt(at), (int) longAt(at + 16), digestAt(at + 24));
    }

    /// CRC-32C of the bytes `[from, to)`.
    int crc(int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
