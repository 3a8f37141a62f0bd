package holdfast.server.peer;

import holdfast.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// What a frame after the greeting says, by its first byte: 0 a packet of the node, 1 a question with the asker's
/// number, 2 the answer to one, 3 a ping with a number, 4 its echo, on the same connection. A kind that this version does
/// not know is skipped: a newer one may have it.
sealed interface Word {

    record Packet(Bytes packet) implements Word {}

    record Ask(long id, Bytes question) implements Word {}

    record Tell(long id, Bytes answer) implements Word {}

    /// "Does this connection live?"
    record Ping(long number) implements Word {}

    record Echo(long number) implements Word {}

    record Unknown() implements Word {}

    byte PACKET = 0;
    byte ASK = 1;
    byte TELL = 2;
    byte PING = 3;
    byte ECHO = 4;

    /// The kind, and the number where there is one.
    int PACKET_HEADER_BYTES = 1;
    int NUMBERED_HEADER_BYTES = 1 + Long.BYTES;

    /// What stands before the body.
    private byte[] head() {
        return switch (this) {
            case Packet _ -> new byte[] {PACKET};
            case Ask word -> numbered(ASK, word.id());
            case Tell word -> numbered(TELL, word.id());
            case Ping word -> numbered(PING, word.number());
            case Echo word -> numbered(ECHO, word.number());
            case Unknown _ -> throw new IllegalStateException("nobody says what nobody knows");
        };
    }

    private static byte[] numbered(byte kind, long number) {
        byte[] head = new byte[NUMBERED_HEADER_BYTES];
        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).put(kind).putLong(number);
        return head;
    }

    /// What is said; shared and not copied, because it may be large.
    private Bytes body() {
        return switch (this) {
            case Packet word -> word.packet();
            case Ask word -> word.question();
            case Tell word -> word.answer();
            case Ping _, Echo _, Unknown _ -> Bytes.EMPTY;
        };
    }

    default Frame frame() {
        return new Frame(Bytes.wrap(head()), body());
    }

    static Word decode(Bytes frame) {
        byte kind = frame.isEmpty() ? -1 : frame.get(0);
        if (kind == PACKET) {
            return new Packet(frame.slice(PACKET_HEADER_BYTES, frame.size()));
        }
        if (kind < ASK || kind > ECHO || frame.size() < NUMBERED_HEADER_BYTES) {
            return new Unknown();
        }
        long number = frame.buffer().getLong(1);
        Bytes body = frame.slice(NUMBERED_HEADER_BYTES, frame.size());
        return switch (kind) {
            case ASK -> new Ask(number, body);
            case TELL -> new Tell(number, body);
            case PING -> new Ping(number);
            default -> new Echo(number);
        };
    }
}
