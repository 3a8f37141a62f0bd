package holdfast.sim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import holdfast.Bytes;
import holdfast.raft.LogEntry;
import holdfast.sim.disk.MediumView;
import holdfast.wal.StoreId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The judge's own reader of frames, against what the production writer has put on a medium.
class MediumFrameTest {

    private static final String FIRST = "wal-0000000002.log";
    private static final int BLOCK = 4096;

    private final LoneNode node = new LoneNode(1);
    private final Entries log = new Entries(node.last()).create(4).append(4, 'a', 10).append(4, 'b', 700);
    private final MediumView medium = node.follows(2, log, 0).disk().medium();
    private final MediumFrame.Source source = (position, length) -> medium.read(FIRST, position, length);
    private final StoreId owner = node.owner();
    private final int data = dataPosition();

    private int dataPosition() {
        int position = 2 * BLOCK;
        while (MediumFrame.at(owner, source, 2, position) == null) {
            position += BLOCK;
        }
        return position;
    }

    /// All frames from there on; a batch ends with a seal and is padded to whole blocks.
    private List<MediumFrame> framesFrom(int begin) {
        List<MediumFrame> frames = new ArrayList<>();
        int position = begin;
        while (true) {
            MediumFrame frame = MediumFrame.at(owner, source, 2, position);
            if (frame == null) {
                return frames;
            }
            frames.add(frame);
            position += frame.length();
            if (frame.kind() == MediumFrame.SEAL) {
                position = (position + BLOCK - 1) / BLOCK * BLOCK;
            }
        }
    }

    @Test
    @DisplayName("reads batch by batch what the log has written, and stops where nothing was written yet")
    void reads() {
        List<MediumFrame> frames = framesFrom(data);
        assertEquals(
                List.of(MediumFrame.CONFIG, MediumFrame.SEAL,
                        MediumFrame.ENTRY, MediumFrame.ENTRY, MediumFrame.ENTRY, MediumFrame.SEAL),
                frames.stream().map(MediumFrame::kind).toList());
        assertEquals(List.of(1L, 1L, 2L, 2L, 2L, 2L), frames.stream().map(MediumFrame::batchNo).toList());
        for (int i = 0; i < 3; i++) {
            LogEntry entry = log.get(2 + i);
            MediumFrame frame = frames.get(2 + i);
            assertEquals(entry.index(), frame.index());
            assertEquals(entry.term(), frame.term());
            assertEquals(entry.hash(), frame.hash());
            assertEquals(entry.chain(), frame.chain());
            assertEquals(true, frame.holdsEntry());
        }
        assertEquals(false, frames.getLast().holdsEntry());
    }

    @Test
    @DisplayName("a truncation is a frame of its own before the entry that takes the place")
    void truncation() {
        node.follows(3, 5, log.at(2), 0, new Entries(log.at(2)).noop(5).all());
        List<MediumFrame> frames = framesFrom(data);
        List<MediumFrame> last = frames.subList(frames.size() - 3, frames.size());
        assertEquals(
                List.of(MediumFrame.TRUNCATE, MediumFrame.ENTRY, MediumFrame.SEAL),
                last.stream().map(MediumFrame::kind).toList());
        assertEquals(3, last.getFirst().index());
        assertEquals(5, last.get(1).term());
    }

    @Test
    @DisplayName("a frame in which one bit is not as it was written is no frame")
    void everyBit() {
        MediumFrame frame = MediumFrame.at(owner, source, 2, data + BLOCK);
        assertNotNull(frame);
        byte[] bytes = medium.read(FIRST, frame.position(), frame.length()).toArray();
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            boolean isCovered = isCovered(bit / Byte.SIZE, frame);
            MediumFrame read = MediumFrame.at(owner, within(bytes, frame.position()), 2, frame.position());
            assertEquals(isCovered, read == null, "bit " + bit);
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
    }

    /// The zeros that fill up the last eight bytes say nothing.
    private boolean isCovered(int at, MediumFrame frame) {
        byte[] header = medium.read(FIRST, frame.position(), MediumFrame.HEADER).toArray();
        int payload = (header[48] & 0xFF) | (header[49] & 0xFF) << 8;
        return at < MediumFrame.HEADER + payload;
    }

    private static MediumFrame.Source within(byte[] bytes, int begin) {
        return (position, length) -> {
            int from = (int) position - begin;
            return Bytes.copyOf(bytes, Math.min(from, bytes.length), Math.min(bytes.length, from + length));
        };
    }

    @Test
    @DisplayName("a frame belongs to its segment and to its place, and must be whole")
    void place() {
        assertNull(MediumFrame.at(owner, source, 3, data));
        MediumFrame frame = MediumFrame.at(owner, source, 2, data);
        byte[] bytes = medium.read(FIRST, data, frame.length()).toArray();
        assertNotNull(MediumFrame.at(owner, within(bytes, data), 2, data));
        assertNull(MediumFrame.at(owner, within(bytes, data + BLOCK), 2, data + BLOCK));
        byte[] cut = java.util.Arrays.copyOf(bytes, MediumFrame.HEADER + 4);
        assertNull(MediumFrame.at(owner, within(cut, data), 2, data));
        assertNull(MediumFrame.at(owner, within(new byte[0], data), 2, data));
    }
}
