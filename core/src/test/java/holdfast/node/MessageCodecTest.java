package holdfast.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Sender;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessageCodecTest {

    private static final long LARGE = WireBounds.NUMBER_MAX;
    private static final Sender SENDER = new Sender(2, new Digest(-3, 4), LARGE, 5);
    private static final LogPosition POSITION = new LogPosition(7, 3, new Digest(-1, 2));

    private static List<LogEntry> entries() {
        List<LogEntry> entries = new ArrayList<>();
        Digest chain = POSITION.chain();
        for (EntryType type : EntryType.values()) {
            LogEntry entry = LogEntry.following(
                    new Hasher(), chain, 8 + entries.size(), 3, type, Bytes.utf8("x".repeat(5 * entries.size())));
            chain = entry.chain();
            entries.add(entry);
        }
        return entries;
    }

    /// At least one of each kind.
    private static List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        for (boolean flag : new boolean[] {false, true}) {
            messages.add(new Message.PreVoteReply(4, flag ? LARGE : 4, flag));
            messages.add(new Message.VoteRequest(4, LARGE, 2, flag));
            messages.add(new Message.VoteReply(4, flag));
            messages.add(new Message.InstallSnapshot(
                    4, POSITION, 2, Integer.MAX_VALUE, Message.Piece.values()[flag ? 1 : 0], Bytes.utf8("data"), LARGE));
            messages.add(new Message.InstallSnapshotReply(4, 7, Integer.MAX_VALUE, LARGE, flag, 1));
        }
        messages.add(new Message.PreVoteRequest(LARGE, 3, LARGE - 1));
        messages.add(new Message.AppendEntries(4, POSITION, entries(), 5, 6));
        messages.add(new Message.AppendEntries(4, LogPosition.ORIGIN, List.of(), 0, 0));
        messages.add(new Message.AppendAccepted(4, LARGE, 7, 2));
        messages.add(new Message.AppendRejected(4, 1, 2, 3, LARGE));
        messages.add(new Message.TimeoutNow(4));
        messages.add(new Message.ReadIndexRequest(4, Long.MAX_VALUE));
        messages.add(new Message.ReadIndexReply(4, 5, Message.ReadIndexReply.REFUSED));
        return messages;
    }

    @Test
    @DisplayName("every message arrives as it was sent")
    void roundTrip() {
        for (Message message : messages()) {
            assertEquals(new Packet(SENDER, message), MessageCodec.decode(2, MessageCodec.encode(SENDER, message)));
        }
        assertEquals(
                Message.class.getPermittedSubclasses().length,
                messages().stream().map(Message::getClass).distinct().count(), "a kind of message is missing here");
    }

    @Test
    @DisplayName("a packet begins with the version, the kind, who speaks, and the term, little-endian")
    void header() {
        Sender sender = new Sender(2, new Digest(0x0102, 0x0304), 0x0506, 0x0708);
        byte[] packet = MessageCodec.encode(sender, new Message.TimeoutNow(0x0102_0304)).toArray();
        assertEquals(
                "030a" + "0201000000000000" + "0403000000000000" + "0605000000000000" + "0807000000000000"
                        + "0403020100000000",
                HexFormat.of().formatHex(packet));
    }

    @Test
    @DisplayName("a run of entries by itself arrives as it was sent")
    void entriesAlone() {
        assertEquals(entries(), MessageCodec.decodeEntries(MessageCodec.encodeEntries(entries())));
        assertEquals(List.of(), MessageCodec.decodeEntries(MessageCodec.encodeEntries(List.of())));
        Bytes whole = MessageCodec.encodeEntries(entries());
        for (int cut = 0; cut < whole.size(); cut++) {
            assertNull(MessageCodec.decodeEntries(whole.slice(0, cut)), "cut at " + cut);
        }
    }

    @Test
    @DisplayName("what is cut, longer, of another version or of no kind is no message")
    void foreign() {
        for (Message message : messages()) {
            byte[] packet = MessageCodec.encode(SENDER, message).toArray();
            for (int size = 0; size < packet.length; size++) {
                assertNull(MessageCodec.decode(2, Bytes.copyOf(packet, 0, size)), message + " cut to " + size);
            }
            assertNull(MessageCodec.decode(2, Bytes.wrap(java.util.Arrays.copyOf(packet, packet.length + 1))));
            packet[0] = 1;
            assertNull(MessageCodec.decode(2, Bytes.wrap(packet)));
            packet[0] = 3;
            packet[1] = 99;
            assertNull(MessageCodec.decode(2, Bytes.wrap(packet)));
        }
    }

    @Test
    @DisplayName("numbers that nobody can mean, or that contradict each other, make a packet no message")
    void numbers() {
        long beyond = WireBounds.NUMBER_MAX + 1;
        LogPosition zeroth = new LogPosition(0, 1, POSITION.chain());
        List<LogEntry> run = entries();
        for (Message message : List.of(
                new Message.VoteReply(beyond, true), new Message.VoteReply(-1, true), new Message.TimeoutNow(-1),
                new Message.PreVoteRequest(4, -1, 2), new Message.PreVoteRequest(4, 7, 4),
                new Message.PreVoteReply(4, 4, true), new Message.VoteRequest(4, 7, beyond, true),
                new Message.AppendEntries(2, POSITION, List.of(), 5, 6), new Message.AppendEntries(4, POSITION, run, -1, 6),
                new Message.AppendEntries(4, POSITION, run, 5, beyond), new Message.AppendEntries(4, zeroth, List.of(), 0, 1),
                new Message.AppendEntries(4, POSITION, List.of(run.get(1)), 5, 6),
                new Message.AppendEntries(2, LogPosition.ORIGIN, run, 5, 6),
                new Message.AppendAccepted(4, 1, -1, 2), new Message.AppendAccepted(4, 1, 2, 2),
                new Message.AppendAccepted(4, 1, 1, -2),
                new Message.AppendRejected(4, beyond, 2, 3, 1), new Message.AppendRejected(4, 1, 5, 3, 1),
                new Message.AppendRejected(4, 1, 2, -3, 1), new Message.ReadIndexRequest(4, 0),
                new Message.ReadIndexReply(4, -5, 3), new Message.ReadIndexReply(4, 5, -2),
                new Message.InstallSnapshot(2, POSITION, 2, 9, Message.Piece.IMAGE, Bytes.EMPTY, 1),
                new Message.InstallSnapshot(4, POSITION, -1, 9, Message.Piece.IMAGE, Bytes.EMPTY, 1),
                new Message.InstallSnapshot(4, POSITION, 1, -9, Message.Piece.IMAGE, Bytes.EMPTY, 1),
                new Message.InstallSnapshotReply(4, 7, -1, 3, true, 1), new Message.InstallSnapshotReply(4, 7, 1, -3, true, 1),
                new Message.InstallSnapshotReply(4, beyond, 1, 3, true, 1))) {
            assertNull(MessageCodec.decode(2, MessageCodec.encode(SENDER, message)), message.toString());
        }
        Message fine = new Message.VoteReply(4, true);
        for (Sender sender : List.of(
                new Sender(2, Digest.ZERO, 0, 1), new Sender(2, SENDER.disk(), -1, 1), new Sender(2, SENDER.disk(), 0, -1))) {
            assertNull(MessageCodec.decode(2, MessageCodec.encode(sender, fine)), sender.toString());
        }
        assertNull(MessageCodec.decode(0, MessageCodec.encode(SENDER, fine)));
    }

    @Test
    @DisplayName("an entry of a run that stands nowhere makes the run none")
    void placeless() {
        for (long[] place : new long[][] {{0, 1}, {-1, 1}, {1, -1}, {WireBounds.NUMBER_MAX + 1, 1}}) {
            LogEntry entry = new LogEntry(place[0], place[1], EntryType.NOOP, Bytes.EMPTY, Digest.ZERO, Digest.ZERO);
            assertNull(MessageCodec.decodeEntries(MessageCodec.encodeEntries(List.of(entry))), entry.toString());
        }
    }

    @Test
    @DisplayName("a length or a number of entries that the packet does not have is not believed")
    void lengths() {
        byte[] packet = MessageCodec.encode(SENDER, new Message.AppendEntries(4, POSITION, entries(), 5, 6)).toArray();
        int count = 2 + 16 + 8 + 8 + 8 + 32 + 16;
        for (byte hostile : new byte[] {(byte) 0x80, 0x7F}) {
            byte[] damaged = packet.clone();
            damaged[count + 3] = hostile;
            assertNull(MessageCodec.decode(2, Bytes.wrap(damaged)));
        }
    }

    @Property(tries = 2_000)
    @Label("random bytes are read as a message or as none, and nothing is thrown")
    void noise(@ForAll @Size(max = 200) byte[] bytes) {
        reads(bytes);
    }

    @Property(tries = 2_000)
    @Label("so are messages in which some bytes are others")
    void damage(@ForAll long draw, @ForAll @Size(min = 1, max = 4) byte[] noise) {
        List<Message> messages = messages();
        byte[] packet = MessageCodec.encode(SENDER, messages.get((int) Long.remainderUnsigned(draw, messages.size()))).toArray();
        for (int i = 0; i < noise.length; i++) {
            packet[(int) Long.remainderUnsigned(draw >>> 8 * i, packet.length)] = noise[i];
        }
        reads(packet);
    }

    /// A message that was read must be one that can be sent.
    private static void reads(byte[] bytes) {
        Packet packet = MessageCodec.decode(2, Bytes.wrap(bytes));
        if (packet != null) {
            assertEquals(packet, MessageCodec.decode(2, MessageCodec.encode(packet.sender(), packet.message())));
        }
    }
}
