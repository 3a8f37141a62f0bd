package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.Bytes;
import holdfast.Digest;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutcomeCodecTest {

    private static final Digest DIGEST = new Digest(0x0102030405060708L, 0x090a0b0c0d0e0f10L);

    private static final List<Outcome> EVERY_KIND = List.of(
            new Outcome.Created(5, 3, true, DIGEST, "text/plain"),
            new Outcome.AlreadyExists(5, 3, false, true, "\u00e9"),
            new Outcome.Appended(1, 3, 9, DIGEST, true, false, 4),
            new Outcome.DuplicateForgotten(8, 20),
            new Outcome.Closed(20),
            new Outcome.Deleted(),
            new Outcome.Touched(2, true, Long.MAX_VALUE),
            new Outcome.NoSuchStream(),
            new Outcome.Gone(),
            new Outcome.WrongTail(7),
            new Outcome.StreamClosed(7),
            new Outcome.WrongContentType("application/json"),
            new Outcome.SequenceBehind(Bytes.utf8("0010")),
            new Outcome.SequenceGap(3, 5, true),
            new Outcome.Fenced(9),
            new Outcome.ForkRefused(Outcome.ForkRefused.Reason.PAST_TAIL),
            new Outcome.RequestForgotten(7),
            new Outcome.ProducerForgotten(6),
            new Outcome.TooManyProducers(1_500));

    @Test
    @DisplayName("every kind decodes to itself, has the size it was said to have and its own number")
    void everyKind() {
        TreeSet<Byte> kinds = new TreeSet<>();
        for (Outcome outcome : EVERY_KIND) {
            ByteBuffer bytes = encode(outcome);
            assertEquals(0, bytes.remaining() - OutcomeCodec.encodedBytes(outcome));
            kinds.add(bytes.get(0));
            assertEquals(outcome, OutcomeCodec.decode(bytes));
            assertEquals(0, bytes.remaining());
        }
        assertEquals(EVERY_KIND.size(), kinds.size());
        assertEquals(Outcome.class.getPermittedSubclasses().length, kinds.size());
    }

    @Test
    @DisplayName("the bytes of docs/format.md")
    void golden() {
        assertEquals(
                Hex.of(Hex.bytes("""
                        03                                               ; appended
                        01 00 00 00 00 00 00 00 03 00 00 00 00 00 00 00  ; first, next
                        09 00 00 00 00 00 00 00                          ; index
                        01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10  ; digest
                        01 00                                            ; a duplicate, did not close
                        04 00 00 00 00 00 00 00                          ; the producer's newest seq
                        """)),
                Hex.of(Bytes.wrap(encode(EVERY_KIND.get(2)).array())));
    }

    @Test
    @DisplayName("an unknown kind is no outcome, and bytes that are missing are missed")
    void unknown() {
        assertNull(OutcomeCodec.decode(ByteBuffer.wrap(new byte[] {0})));
        assertNull(OutcomeCodec.decode(ByteBuffer.wrap(new byte[] {16, 99})));
        for (Outcome outcome : EVERY_KIND) {
            ByteBuffer bytes = encode(outcome);
            bytes.limit(bytes.limit() - 1);
            assertThrows(BufferUnderflowException.class, () -> OutcomeCodec.decode(bytes));
        }
    }

    private static ByteBuffer encode(Outcome outcome) {
        ByteBuffer out = ByteBuffer.allocate(OutcomeCodec.encodedBytes(outcome)).order(ByteOrder.LITTLE_ENDIAN);
        OutcomeCodec.encode(outcome, out);
        return out.flip();
    }
}
