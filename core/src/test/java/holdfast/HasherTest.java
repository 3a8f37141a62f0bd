package holdfast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HasherTest {

    private final Hasher hasher = new Hasher();

    @Test
    @DisplayName("is SHA-256, cut after 16 bytes")
    void known() {
        assertEquals("e3b0c44298fc1c149afbf4c8996fb924", hasher.finish().toString(), "of nothing (FIPS 180-4)");
        assertEquals("ba7816bf8f01cfea414140de5dae2223", hasher.add(Bytes.utf8("abc")).finish().toString());
    }

    @Test
    @DisplayName("a number counts as its eight bytes, the lowest first; a digest as its two numbers")
    void numbers() {
        Digest bytes = hasher.add(Bytes.wrap(new byte[] {2, 1, 0, 0, 0, 0, 0, (byte) 0x80})).finish();
        assertEquals(bytes, hasher.add(0x8000_0000_0000_0102L).finish());
        assertEquals(hasher.add(5).add(6).finish(), hasher.add(new Digest(5, 6)).finish());
    }

    @Test
    @DisplayName("only the bytes of a slice count, and pieces count like the whole")
    void pieces() {
        Digest whole = hasher.add(Bytes.utf8("holdfast")).finish();
        Bytes longer = Bytes.utf8("-holdfast-");
        assertEquals(whole, hasher.add(longer.slice(1, 5)).add(longer.slice(5, 9)).finish());
    }

    @Test
    @DisplayName("every hash begins anew")
    void reset() {
        Digest first = hasher.add(1).finish();
        assertNotEquals(first, hasher.add(2).finish());
        assertEquals(first, hasher.add(1).finish());
        assertEquals(first, new Hasher().add(1).finish());
    }

    @Test
    @DisplayName("a digest prints all its digits")
    void printed() {
        assertEquals("00000000000000ff0000000000000001", new Digest(255, 1).toString());
        assertEquals("0".repeat(32), Digest.ZERO.toString());
    }
}
