package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.env.DiskOp;
import holdfast.node.MessageCodec;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.wal.StoreId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchivedOnceTest {

    private static final int NODE = 2;
    private static final int OTHER = 3;
    private static final String SEGMENT = "wal-0000000002.log";
    private static final int DATA = 12_288;
    private static final int OWNER_BYTES = 40;

    private final StoreId owner = new StoreId(new Digest(1, 2), NODE, new Digest(3, 4));
    private final TreeSet<Long> durable = new TreeSet<>();
    private final ArchivedOnce judge = new ArchivedOnce(3, (_, index, _) -> durable.contains(index), _ -> owner);
    private final Entries log =
            new Entries(LogPosition.ORIGIN).create(1).append(1, 'a', 10).append(1, 'b', 10).append(1, 'c', 10);

    private void brought(long... indexes) {
        List<LogEntry> entries = LongStream.of(indexes).mapToObj(log::get).toList();
        judge.taking(NODE, new Message.InstallSnapshot(
                1, log.last(), 0, 0, Message.Piece.ENTRIES, MessageCodec.encodeEntries(entries), 1));
    }

    private void writes(int kind, long... indexes) {
        byte[] bytes = {};
        for (long index : indexes) {
            byte[] frame = frame(kind, log.get(index), DATA + bytes.length);
            int end = bytes.length;
            bytes = Arrays.copyOf(bytes, end + frame.length);
            System.arraycopy(frame, 0, bytes, end, frame.length);
        }
        judge.submitted(NODE, new DiskOp.Write(1, SEGMENT, DATA, Bytes.wrap(bytes)));
    }

    /// By `docs/format.md`.
    private byte[] frame(int kind, LogEntry entry, int position) {
        int length = entry.payload().size();
        ByteBuffer out = ByteBuffer.allocate(MediumFrame.HEADER + (length + 7) / 8 * 8).order(ByteOrder.LITTLE_ENDIAN);
        out.put(0, new byte[] {'H', 'F', 'R', '1'});
        out.putLong(8, 2).putLong(16, position).putLong(24, 7).putLong(32, entry.index()).putLong(40, entry.term());
        out.putInt(48, length).put(52, (byte) kind);
        out.put(MediumFrame.HEADER, entry.payload().toArray());
        out.putInt(56, crc(out.array(), MediumFrame.HEADER, MediumFrame.HEADER + length));
        out.order(ByteOrder.BIG_ENDIAN).putLong(64, entry.hash().high()).putLong(72, entry.hash().low());
        return out.order(ByteOrder.LITTLE_ENDIAN).putInt(4, crc(out.array(), 8, MediumFrame.HEADER)).array();
    }

    private int crc(byte[] bytes, int from, int to) {
        ByteBuffer seed = ByteBuffer.allocate(OWNER_BYTES);
        seed.putLong(owner.clusterId().high()).putLong(owner.clusterId().low());
        seed.put((byte) NODE).position(24);
        seed.putLong(owner.diskUuid().high()).putLong(owner.diskUuid().low());
        CRC32C crc = new CRC32C();
        crc.update(seed.array());
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    private void says(int imageHeld, long lacking) {
        judge.sent(NODE, new Message.InstallSnapshotReply(1, log.last().index(), imageHeld, lacking, false, 1));
    }

    @Test
    @DisplayName("an entry that came with a snapshot is written once in a life, wherever it stands in a batch")
    void once() {
        brought(1, 2);
        writes(MediumFrame.ARCHIVE, 1, 2);
        brought(3);
        writes(MediumFrame.ARCHIVE, 3);
        objects("archived-once", "writes entry 2, which came with a snapshot, a second time",
                () -> writes(MediumFrame.ARCHIVE, 4, 2));
    }

    @Test
    @DisplayName("the next life begins anew, and entries of the log are nobody's business here")
    void livesAndLogs() {
        brought(1, 2);
        writes(MediumFrame.ARCHIVE, 1, 2);
        writes(MediumFrame.ENTRY, 1, 2);
        judge.processEnded(NODE);
        writes(MediumFrame.ARCHIVE, 1, 2);
        brought(1, 2);
        writes(MediumFrame.ARCHIVE, 1, 2);
    }

    @Test
    @DisplayName("what it says to have is on its medium: the last of the entries that it has been brought")
    void durable() {
        brought(1, 2, 3);
        says(0, 4);
        durable.add(1L);
        says(100, 2);
        objects("archived-once", "says that it has entry 3", () -> says(100, 4));
        durable.addAll(List.of(2L, 3L));
        says(100, 4);
        judge.sent(OTHER, new Message.InstallSnapshotReply(1, log.last().index(), 100, 4, false, 1));
    }
}
