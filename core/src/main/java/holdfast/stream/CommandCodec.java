package holdfast.stream;

import holdfast.Bytes;
import holdfast.Check;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The bytes of a command in the log, version 1, little-endian (`docs/format.md`, "Commands").
///
/// ```
/// every command              an append goes on with          then
///   0 version u8 = 1           8 records u32                   name, UTF-8
///   1 kind u8                 12 expectedTail i64, -1 = any    producer id, UTF-8
///   2 flags u16               20 epoch u64                     sections, as the flags say
///   4 nameBytes u16           28 seq u64                       records: each its length u32, then its bytes
///   6 idBytes u16, 0 = none
///
/// flags   1 close        append and create
///         2..64          sections: CommandSections
///       128 records      create: goes on with a number of records u32, not 0, before the name
///       256 renew        touch
/// ```
///
/// There is exactly one encoding of a command. Integrity is the log's part; whatever does not decode here was
/// committed by a bug, so it breaks an invariant instead of being refused.
public final class CommandCodec {

    private static final byte VERSION = 1;

    private static final int CREATE = 1;
    private static final int APPEND = 2;
    private static final int CLOSE = 3;
    private static final int DELETE = 4;
    private static final int TOUCH = 5;

    private static final int FLAG_CLOSE = 1;
    private static final int FLAG_RECORDS = 128;
    private static final int FLAG_RENEW = 256;

    private static final int AT_FLAGS = 2;
    private static final int HEADER_BYTES = 8;
    private static final int APPEND_BYTES = 4 + 8 + 8 + 8;
    private static final int TEXT_BYTES_MAX = 0xFFFF;

    private CommandCodec() {}

    /// Why the command must not be proposed, in one sentence; empty if it may. `bytesMax` bounds its encoded
    /// size; the other bounds are [CommandBounds].
    public static String refusal(Command command, long bytesMax) {
        return CommandBounds.refusal(command, bytesMax);
    }

    // ---- encode --------------------------------------------------------------------------------------------

    public static Bytes encode(Command command) {
        return encode(Bytes.EMPTY, command);
    }

