package holdfast.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import holdfast.Bytes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The snapshot file.
class SnapshotFileTest {

    private static Snapshot snapshot(int imageBytes) {
        Entries log = new Entries();
        log.next(4, 10, 11);
        byte[] image = new byte[imageBytes];
        new Random(imageBytes).nextBytes(image);
        return new Snapshot(log.position(12), log.snapshot(12).membership(), Bytes.wrap(image));
    }

    @Test
    @DisplayName("is read as it was written, empty, in one chunk, and around the border of a chunk")
    void roundTrip() {
        int chunk = SnapshotFile.CHUNK_BYTES;
        int membership = 16;
        for (int bytes : new int[] {0, 1, 500, chunk - membership - 1, chunk - membership, chunk, 3 * chunk + 7}) {
            Snapshot snapshot = snapshot(bytes);
            assertEquals(snapshot, SnapshotFile.decode(SnapshotFile.encode(snapshot)));
        }
    }

    @Test
    @DisplayName("is none at all if one bit is wrong")
    void everyBit() {
        byte[] file = SnapshotFile.encode(snapshot(300)).toArray();
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertNull(SnapshotFile.decode(Bytes.wrap(damaged)), "bit " + bit);
        }
        assertNotNull(SnapshotFile.decode(Bytes.wrap(file)));
    }

    @Test
    @DisplayName("is none at all if a byte is missing or too many, or a chunk is damaged")
    void length() {
        Bytes file = SnapshotFile.encode(snapshot(2 * SnapshotFile.CHUNK_BYTES));
        for (int length : new int[] {0, 10, 55, 56, 64, file.size() / 2, file.size() - 1}) {
            assertNull(SnapshotFile.decode(file.slice(0, length)));
        }
        byte[] longer = Arrays.copyOf(file.toArray(), file.size() + 1);
        assertNull(SnapshotFile.decode(Bytes.wrap(longer)));
        for (int at = 100; at < file.size(); at += SnapshotFile.CHUNK_BYTES / 2) {
            byte[] damaged = file.toArray();
            damaged[at] ^= 1;
            assertNull(SnapshotFile.decode(Bytes.wrap(damaged)));
        }
    }
}
