package holdfast.server.peer;

import holdfast.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// One frame on the wire, little-endian: `length u32, crc u32, payload`. The CRC32C covers length and payload, so
/// a run of zeros is no frame, and neither is one whose length was hit.
final class Frames {

    static final int HEADER_BYTES = 8;

    private Frames() {}

    static int sizeOf(Bytes payload) {
        return HEADER_BYTES + payload.size();
    }

    static void put(ByteBuffer out, Bytes payload) {
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(payload.size()).putInt(crc(payload.size(), payload));
        out.put(payload.buffer());
    }

    static byte[] of(Bytes payload) {
        byte[] frame = new byte[sizeOf(payload)];
        put(ByteBuffer.wrap(frame), payload);
        return frame;
    }

    static int crc(int length, Bytes payload) {
        CRC32C crc = new CRC32C();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            crc.update(length >>> shift & 0xFF);
        }
        payload.update(crc);
        return (int) crc.getValue();
    }
}
