package holdfast.stream;

import holdfast.Bytes;
import holdfast.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The bytes of an outcome, little-endian: in the machine's image, and between the node that applied a command
/// and the one that was asked. A kind, then:
///
/// ```
///  1 created             incarnation u64, tail u64, closed u8, digest 16, contentType: length u16, UTF-8
///  2 already exists      incarnation u64, tail u64, closed u8, asAsked u8, contentType: length u16, UTF-8
///  3 appended            first u64, next u64, index u64, digest 16, duplicate u8, closed u8, lastSeq i64
///  4 duplicate forgotten lastSeq u64, tail u64
///  5 closed              tail u64
///  6 deleted
///  7 touched             tail u64, closed u8, due i64
///  8 no such stream
///  9 gone
/// 10 wrong tail          tail u64
/// 11 stream closed       tail u64
/// 12 wrong content type  the stream's: length u16, UTF-8
/// 13 sequence behind     the last: length u16, bytes
/// 14 sequence gap        expected u64, received u64, newEpoch u8
/// 15 fenced              epoch u64
/// 16 fork refused        reason u8
/// 17 request forgotten   session u64
/// 18 producer forgotten  epoch u64
/// 19 too many producers  wait u64, milliseconds
/// ```
public final class OutcomeCodec {

    private static final Outcome.ForkRefused.Reason[] REASONS = Outcome.ForkRefused.Reason.values();

    private OutcomeCodec() {}

    public static int encodedBytes(Outcome outcome) {
        return 1 + switch (outcome) {
            case Outcome.Created o -> 8 + 8 + 1 + Digest.BYTES + ImageBytes.textBytes(o.contentType());
            case Outcome.AlreadyExists o -> 8 + 8 + 1 + 1 + ImageBytes.textBytes(o.contentType());
            case Outcome.Appended _ -> 8 + 8 + 8 + Digest.BYTES + 1 + 1 + 8;
            case Outcome.DuplicateForgotten _ -> 8 + 8;
            case Outcome.Closed _, Outcome.WrongTail _, Outcome.StreamClosed _, Outcome.Fenced _,
                    Outcome.RequestForgotten _, Outcome.ProducerForgotten _, Outcome.TooManyProducers _ -> 8;
            case Outcome.Touched _ -> 8 + 1 + 8;
            case Outcome.WrongContentType o -> ImageBytes.textBytes(o.streams());
            case Outcome.SequenceBehind o -> Short.BYTES + o.last().size();
            case Outcome.SequenceGap _ -> 8 + 8 + 1;
            case Outcome.ForkRefused _ -> 1;
            case Outcome.Deleted _, Outcome.NoSuchStream _, Outcome.Gone _ -> 0;
        };
    }

    public static void encode(Outcome outcome, ByteBuffer out) {
        switch (outcome) {
            case Outcome.Created o -> encode(o, out);
            case Outcome.AlreadyExists o -> encode(o, out);
            case Outcome.Appended o -> encode(o, out);
            case Outcome.DuplicateForgotten o -> kind(4, out).putLong(o.lastSeq()).putLong(o.tail());
            case Outcome.Closed o -> kind(5, out).putLong(o.tail());
            case Outcome.Deleted _ -> kind(6, out);
            case Outcome.Touched o -> kind(7, out).putLong(o.tail()).put(flag(o.closed())).putLong(o.dueMillis());
            case Outcome.NoSuchStream _ -> kind(8, out);
            case Outcome.Gone _ -> kind(9, out);
            case Outcome.WrongTail o -> kind(10, out).putLong(o.tail());
            case Outcome.StreamClosed o -> kind(11, out).putLong(o.tail());
            case Outcome.WrongContentType o -> ImageBytes.putText(kind(12, out), o.streams());
            case Outcome.SequenceBehind o -> ImageBytes.putBytes(kind(13, out), o.last());
            case Outcome.SequenceGap o -> kind(14, out)
                    .putLong(o.expectedSeq()).putLong(o.receivedSeq()).put(flag(o.newEpoch()));
            case Outcome.Fenced o -> kind(15, out).putLong(o.currentEpoch());
            case Outcome.ForkRefused o -> kind(16, out).put((byte) o.reason().ordinal());
            case Outcome.RequestForgotten o -> kind(17, out).putLong(o.session());
            case Outcome.ProducerForgotten o -> kind(18, out).putLong(o.epoch());
            case Outcome.TooManyProducers o -> kind(19, out).putLong(o.waitMillis());
        }
    }

