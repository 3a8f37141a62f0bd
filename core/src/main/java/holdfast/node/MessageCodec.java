package holdfast.node;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Sender;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The bytes of node-to-node messages, version 3, little-endian (`docs/format.md`, "Wire messages"). Integrity
/// is the transport's part; [#decode] still refuses what it cannot read, and numbers that nobody can mean ([WireBounds]),
/// because a peer may run other code.
public final class MessageCodec {

    private static final byte VERSION = 3;
    private static final int HEADER_BYTES = 1 + 1 + Digest.BYTES + 8 + 8 + 8;
    private static final int POSITION_BYTES = 8 + 8 + Digest.BYTES;
    private static final int ENTRY_BYTES = 8 + 8 + 1 + 4 + 2 * Digest.BYTES;
    private static final EntryType[] ENTRY_TYPES = EntryType.values();
    private static final Message.Piece[] PIECES = Message.Piece.values();

    private MessageCodec() {}

    /// `sender` is the node that speaks; its id is not among the bytes, because the connection tells it.
    public static Bytes encode(Sender sender, Message message) {
        return switch (message) {
            case Message.PreVoteRequest m -> done(
                    begin(1, sender, m, 16).putLong(m.lastIndex()).putLong(m.lastTerm()));
            case Message.PreVoteReply m -> done(
                    begin(2, sender, m, 9).putLong(m.askedTerm()).put(flag(m.granted())));
            case Message.VoteRequest m -> done(
                    begin(3, sender, m, 17).putLong(m.lastIndex()).putLong(m.lastTerm()).put(flag(m.transfer())));
            case Message.VoteReply m -> done(begin(4, sender, m, 1).put(flag(m.granted())));
            case Message.AppendEntries m -> encodeAppend(sender, m);
            case Message.AppendAccepted m -> done(
                    begin(6, sender, m, 24).putLong(m.matchedIndex()).putLong(m.durableIndex()).putLong(m.round()));
            case Message.AppendRejected m -> done(begin(7, sender, m, 32)
                    .putLong(m.rejectedIndex()).putLong(m.conflictTerm()).putLong(m.conflictIndex()).putLong(m.round()));
            case Message.InstallSnapshot m -> encodeInstall(sender, m);
            case Message.InstallSnapshotReply m -> done(begin(9, sender, m, 29)
                    .putLong(m.lastIndex()).putInt(m.imageHeld()).putLong(m.lacking()).put(flag(m.installed()))
                    .putLong(m.round()));
            case Message.TimeoutNow m -> done(begin(10, sender, m, 0));
            case Message.ReadIndexRequest m -> done(begin(11, sender, m, 8).putLong(m.id()));
            case Message.ReadIndexReply m -> done(begin(12, sender, m, 16).putLong(m.id()).putLong(m.index()));
        };
    }

    /// What node `from` sends, or null if these bytes are no message.
    public static Packet decode(int from, Bytes packet) {
        ByteBuffer in = packet.buffer();
        try {
            if (in.get() != VERSION) {
                return null;
            }
            int kind = in.get();
            Sender sender = new Sender(from, readDigest(in), in.getLong(), in.getLong());
            Message message = read(kind, in.getLong(), in, packet);
            boolean isMessage = message != null && !in.hasRemaining() && WireBounds.admit(sender, message);
            return isMessage ? new Packet(sender, message) : null;
        } catch (BufferUnderflowException | IndexOutOfBoundsException damaged) {
            return null;
        }
    }

    private static Message read(int kind, long term, ByteBuffer in, Bytes packet) {
        return switch (kind) {
            case 1 -> new Message.PreVoteRequest(term, in.getLong(), in.getLong());
            case 2 -> new Message.PreVoteReply(term, in.getLong(), in.get() != 0);
            case 3 -> new Message.VoteRequest(term, in.getLong(), in.getLong(), in.get() != 0);
            case 4 -> new Message.VoteReply(term, in.get() != 0);
            case 5 -> {
                LogPosition previous = readPosition(in);
                long commitIndex = in.getLong();
                long round = in.getLong();
                yield new Message.AppendEntries(term, previous, readEntries(in, packet), commitIndex, round);
            }
            case 6 -> new Message.AppendAccepted(term, in.getLong(), in.getLong(), in.getLong());
            case 7 -> new Message.AppendRejected(term, in.getLong(), in.getLong(), in.getLong(), in.getLong());
            case 8 -> readInstall(term, in, packet);
            case 9 -> new Message.InstallSnapshotReply(
                    term, in.getLong(), in.getInt(), in.getLong(), in.get() != 0, in.getLong());
            case 10 -> new Message.TimeoutNow(term);
            case 11 -> new Message.ReadIndexRequest(term, in.getLong());
            case 12 -> new Message.ReadIndexReply(term, in.getLong(), in.getLong());
            default -> null;
        };
    }

