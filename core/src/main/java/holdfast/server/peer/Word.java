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

    default Bytes encode() {
        return switch (this) {
            case Packet word -> {
                byte[] bytes = new byte[PACKET_HEADER_BYTES + word.packet().size()];
                bytes[0] = PACKET;
                word.packet().copyTo(bytes, PACKET_HEADER_BYTES);
                yield Bytes.wrap(bytes);
            }
            case Ask word -> numbered(ASK, word.id(), word.question());
            case Tell word -> numbered(TELL, word.id(), word.answer());
            case Ping word -> numbered(PING, word.number(), Bytes.EMPTY);
            case Echo word -> numbered(ECHO, word.number(), Bytes.EMPTY);
            case Unknown _ -> throw new IllegalStateException("nobody says what nobody knows");
        };
    }

    private static Bytes numbered(byte kind, long id, Bytes body) {
        byte[] bytes = new byte[NUMBERED_HEADER_BYTES + body.size()];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).put(kind).putLong(id);
        body.copyTo(bytes, NUMBERED_HEADER_BYTES);
        return Bytes.wrap(bytes);
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
