package holdfast.stream;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import java.nio.ByteBuffer;

/// The small parts of the machine's image (`docs/format.md`, "Stream machine image"): texts, digests, flags
/// and counts. The buffers are little-endian; a digest stands in the order of the hash's own bytes.
final class ImageBytes {

    private static final int TEXT_BYTES_MAX = 0xFFFF;

    private ImageBytes() {}

    static int textBytes(String text) {
        return Short.BYTES + Utf8.length(text);
    }

    /// `length u16`, then UTF-8.
    static void putText(ByteBuffer out, String text) {
        putBytes(out, Bytes.utf8(text));
    }

    static String text(ByteBuffer in) {
        return Utf8.decode(bytes(in));
    }

    /// `length u16`, then the bytes.
    static void putBytes(ByteBuffer out, Bytes bytes) {
        Check.that(bytes.size() <= TEXT_BYTES_MAX, "a short run of bytes fits", bytes.size(), TEXT_BYTES_MAX);
        out.putShort((short) bytes.size()).put(bytes.buffer());
    }

    static Bytes bytes(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return Bytes.wrap(bytes);
    }

    static void putDigest(ByteBuffer out, Digest digest) {
        out.putLong(Long.reverseBytes(digest.high())).putLong(Long.reverseBytes(digest.low()));
    }

    static Digest digest(ByteBuffer in) {
        return new Digest(Long.reverseBytes(in.getLong()), Long.reverseBytes(in.getLong()));
    }

    static void putFlag(ByteBuffer out, boolean flag) {
        out.put((byte) (flag ? 1 : 0));
    }

    static boolean flag(ByteBuffer in) {
        byte flag = in.get();
        Check.that(flag == 0 || flag == 1, "a flag is 0 or 1", flag, 1);
        return flag == 1;
    }

    /// A `u32` number of things that take at least `bytesEach`; believed only if there is room for them.
    static int count(ByteBuffer in, int bytesEach) {
        int count = in.getInt();
        long room = in.remaining() / bytesEach;
        Check.that(count >= 0 && count <= room, "an image holds what it counts", count, room);
        return count;
    }
}
