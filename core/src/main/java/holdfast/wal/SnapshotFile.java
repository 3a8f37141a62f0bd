package holdfast.wal;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;
import java.util.zip.CRC32C;

/// The bytes of a snapshot, in its file and on the wire. They name no node: two snapshots of one position are
/// equal byte for byte, whoever took them.
///
/// ```
/// 0 magic "HFSN"           8 version u32         16 last.index    48 imageBytes u32
/// 4 crc of 8..the end of  12 membershipBytes u32 24 last.term     52 chunks u32
///   the chunks' checksums                        32 last.chain    56 crc of each chunk u32
///
/// then the membership and the image, cut into chunks of 65536 bytes, the last one shorter
/// ```
public final class SnapshotFile {

    static final int MAGIC = Raw.magic('H', 'F', 'S', 'N');
    static final int VERSION = 1;
    static final int HEADER_BYTES = 56;
    static final int CHUNK_BYTES = 64 << 10;

    private SnapshotFile() {}

    public static Bytes encode(Snapshot snapshot) {
        Bytes membership = snapshot.membership().encode();
        Bytes image = snapshot.image();
        int bodyBytes = Math.addExact(membership.size(), image.size());
        int body = HEADER_BYTES + chunks(bodyBytes) * Integer.BYTES;
        byte[] file = new byte[Math.addExact(body, bodyBytes)];
        Raw.putInt(file, 0, MAGIC);
        Raw.putInt(file, 8, VERSION);
        Raw.putInt(file, 12, membership.size());
        Raw.putLong(file, 16, snapshot.last().index());
        Raw.putLong(file, 24, snapshot.last().term());
        Raw.putDigest(file, 32, snapshot.last().chain());
        Raw.putInt(file, 48, image.size());
        Raw.putInt(file, 52, chunks(bodyBytes));
        membership.copyTo(file, body);
        image.copyTo(file, body + membership.size());
        for (int chunk = 0; chunk < chunks(bodyBytes); chunk++) {
            int from = body + chunk * CHUNK_BYTES;
            int to = (int) Math.min(file.length, (long) from + CHUNK_BYTES);
            Raw.putInt(file, HEADER_BYTES + chunk * Integer.BYTES, Raw.crc(file, from, to));
        }
        Raw.putInt(file, 4, Raw.crc(file, 8, body));
        return Bytes.wrap(file);
    }

    /// The snapshot, or null if one bit of the file is not as it was written. The image shares its storage.
    public static Snapshot decode(Bytes file) {
        if (file.size() < HEADER_BYTES) {
            return null;
        }
        byte[] header = new byte[HEADER_BYTES];
        file.copyTo(0, header, 0, HEADER_BYTES);
        int membershipBytes = Raw.getInt(header, 12);
        int imageBytes = Raw.getInt(header, 48);
        int chunks = Raw.getInt(header, 52);
        long bodyBytes = (long) membershipBytes + imageBytes;
        if (Raw.getInt(header, 0) != MAGIC
                || Raw.getInt(header, 8) != VERSION
                || membershipBytes < 0
                || imageBytes < 0
                || bodyBytes > file.size()
                || chunks != chunks((int) bodyBytes)
                || HEADER_BYTES + (long) chunks * Integer.BYTES + bodyBytes != file.size()) {
            return null;
        }
        int body = HEADER_BYTES + chunks * Integer.BYTES;
        if (Raw.getInt(header, 4) != crc(file, 8, body) || !areChunksIntact(file, body, chunks)) {
            return null;
        }
        Membership membership = Membership.decode(file.slice(body, body + membershipBytes));
        Digest chain = Raw.getDigest(header, 32);
        return membership == null
                ? null
                : new Snapshot(
                        new LogPosition(Raw.getLong(header, 16), Raw.getLong(header, 24), chain),
                        membership,
                        file.slice(body + membershipBytes, file.size()));
    }

    private static boolean areChunksIntact(Bytes file, int body, int chunks) {
        byte[] table = new byte[chunks * Integer.BYTES];
        file.copyTo(HEADER_BYTES, table, 0, table.length);
        for (int chunk = 0; chunk < chunks; chunk++) {
            int from = body + chunk * CHUNK_BYTES;
            int to = (int) Math.min(file.size(), (long) from + CHUNK_BYTES);
            if (Raw.getInt(table, chunk * Integer.BYTES) != crc(file, from, to)) {
                return false;
            }
        }
        return true;
    }

    private static int crc(Bytes file, int from, int to) {
        CRC32C crc = new CRC32C();
        file.slice(from, to).update(crc);
        return (int) crc.getValue();
    }

    private static int chunks(int bodyBytes) {
        return Math.ceilDiv(bodyBytes, CHUNK_BYTES);
    }
}
