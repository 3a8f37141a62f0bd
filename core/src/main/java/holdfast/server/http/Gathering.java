package holdfast.server.http;

import holdfast.Bytes;
import java.util.Arrays;

/// Bytes that arrive one piece after the other; grows with what has arrived.
final class Gathering {

    private static final int FIRST_CAPACITY = 1_024;

    /// Up to here the capacity doubles; then it grows by a quarter, so that little is taken for what may not come.
    private static final int DOUBLING_BYTES_MAX = 1 << 20;
    private static final int QUARTER = 4;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /// What it takes in memory.
    int capacity() {
        return bytes.length;
    }

    /// `sizeMax` is what will never be passed; it keeps the last growth small.
    void add(byte[] source, int from, int length, int sizeMax) {
        int needed = size + length;
        if (needed > bytes.length) {
            long more = bytes.length < DOUBLING_BYTES_MAX ? bytes.length : bytes.length / QUARTER;
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(bytes.length + more, sizeMax)));
        }
        System.arraycopy(source, from, bytes, size, length);
        size = needed;
    }

    /// What was gathered, without copying; nothing may be added afterwards.
    Bytes toBytes() {
        return Bytes.wrap(bytes).slice(0, size);
    }
}
