package holdfast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BytesTest {

    private static final Bytes WORD = Bytes.utf8("holdfast");

    @Test
    @DisplayName("compare by content, wherever it is stored, so that records that hold them do")
    void content() {
        record Holder(Bytes bytes) {}
        Bytes slice = Bytes.utf8("a holdfast b").slice(2, 10);
        assertEquals(WORD, slice);
        assertEquals(slice, WORD);
        assertEquals(WORD.hashCode(), slice.hashCode());
        assertEquals(new Holder(WORD), new Holder(slice));
        assertNotEquals(WORD, Bytes.utf8("holdfasT"));
        assertNotEquals(WORD, WORD.slice(0, 7));
        assertNotEquals(WORD, "holdfast");
        assertEquals(Bytes.EMPTY, WORD.slice(3, 3));
    }

    @Property(tries = 300)
    @Label("a slice is what an array copied from there would be")
    void slices(@ForAll @Size(max = 40) byte[] bytes, @ForAll long draw) {
        int from = (int) Long.remainderUnsigned(draw, bytes.length + 1);
        int to = from + (int) Long.remainderUnsigned(draw >>> 20, bytes.length + 1 - from);
        Bytes slice = Bytes.wrap(bytes).slice(from, to);
        Bytes copy = Bytes.copyOf(bytes, from, to);
        assertEquals(copy, slice);
        assertArrayEquals(copy.toArray(), slice.toArray());
        assertEquals(to - from, slice.size());
        assertEquals(from == to, slice.isEmpty());
        for (int i = from; i < to; i++) {
            assertEquals(bytes[i], slice.get(i - from));
        }
    }

    @Test
    @DisplayName("a copy does not change with what it was copied from")
    void copies() {
        byte[] source = {1, 2, 3};
        Bytes copy = Bytes.copyOf(source, 0, 3);
        byte[] taken = copy.toArray();
        source[1] = 9;
        taken[2] = 9;
        assertArrayEquals(new byte[] {1, 2, 3}, copy.toArray());
    }

    @Test
    @DisplayName("what is not inside is refused")
    void bounds() {
        assertThrows(Check.InvariantBroken.class, () -> WORD.get(8));
        assertThrows(Check.InvariantBroken.class, () -> WORD.get(-1));
        assertThrows(Check.InvariantBroken.class, () -> WORD.slice(3, 9));
        assertThrows(Check.InvariantBroken.class, () -> WORD.slice(4, 3));
        assertThrows(Check.InvariantBroken.class, () -> WORD.slice(2, 6).get(4));
        assertThrows(Check.InvariantBroken.class, () -> WORD.slice(0, 4).copyTo(1, new byte[9], 0, 4));
    }

    @Test
    @DisplayName("copying puts them at a place in an array")
    void copyTo() {
        byte[] target = new byte[6];
        Bytes slice = WORD.slice(4, 8);
        slice.copyTo(target, 1);
        assertEquals("\0fast\0", Bytes.wrap(target).utf8());
        slice.copyTo(1, target, 0, 2);
        assertEquals("asast\0", Bytes.wrap(target).utf8());
    }

    @Test
    @DisplayName("a buffer shows exactly these bytes, little-endian and read-only")
    void buffer() {
        var buffer = Bytes.wrap(new byte[] {9, 1, 0, 0, 0, 9}).slice(1, 5).buffer();
        assertEquals(ByteOrder.LITTLE_ENDIAN, buffer.order());
        assertEquals(4, buffer.remaining());
        assertThrows(ReadOnlyBufferException.class, () -> buffer.put((byte) 1));
        assertEquals(1, buffer.getInt());
    }

    @Test
    @DisplayName("a checksum of a slice is one of its bytes only")
    void checksum() {
        CRC32C crc = new CRC32C();
        Bytes.utf8("x123456789x").slice(1, 10).update(crc);
        assertEquals(0xE3069283L, crc.getValue(), "the check value that RFC 3720 and others give");
    }

    @Test
    @DisplayName("the whole is its own slice; as a text it is its size and its beginning")
    void texts() {
        assertSame(WORD, WORD.slice(0, 8));
        assertEquals("8:686f6c6466617374", WORD.toString());
        assertEquals("0:", Bytes.EMPTY.toString());
        assertTrue(Bytes.wrap(new byte[17]).toString().startsWith("17:00"));
        assertTrue(Bytes.wrap(new byte[17]).toString().endsWith("00.."));
        assertEquals("Grüße", Bytes.utf8("Grüße").utf8());
    }
}
