package holdfast;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable run of bytes that compares by content, so that records holding one compare by content too.
///
/// [#wrap] takes the array over without copying: the caller must not touch it afterwards.
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private static final int PRINTED_BYTES = 16;

    private final byte[] array;
    private final int start;
    private final int size;

    private Bytes(byte[] array, int start, int size) {
        this.array = array;
        this.start = start;
        this.size = size;
    }

    public static Bytes wrap(byte[] owned) {
        return new Bytes(owned, 0, owned.length);
    }

    public static Bytes copyOf(byte[] source, int from, int to) {
        return wrap(Arrays.copyOfRange(source, from, to));
    }

    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public byte get(int position) {
        Check.that(position >= 0 && position < size, "byte position inside the run", position, size);
        return array[start + position];
    }

    /// A view of `[from, to)`; shares the storage.
    public Bytes slice(int from, int to) {
        Check.that(from >= 0 && from <= to && to <= size, "slice inside the run", from, to);
        return from == 0 && to == size ? this : new Bytes(array, start + from, to - from);
    }

    /// A read-only little-endian view, the byte order of every Holdfast format.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(array, start, size).slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    public void copyTo(byte[] target, int position) {
        System.arraycopy(array, start, target, position, size);
    }

    /// Copies `[from, from + length)` to `target[position..]`.
    public void copyTo(int from, byte[] target, int position, int length) {
        Check.that(from >= 0 && length >= 0 && from + length <= size, "copy inside the run", from, length);
        System.arraycopy(array, start + from, target, position, length);
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, start, start + size);
    }

    public String utf8() {
        return new String(array, start, size, StandardCharsets.UTF_8);
    }

    /// Feeds the bytes to a checksum without copying.
    public void update(java.util.zip.CRC32C crc) {
        crc.update(array, start, size);
    }

    /// Feeds the bytes to a digest without copying.
    void update(java.security.MessageDigest digest) {
        digest.update(array, start, size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, start, start + size, that.array, that.start, that.start + that.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < start + size; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /// The size and a short hexadecimal prefix; for people, never for comparison.
    @Override
    public String toString() {
        int shown = Math.min(size, PRINTED_BYTES);
        String hex = HexFormat.of().formatHex(array, start, start + shown);
        return size + ":" + hex + (shown < size ? ".." : "");
    }
}
