package holdfast.stream;

import holdfast.Bytes;
import holdfast.Check;
import java.nio.ByteBuffer;

/// What a command says only sometimes. Each section is announced by its flag and stands in the order of the
/// flags, between the command's texts and its records. A section that would say nothing must not be there: so
/// a command still has exactly one encoding.
///
/// ```
/// flag  section                  bytes
///    2  stamp                    millis u64, gateway u32, session u64, number u64, floor u64
///    4  content type             length u16, UTF-8
///    8  sequence                 length u16, bytes
///   16  time to live             seconds u64
///   32  time of expiry           milliseconds u64
///   64  fork                     incarnation i64, offset i64, anchor i64, subOffset u64, source: length u16, UTF-8
/// ```
record CommandSections(
        Stamp stamp, String contentType, Bytes sequence, long ttlSeconds, long expiresAtMillis, Setup.Fork fork) {

    static final int FLAG_STAMP = 2;
    static final int FLAG_CONTENT_TYPE = 4;
    static final int FLAG_SEQUENCE = 8;
    static final int FLAG_TTL = 16;
    static final int FLAG_EXPIRES_AT = 32;
    static final int FLAG_FORK = 64;
    static final int FLAGS =
            FLAG_STAMP | FLAG_CONTENT_TYPE | FLAG_SEQUENCE | FLAG_TTL | FLAG_EXPIRES_AT | FLAG_FORK;

    private static final int FORK_BYTES = 8 + 8 + 8 + 8;

    static CommandSections of(Command command) {
        return switch (command) {
            case Command.Create c -> of(c.setup(), c.stamp());
            case Command.Append a -> new CommandSections(
                    a.stamp(), a.contentType(), a.sequence(), Setup.NEVER, Setup.NEVER, Setup.Fork.NONE);
            case Command.Close _, Command.Delete _, Command.Touch _ -> of(Setup.PLAIN, command.stamp());
        };
    }

    private static CommandSections of(Setup setup, Stamp stamp) {
        return new CommandSections(
                stamp, setup.contentType(), Bytes.EMPTY, setup.ttlSeconds(), setup.expiresAtMillis(), setup.fork());
    }

    Setup setup() {
        return new Setup(contentType, ttlSeconds, expiresAtMillis, fork);
    }

    int flags() {
        return (stamp.equals(Stamp.NONE) ? 0 : FLAG_STAMP)
                | (contentType.isEmpty() ? 0 : FLAG_CONTENT_TYPE)
                | (sequence.isEmpty() ? 0 : FLAG_SEQUENCE)
                | (ttlSeconds == Setup.NEVER ? 0 : FLAG_TTL)
                | (expiresAtMillis == Setup.NEVER ? 0 : FLAG_EXPIRES_AT)
                | (fork.isNone() ? 0 : FLAG_FORK);
    }

    int bytes() {
        int flags = flags();
        return (has(flags, FLAG_STAMP) ? Stamp.BYTES : 0)
                + (has(flags, FLAG_CONTENT_TYPE) ? ImageBytes.textBytes(contentType) : 0)
                + (has(flags, FLAG_SEQUENCE) ? Short.BYTES + sequence.size() : 0)
                + (has(flags, FLAG_TTL) ? Long.BYTES : 0)
                + (has(flags, FLAG_EXPIRES_AT) ? Long.BYTES : 0)
                + (has(flags, FLAG_FORK) ? FORK_BYTES + ImageBytes.textBytes(fork.source()) : 0);
    }

    void encode(ByteBuffer out) {
        int flags = flags();
        if (has(flags, FLAG_STAMP)) {
            out.putLong(stamp.millis()).putInt(stamp.gateway());
            out.putLong(stamp.session()).putLong(stamp.number()).putLong(stamp.floor());
        }
        if (has(flags, FLAG_CONTENT_TYPE)) {
            ImageBytes.putText(out, contentType);
        }
        if (has(flags, FLAG_SEQUENCE)) {
            ImageBytes.putBytes(out, sequence);
        }
        if (has(flags, FLAG_TTL)) {
            out.putLong(ttlSeconds);
        }
        if (has(flags, FLAG_EXPIRES_AT)) {
            out.putLong(expiresAtMillis);
        }
        if (has(flags, FLAG_FORK)) {
            out.putLong(fork.incarnation()).putLong(fork.offset()).putLong(fork.anchor()).putLong(fork.subOffset());
            ImageBytes.putText(out, fork.source());
        }
    }

    static CommandSections decode(ByteBuffer in, int flags) {
        Stamp stamp = has(flags, FLAG_STAMP)
                ? new Stamp(in.getLong(), in.getInt(), in.getLong(), in.getLong(), in.getLong())
                : Stamp.NONE;
        String contentType = has(flags, FLAG_CONTENT_TYPE) ? ImageBytes.text(in) : "";
        Bytes sequence = has(flags, FLAG_SEQUENCE) ? ImageBytes.bytes(in) : Bytes.EMPTY;
        long ttlSeconds = has(flags, FLAG_TTL) ? in.getLong() : Setup.NEVER;
        long expiresAtMillis = has(flags, FLAG_EXPIRES_AT) ? in.getLong() : Setup.NEVER;
        Setup.Fork fork = has(flags, FLAG_FORK) ? decodeFork(in) : Setup.Fork.NONE;
        CommandSections sections =
                new CommandSections(stamp, contentType, sequence, ttlSeconds, expiresAtMillis, fork);
        Check.that(sections.flags() == (flags & FLAGS), "a section that is there says something", flags, FLAGS);
        return sections;
    }

    private static Setup.Fork decodeFork(ByteBuffer in) {
        long incarnation = in.getLong();
        long offset = in.getLong();
        long anchor = in.getLong();
        long subOffset = in.getLong();
        return new Setup.Fork(ImageBytes.text(in), incarnation, offset, anchor, subOffset);
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
