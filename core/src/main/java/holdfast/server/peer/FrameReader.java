package holdfast.server.peer;

import holdfast.Bytes;
import java.util.Arrays;
import java.util.function.Consumer;

/// Bytes in, frames out: pure, and indifferent to how the bytes are cut. The first damage ends the stream, because
/// behind a wrong length nothing can be found again.
///
/// Memory grows with what has arrived, never with what a header promises.
final class FrameReader {

    private static final int START_BYTES = 4 << 10;

    private final int payloadBytesMax;
    private final byte[] header = new byte[Frame.HEADER_BYTES];
    private int headerFilled;
    private byte[] payload;
    private int payloadFilled;
    private int length;
    private long begun;
    private String damage = "";

    FrameReader(int payloadBytesMax) {
        this.payloadBytesMax = payloadBytesMax;
    }

    /// Takes `[from, to)` of `source` and hands on every frame that is whole. Returns false once the stream is
    /// damaged; [#damage] says how.
    boolean take(byte[] source, int from, int to, Consumer<Bytes> frames) {
        int at = from;
        while (at < to && damage.isEmpty()) {
            at = headerFilled < Frame.HEADER_BYTES
                    ? takeHeader(source, at, to)
                    : takePayload(source, at, to, frames);
        }
        return damage.isEmpty();
    }

    String damage() {
        return damage;
    }

    /// Memory held for a frame that is not whole yet.
    int heldBytes() {
        return payload == null ? 0 : payload.length;
    }

    /// What has arrived of the frame that is not whole yet; 0 between frames and before its length is known.
    int unfinishedBytes() {
        return payload == null ? 0 : payloadFilled;
    }

    /// How many frames have begun.
    long begun() {
        return begun;
    }

    private int takeHeader(byte[] source, int from, int to) {
        int taken = Math.min(Frame.HEADER_BYTES - headerFilled, to - from);
        System.arraycopy(source, from, header, headerFilled, taken);
        headerFilled += taken;
        if (headerFilled == Frame.HEADER_BYTES) {
            length = littleEndian(0);
            if (length <= 0 || length > payloadBytesMax) {
                damage = "a frame of " + Integer.toUnsignedString(length) + " bytes";
            } else {
                payload = new byte[Math.min(length, START_BYTES)];
                payloadFilled = 0;
                begun++;
            }
        }
        return from + taken;
    }

    private int takePayload(byte[] source, int from, int to, Consumer<Bytes> frames) {
        int taken = Math.min(length - payloadFilled, to - from);
        if (payloadFilled + taken > payload.length) {
            long doubled = Math.max(2L * payload.length, payloadFilled + taken);
            payload = Arrays.copyOf(payload, (int) Math.min(length, doubled));
        }
        System.arraycopy(source, from, payload, payloadFilled, taken);
        payloadFilled += taken;
        if (payloadFilled == length) {
            finish(frames);
        }
        return from + taken;
    }

    private void finish(Consumer<Bytes> frames) {
        Bytes whole = Bytes.wrap(payload);
        payload = null;
        headerFilled = 0;
        if (Frame.of(whole).crc() != littleEndian(Integer.BYTES)) {
            damage = "a frame whose checksum is wrong";
            return;
        }
        frames.accept(whole);
    }

    private int littleEndian(int at) {
        int value = 0;
        for (int i = Integer.BYTES - 1; i >= 0; i--) {
            value = value << Byte.SIZE | header[at + i] & 0xFF;
        }
        return value;
    }
}
