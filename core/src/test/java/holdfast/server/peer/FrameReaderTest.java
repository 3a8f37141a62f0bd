package holdfast.server.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

    private static final int PAYLOAD_MAX = 1 << 20;

    private static byte[] concatenated(List<Bytes> payloads) {
        byte[] all = new byte[payloads.stream().mapToInt(payload -> Frame.of(payload).bytes()).sum()];
        int at = 0;
        for (Bytes payload : payloads) {
            byte[] frame = Frame.of(payload).toArray();
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        return all;
    }

    @Test
    @DisplayName("frames come out as they went in, whichever two pieces the bytes arrive in")
    void everySplit() {
        List<Bytes> payloads = List.of(Bytes.utf8("a"), Bytes.utf8("a longer one"), Bytes.wrap(new byte[300]));
        byte[] all = concatenated(payloads);

        for (int cut = 0; cut <= all.length; cut++) {
            FrameReader reader = new FrameReader(PAYLOAD_MAX);
            List<Bytes> out = new ArrayList<>();
            assertTrue(reader.take(all, 0, cut, out::add));
            assertTrue(reader.take(all, cut, all.length, out::add));
            assertEquals(payloads, out, "cut at " + cut);
        }
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    @Label("and in pieces of any one size")
    void pieces(
            @ForAll @Size(max = 20) List<@NotEmpty byte[]> contents, @ForAll @IntRange(min = 1, max = 64) int piece) {
        List<Bytes> payloads = contents.stream().map(Bytes::wrap).toList();
        byte[] all = concatenated(payloads);
        FrameReader reader = new FrameReader(PAYLOAD_MAX);
        List<Bytes> out = new ArrayList<>();

        for (int at = 0; at < all.length; at += piece) {
            assertTrue(reader.take(all, at, Math.min(all.length, at + piece), out::add));
        }

        assertEquals(payloads, out);
    }

    @Test
    @DisplayName("every single flipped bit is noticed, and nothing behind it is believed")
    void everyBit() {
        byte[] all = concatenated(List.of(Bytes.utf8("twelve bytes"), Bytes.utf8("next")));
        int firstFrame = Frame.HEADER_BYTES + 12;

        for (int bit = 0; bit < firstFrame * 8; bit++) {
            byte[] damaged = all.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            FrameReader reader = new FrameReader(PAYLOAD_MAX);
            List<Bytes> out = new ArrayList<>();
            reader.take(damaged, 0, damaged.length, out::add);
            assertEquals(List.of(), out, "bit " + bit);
        }
    }

    @Test
    @DisplayName("zeros are no frames")
    void zeros() {
        FrameReader reader = new FrameReader(PAYLOAD_MAX);

        assertFalse(reader.take(new byte[64], 0, 64, _ -> {}));
        assertEquals("a frame of 0 bytes", reader.damage());
    }

    @Test
    @DisplayName("a header that promises much costs no memory before the bytes come")
    void promises() {
        byte[] frame = Frame.of(Bytes.wrap(new byte[PAYLOAD_MAX])).toArray();
        FrameReader reader = new FrameReader(PAYLOAD_MAX);

        reader.take(frame, 0, 100, _ -> {});

        assertTrue(reader.heldBytes() <= 4 << 10, reader.heldBytes() + " bytes held");
    }

    @Test
    @DisplayName("a frame above the bound is damage")
    void tooLarge() {
        byte[] frame = Frame.of(Bytes.wrap(new byte[101])).toArray();
        FrameReader reader = new FrameReader(100);

        assertFalse(reader.take(frame, 0, frame.length, _ -> {}));
        assertEquals("a frame of 101 bytes", reader.damage());
    }
}
