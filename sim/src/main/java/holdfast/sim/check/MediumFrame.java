package holdfast.sim.check;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.wal.StoreId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// One frame as it lies on a medium, read by the judge's own reader after `docs/format.md`: whoever judges a store must
/// not borrow the eyes of the store.
///
/// @param kind code of the frame's kind
/// @param length bytes of the whole frame
record MediumFrame(
        int kind, long batchNo, int position, int length, long index, long term, Digest hash, Digest chain) {

    static final int ENTRY = 1;
    static final int TRUNCATE = 2;
    static final int CONFIG = 3;
    static final int SNAPSHOT_BASE = 4;
    static final int SEAL = 5;
    static final int ARCHIVE = 7;

    static final int HEADER = 96;

    private static final int MAGIC = 'H' | 'F' << 8 | 'R' << 16 | '1' << 24;
    private static final int UNIT = 8;
    private static final int OWNER = 40;

    /// Where to read the bytes of a medium file.
    @FunctionalInterface
    interface Source {
        Bytes read(long position, int length);
    }

    /// The frame at `position` of segment `segSeq` on the disk of that owner, or null if what stands there is none.
    static MediumFrame at(StoreId owner, Source source, long segSeq, int position) {
        Bytes header = source.read(position, HEADER);
        if (header.size() < HEADER) {
            return null;
        }
        byte[] bytes = header.toArray();
        byte[] seed = seed(owner);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(0) != MAGIC
                || in.getInt(4) != crc(seed, bytes, 8, HEADER)
                || in.getLong(8) != segSeq
                || in.getLong(16) != position) {
            return null;
        }
        int payloadLength = in.getInt(48);
        if (payloadLength < 0) {
            return null;
        }
        Bytes payload = source.read(position + HEADER, payloadLength);
        if (payload.size() < payloadLength || in.getInt(56) != crc(seed, payload.toArray(), 0, payloadLength)) {
            return null;
        }
        int length = HEADER + (payloadLength + UNIT - 1) / UNIT * UNIT;
        return new MediumFrame(
                in.get(52), in.getLong(24), position, length, in.getLong(32), in.getLong(40),
                digest(in, 64), digest(in, 80));
    }

    /// The owner as it stands in every header: its checksums begin with it.
    private static byte[] seed(StoreId owner) {
        return ByteBuffer.allocate(OWNER)
                .putLong(owner.clusterId().high()).putLong(owner.clusterId().low())
                .order(ByteOrder.LITTLE_ENDIAN).putLong(owner.nodeId()).order(ByteOrder.BIG_ENDIAN)
                .putLong(owner.diskUuid().high()).putLong(owner.diskUuid().low())
                .array();
    }

    private static int crc(byte[] seed, byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(seed);
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    /// A digest stands in the order of the hash's own bytes.
    private static Digest digest(ByteBuffer in, int at) {
        return new Digest(Long.reverseBytes(in.getLong(at)), Long.reverseBytes(in.getLong(at + UNIT)));
    }

    boolean holdsEntry() {
        return kind == ENTRY || kind == CONFIG || kind == ARCHIVE;
    }
}
