package holdfast.wal;

import holdfast.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// Numbers, digests and checksums in raw bytes. Numbers are little-endian; a digest stands in the order of the
/// hash's own bytes.
final class Raw {

    /// The unit that no two batches share; everything that is written in place is aligned to it, descriptors excepted.
    static final int BLOCK = 4096;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Raw() {}

    /// Four ASCII characters as the number whose little-endian bytes they are.
    static int magic(char first, char second, char third, char fourth) {
        return first | second << 8 | third << 16 | fourth << 24;
    }

    static void putInt(byte[] target, int at, int value) {
        INT.set(target, at, value);
    }

    static int getInt(byte[] source, int at) {
        return (int) INT.get(source, at);
    }

    static void putLong(byte[] target, int at, long value) {
        LONG.set(target, at, value);
    }

    static long getLong(byte[] source, int at) {
        return (long) LONG.get(source, at);
    }

    static void putDigest(byte[] target, int at, Digest digest) {
        BIG.set(target, at, digest.high());
        BIG.set(target, at + Long.BYTES, digest.low());
    }

    static Digest getDigest(byte[] source, int at) {
        return new Digest((long) BIG.get(source, at), (long) BIG.get(source, at + Long.BYTES));
    }

    /// CRC-32C of `[from, to)`.
    static int crc(byte[] source, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(source, from, to - from);
        return (int) crc.getValue();
    }

    /// The smallest multiple of `unit`, a power of two, that is at least `length`.
    static int aligned(int length, int unit) {
        return (length + unit - 1) & -unit;
    }

    /// Whether `[from, to)` holds only zeros; both are multiples of eight.
    static boolean isZero(byte[] source, int from, int to) {
        for (int at = from; at < to; at += Long.BYTES) {
            if (getLong(source, at) != 0) {
                return false;
            }
        }
        return true;
    }
}
