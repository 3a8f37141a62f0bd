package holdfast.sim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import holdfast.Bytes;
import holdfast.raft.LogPosition;
import holdfast.sim.disk.MediumView;
import holdfast.sim.world.Voters;
import holdfast.wal.Snapshot;
import holdfast.wal.SnapshotFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The judge's own reader of what stands beside the frames, against what the production writer has put on a medium.
class MediumRecordsTest {

    private static final String SEGMENT = "wal-0000000002.log";
    private static final int CHUNK = 65_536;

    private final LoneNode node = new LoneNode(1);
    private final Entries log = new Entries(node.last()).create(4).append(4, 'a', 10);
    private final MediumView medium = node.follows(2, log, 0).disk().medium();

    private Bytes block(String file, int bytes) {
        return medium.read(file, 0, bytes);
    }

    private static Bytes flipped(Bytes source, int at) {
        byte[] bytes = source.toArray();
        bytes[at] ^= 0x10;
        return Bytes.wrap(bytes);
    }

    @Test
    @DisplayName("reads term, vote and newest segment from both copies, and nothing from one of which a checked bit has changed")
    void meta() {
        for (String copy : new String[] {"META.A", "META.B"}) {
            Bytes block = block(copy, MediumHeader.BLOCK);
            MediumMeta meta = MediumMeta.of(block);
            assertEquals(4, meta.term());
            assertEquals(node.replica().raft().hardState().votedFor(), meta.votedFor());
            assertEquals(2, meta.tail());
            for (int at = 0; at < 80; at++) {
                assertNull(MediumMeta.of(flipped(block, at)), "byte " + at);
            }
        }
    }

    @Test
    @DisplayName("reads a segment's header from either copy")
    void header() {
        Bytes copies = block(SEGMENT, MediumHeader.COPIES_BYTES);
        MediumHeader header = MediumHeader.of(copies);
        assertEquals(node.owner(), header.owner());
        assertEquals(2, header.segSeq());
        assertEquals(0, header.prevSegSeq());
        assertEquals(header, MediumHeader.of(flipped(copies, 60)));
        assertEquals(header, MediumHeader.of(flipped(copies, MediumHeader.BLOCK + 60)));
        assertNull(MediumHeader.of(flipped(flipped(copies, 60), MediumHeader.BLOCK + 60)));
        assertNotNull(MediumFrame.at(
                header.owner(), (position, length) -> medium.read(SEGMENT, position, length), 2, header.dataPosition()));
    }

    @Test
    @DisplayName("believes a snapshot of which every bit is as it was written")
    void snapshot() {
        LogPosition last = log.last();
        Snapshot snapshot = new Snapshot(last, Voters.bound(), Bytes.wrap(new byte[CHUNK + 100]));
        Bytes file = SnapshotFile.encode(snapshot);
        assertEquals(new MediumSnapshot(last.index(), last.chain()), MediumSnapshot.of(file));
        for (int at = 0; at < file.size(); at += at < 100 ? 1 : 997) {
            assertNull(MediumSnapshot.of(flipped(file, at)), "byte " + at);
        }
        assertNull(MediumSnapshot.of(file.slice(0, file.size() - 1)));
    }
}