    private static void encode(Outcome.Created o, ByteBuffer out) {
        kind(1, out).putLong(o.incarnation()).putLong(o.tail()).put(flag(o.closed()));
        ImageBytes.putDigest(out, o.digest());
        ImageBytes.putText(out, o.contentType());
    }

    private static void encode(Outcome.AlreadyExists o, ByteBuffer out) {
        kind(2, out).putLong(o.incarnation()).putLong(o.tail()).put(flag(o.closed())).put(flag(o.asAsked()));
        ImageBytes.putText(out, o.contentType());
    }

    private static void encode(Outcome.Appended o, ByteBuffer out) {
        kind(3, out).putLong(o.first()).putLong(o.next()).putLong(o.index());
        ImageBytes.putDigest(out, o.digest());
        out.put(flag(o.duplicate())).put(flag(o.closed())).putLong(o.lastSeq());
    }

    private static ByteBuffer kind(int kind, ByteBuffer out) {
        return out.put((byte) kind);
    }

    private static byte flag(boolean value) {
        return (byte) (value ? 1 : 0);
    }

    /// The outcome, or null if its kind is unknown. Throws [java.nio.BufferUnderflowException] where bytes are
    /// missing.
    public static Outcome decode(ByteBuffer in) {
        int kind = in.get();
        return switch (kind) {
            case 1 -> new Outcome.Created(
                    in.getLong(), in.getLong(), bool(in), ImageBytes.digest(in), text(in));
            case 2 -> new Outcome.AlreadyExists(in.getLong(), in.getLong(), bool(in), bool(in), text(in));
            case 3 -> new Outcome.Appended(
                    in.getLong(), in.getLong(), in.getLong(), ImageBytes.digest(in), bool(in), bool(in), in.getLong());
            case 4 -> new Outcome.DuplicateForgotten(in.getLong(), in.getLong());
            case 5 -> new Outcome.Closed(in.getLong());
            case 6 -> new Outcome.Deleted();
            case 7 -> new Outcome.Touched(in.getLong(), bool(in), in.getLong());
            case 8 -> new Outcome.NoSuchStream();
            case 9 -> new Outcome.Gone();
            case 10 -> new Outcome.WrongTail(in.getLong());
            case 11 -> new Outcome.StreamClosed(in.getLong());
            case 12 -> new Outcome.WrongContentType(text(in));
            case 13 -> new Outcome.SequenceBehind(ImageBytes.bytes(in));
            case 14 -> new Outcome.SequenceGap(in.getLong(), in.getLong(), bool(in));
            case 15 -> new Outcome.Fenced(in.getLong());
            case 16 -> forkRefused(in.get());
            case 17 -> new Outcome.RequestForgotten(in.getLong());
            case 18 -> new Outcome.ProducerForgotten(in.getLong());
            case 19 -> new Outcome.TooManyProducers(in.getLong());
            default -> null;
        };
    }

    private static Outcome forkRefused(int reason) {
        return reason >= 0 && reason < REASONS.length ? new Outcome.ForkRefused(REASONS[reason]) : null;
    }

    private static boolean bool(ByteBuffer in) {
        return in.get() != 0;
    }

    /// As it comes: a peer's text is shown to people, and compared with nothing.
    private static String text(ByteBuffer in) {
        return ImageBytes.bytes(in).utf8();
    }

    /// The outcome alone, as bytes.
    static Bytes encoded(Outcome outcome) {
        ByteBuffer bytes = ByteBuffer.allocate(encodedBytes(outcome)).order(ByteOrder.LITTLE_ENDIAN);
        encode(outcome, bytes);
        return Bytes.wrap(bytes.array());
    }
}
