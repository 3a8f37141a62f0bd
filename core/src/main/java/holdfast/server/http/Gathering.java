package holdfast.server.http;

import holdfast.Bytes;
import java.util.Arrays;

/// Bytes that arrive one piece after the other; grows with what has arrived.
final class Gathering {

    private static final int FIRST_CAPACITY = 1_024;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /// `sizeMax` is what will never be passed; it keeps the last growth small.
    void add(byte[] source, int from, int length, int sizeMax) {
        int needed = size + length;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, sizeMax)));
        }
        System.arraycopy(source, from, bytes, size, length);
        size = needed;
    }

    /// What was gathered, without copying; nothing may be added afterwards.
    Bytes toBytes() {
        return Bytes.wrap(bytes).slice(0, size);
    }
}