    /// The same behind these bytes, in one piece.
    public static Bytes encode(Bytes before, Command command) {
        long size = before.size() + encodedBytes(command);
        Check.that(size <= Integer.MAX_VALUE, "a command was judged before it is encoded", size, Integer.MAX_VALUE);
        ByteBuffer out = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN).put(before.buffer());
        CommandSections sections = CommandSections.of(command);
        int flags = sections.flags();
        switch (command) {
            case Command.Create create -> encodeCreate(out, create, flags);
            case Command.Append append -> encodeAppend(out, append, flags);
            case Command.Close _ -> encodeName(out, CLOSE, command, flags);
            case Command.Delete _ -> encodeName(out, DELETE, command, flags);
            case Command.Touch touch -> encodeName(out, TOUCH, command, flags | (touch.renew() ? FLAG_RENEW : 0));
        }
        sections.encode(out);
        putRecords(out, recordsOf(command));
        Check.that(!out.hasRemaining(), "a command fills its buffer", out.position(), out.limit());
        return Bytes.wrap(out.array());
    }

    /// The size of [#encode]'s answer, without making it.
    static long encodedBytes(Command command) {
        long bytes = HEADER_BYTES + Utf8.length(command.stream()) + CommandSections.of(command).bytes();
        return switch (command) {
            case Command.Create create -> bytes + bytesOf(create.records())
                    + (create.records().isEmpty() ? 0 : Integer.BYTES);
            case Command.Append append -> bytes + bytesOf(append.records())
                    + APPEND_BYTES + Utf8.length(append.producer().id());
            case Command.Close _, Command.Delete _, Command.Touch _ -> bytes;
        };
    }

    private static List<Bytes> recordsOf(Command command) {
        return switch (command) {
            case Command.Create create -> create.records();
            case Command.Append append -> append.records();
            case Command.Close _, Command.Delete _, Command.Touch _ -> List.of();
        };
    }

    private static long bytesOf(List<Bytes> records) {
        long bytes = 0;
        for (Bytes record : records) {
            bytes += Integer.BYTES + record.size();
        }
        return bytes;
    }

    private static void encodeName(ByteBuffer out, int kind, Command command, int flags) {
        Bytes name = Bytes.utf8(command.stream());
        putHeader(out, kind, flags, name.size(), 0);
        out.put(name.buffer());
    }

    private static void encodeCreate(ByteBuffer out, Command.Create create, int flags) {
        int more = (create.close() ? FLAG_CLOSE : 0) | (create.records().isEmpty() ? 0 : FLAG_RECORDS);
        Bytes name = Bytes.utf8(create.stream());
        putHeader(out, CREATE, flags | more, name.size(), 0);
        if (!create.records().isEmpty()) {
            out.putInt(create.records().size());
        }
        out.put(name.buffer());
    }

    private static void encodeAppend(ByteBuffer out, Command.Append append, int flags) {
        Bytes name = Bytes.utf8(append.stream());
        Bytes id = Bytes.utf8(append.producer().id());
        putHeader(out, APPEND, flags | (append.close() ? FLAG_CLOSE : 0), name.size(), id.size());
        out.putInt(append.records().size()).putLong(append.expectedTail());
        out.putLong(append.producer().epoch()).putLong(append.producer().seq());
        out.put(name.buffer()).put(id.buffer());
    }

    private static void putRecords(ByteBuffer out, List<Bytes> records) {
        for (Bytes record : records) {
            out.putInt(record.size());
            record.copyTo(out.array(), out.position());
            out.position(out.position() + record.size());
        }
    }

    private static void putHeader(ByteBuffer out, int kind, int flags, int nameBytes, int idBytes) {
        Check.that(nameBytes <= TEXT_BYTES_MAX && idBytes <= TEXT_BYTES_MAX, "texts fit", nameBytes, idBytes);
        out.put(VERSION).put((byte) kind).putShort((short) flags);
        out.putShort((short) nameBytes).putShort((short) idBytes);
    }

    // ---- decode --------------------------------------------------------------------------------------------

    /// The command that was committed. Its records share the payload's storage.
    public static Command decode(Bytes payload) {
        try {
            return read(payload);
        } catch (BufferUnderflowException _) {
            throw new Check.InvariantBroken("a command of " + payload.size() + " bytes is cut short");
        }
    }

    /// As [#decode], for bytes that another node sent and no log has taken yet: null if they are no command.
    /// A broken invariant is the sender's here, not ours.
    public static Command decodeUntrusted(Bytes payload) {
        try {
            return decode(payload);
        } catch (Check.InvariantBroken _) {
            return null;
        }
    }

    /// Whether another node's bytes are a command that the machine could apply: one that decodes, within [CommandBounds].
    /// The sender's bound on its size may be another one than ours.
    public static boolean isCommand(Bytes payload) {
        Command command = decodeUntrusted(payload);
        return command != null && refusal(command, Long.MAX_VALUE).isEmpty();
    }

    /// The records of an append or of a creation, without copying: they share the payload's storage. The list
    /// is unmodifiable.
    public static List<Bytes> records(Bytes payload) {
        return switch (decode(payload)) {
            case Command.Create create -> create.records();
            case Command.Append append -> append.records();
            case Command.Close _, Command.Delete _, Command.Touch _ ->
                    throw new Check.InvariantBroken("only creations and appends have records");
        };
    }

    private static Command read(Bytes payload) {
        ByteBuffer in = payload.buffer();
        byte version = in.get();
        Check.that(version == VERSION, "a command is of version 1", version, VERSION);
        int kind = in.get();
        int flags = Short.toUnsignedInt(in.getShort());
        int nameBytes = Short.toUnsignedInt(in.getShort());
        int idBytes = Short.toUnsignedInt(in.getShort());
        Check.that((flags & ~allowed(kind)) == 0, "a command has its kind's flags", flags, allowed(kind));
        Check.that(kind == APPEND || idBytes == 0, "only appends have a producer", idBytes, 0);
        return switch (kind) {
            case CREATE -> readCreate(payload, in, flags, nameBytes);
            case APPEND -> readAppend(payload, in, flags, nameBytes, idBytes);
            default -> readPlain(kind, payload, in, flags, nameBytes);
        };
    }

    private static int allowed(int kind) {
        int life = CommandSections.FLAG_CONTENT_TYPE | CommandSections.FLAG_TTL | CommandSections.FLAG_EXPIRES_AT;
        int append = CommandSections.FLAG_CONTENT_TYPE | CommandSections.FLAG_SEQUENCE;
        return CommandSections.FLAG_STAMP | switch (kind) {
            case CREATE -> FLAG_CLOSE | FLAG_RECORDS | life | CommandSections.FLAG_FORK;
            case APPEND -> FLAG_CLOSE | append;
            case CLOSE, DELETE -> 0;
            case TOUCH -> FLAG_RENEW;
            default -> throw new Check.InvariantBroken("a command of kind " + kind);
        };
    }

    private static Command readPlain(int kind, Bytes payload, ByteBuffer in, int flags, int nameBytes) {
        String name = text(payload, in, nameBytes);
        Stamp stamp = CommandSections.decode(in, flags).stamp();
        Check.that(!in.hasRemaining(), "a command ends with its last section", in.position(), in.limit());
        return switch (kind) {
            case CLOSE -> new Command.Close(name, stamp);
            case DELETE -> new Command.Delete(name, stamp);
            case TOUCH -> new Command.Touch(name, (flags & FLAG_RENEW) != 0, stamp);
            default -> throw new Check.InvariantBroken("a command of kind " + kind);
        };
    }

    private static Command readCreate(Bytes payload, ByteBuffer in, int flags, int nameBytes) {
        boolean hasRecords = (flags & FLAG_RECORDS) != 0;
        int count = hasRecords ? in.getInt() : 0;
        Check.that(!hasRecords || count != 0, "records that are announced are there", count, 1);
        String name = text(payload, in, nameBytes);
        CommandSections sections = CommandSections.decode(in, flags);
        List<Bytes> records = readRecords(payload, in, count);
        return new Command.Create(name, sections.setup(), records, (flags & FLAG_CLOSE) != 0, sections.stamp());
    }

    private static Command readAppend(Bytes payload, ByteBuffer in, int flags, int nameBytes, int idBytes) {
        int count = in.getInt();
        long expectedTail = in.getLong();
        long epoch = in.getLong();
        long seq = in.getLong();
        Check.that(idBytes > 0 || epoch == 0 && seq == 0, "an epoch and a seq need a producer's id", epoch, seq);
        String name = text(payload, in, nameBytes);
        String id = text(payload, in, idBytes);
        CommandSections sections = CommandSections.decode(in, flags);
        return new Command.Append(
                name,
                readRecords(payload, in, count),
                expectedTail,
                idBytes == 0 ? Command.Producer.NONE : new Command.Producer(id, epoch, seq),
                (flags & FLAG_CLOSE) != 0,
                sections.contentType(),
                sections.sequence(),
                sections.stamp());
    }

    private static String text(Bytes payload, ByteBuffer in, int bytes) {
        return Utf8.decode(slice(payload, in, bytes));
    }

    private static List<Bytes> readRecords(Bytes payload, ByteBuffer in, int count) {
        int room = in.remaining() / Integer.BYTES;
        Check.that(count >= 0 && count <= room, "the records fit into their command", count, room);
        ArrayList<Bytes> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(slice(payload, in, in.getInt()));
        }
        Check.that(!in.hasRemaining(), "a command ends with its last record", in.position(), in.limit());
        return Collections.unmodifiableList(records);
    }

    /// The next bytes, sharing the payload's storage.
    private static Bytes slice(Bytes payload, ByteBuffer in, int bytes) {
        Check.that(bytes >= 0 && bytes <= in.remaining(), "a command is whole", bytes, in.remaining());
        int at = in.position();
        in.position(at + bytes);
        return payload.slice(at, at + bytes);
    }
}