    private static ByteBuffer begin(int kind, Sender sender, Message message, int bodyBytes) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + bodyBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(VERSION)
                .put((byte) kind);
        put(out, sender.disk());
        return out.putLong(sender.since()).putLong(sender.life()).putLong(message.term());
    }

    private static Bytes done(ByteBuffer out) {
        Check.that(!out.hasRemaining(), "a message fills its buffer", out.position(), out.limit());
        return Bytes.wrap(out.array());
    }

    private static byte flag(boolean value) {
        return (byte) (value ? 1 : 0);
    }

    private static Bytes encodeAppend(Sender sender, Message.AppendEntries m) {
        ByteBuffer out = begin(5, sender, m, POSITION_BYTES + 16 + bytesOf(m.entries()));
        put(out, m.previous());
        out.putLong(m.commitIndex()).putLong(m.round());
        put(out, m.entries());
        return done(out);
    }

    private static Bytes encodeInstall(Sender sender, Message.InstallSnapshot m) {
        ByteBuffer out = begin(8, sender, m, POSITION_BYTES + 4 + 4 + 1 + 8 + 4 + m.data().size());
        put(out, m.last());
        out.putInt(m.position()).putInt(m.imageBytes()).put((byte) m.piece().ordinal()).putLong(m.round());
        put(out, m.data());
        return done(out);
    }

    private static Message readInstall(long term, ByteBuffer in, Bytes packet) {
        LogPosition last = readPosition(in);
        int position = in.getInt();
        int imageBytes = in.getInt();
        Message.Piece piece = PIECES[in.get()];
        long round = in.getLong();
        return new Message.InstallSnapshot(term, last, position, imageBytes, piece, readBytes(in, packet), round);
    }

    /// A run of entries by itself: the payload of a snapshot piece.
    public static Bytes encodeEntries(List<LogEntry> entries) {
        ByteBuffer out = ByteBuffer.allocate(bytesOf(entries)).order(ByteOrder.LITTLE_ENDIAN);
        put(out, entries);
        return done(out);
    }

    /// The entries, or null if these bytes are none.
    public static List<LogEntry> decodeEntries(Bytes data) {
        try {
            return readEntries(data.buffer(), data);
        } catch (BufferUnderflowException | IndexOutOfBoundsException damaged) {
            return null;
        }
    }

    private static int bytesOf(List<LogEntry> entries) {
        int bytes = 4;
        for (LogEntry entry : entries) {
            bytes += ENTRY_BYTES + entry.payload().size();
        }
        return bytes;
    }

    private static void put(ByteBuffer out, List<LogEntry> entries) {
        out.putInt(entries.size());
        for (LogEntry entry : entries) {
            out.putLong(entry.index()).putLong(entry.term()).put((byte) entry.type().ordinal());
            put(out, entry.hash());
            put(out, entry.chain());
            put(out, entry.payload());
        }
    }

    private static List<LogEntry> readEntries(ByteBuffer in, Bytes source) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / ENTRY_BYTES) {
            throw new BufferUnderflowException();
        }
        ArrayList<LogEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long index = in.getLong();
            long term = in.getLong();
            EntryType type = ENTRY_TYPES[in.get()];
            Digest hash = readDigest(in);
            Digest chain = readDigest(in);
            LogEntry entry = new LogEntry(index, term, type, readBytes(in, source), hash, chain);
            if (!WireBounds.isPlaced(entry)) {
                throw new IndexOutOfBoundsException();
            }
            entries.add(entry);
        }
        return List.copyOf(entries);
    }

    private static void put(ByteBuffer out, LogPosition position) {
        out.putLong(position.index()).putLong(position.term());
        put(out, position.chain());
    }

    private static LogPosition readPosition(ByteBuffer in) {
        return new LogPosition(in.getLong(), in.getLong(), readDigest(in));
    }

    private static void put(ByteBuffer out, Digest digest) {
        out.putLong(digest.high()).putLong(digest.low());
    }

    private static Digest readDigest(ByteBuffer in) {
        return new Digest(in.getLong(), in.getLong());
    }

    private static void put(ByteBuffer out, Bytes bytes) {
        out.putInt(bytes.size());
        bytes.copyTo(out.array(), out.position());
        out.position(out.position() + bytes.size());
    }

    /// What is nearly all of its source shares it; the rest is copied, so that no few bytes keep many.
    private static Bytes readBytes(ByteBuffer in, Bytes source) {
        int size = in.getInt();
        if (size < 0 || size > in.remaining()) {
            throw new BufferUnderflowException();
        }
        int from = in.position();
        in.position(from + size);
        Bytes bytes = source.slice(from, from + size);
        return source.size() - size <= size / 8 ? bytes : Bytes.wrap(bytes.toArray());
    }
}
