package holdfast.server.peer;

import holdfast.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// One frame on the wire, little-endian: `length u32, crc u32, payload`. The CRC32C covers length and payload, so
/// a run of zeros is no frame, and neither is one whose length was hit.
///
/// @param head the first bytes of the payload
/// @param body the others, which are shared with whoever has said them
record Frame(Bytes head, Bytes body) {

    static final int HEADER_BYTES = 8;

    /// A frame with that payload.
    static Frame of(Bytes payload) {
        return new Frame(Bytes.EMPTY, payload);
    }

    int payloadBytes() {
        return head.size() + body.size();
    }

    /// On the wire.
    int bytes() {
        return HEADER_BYTES + payloadBytes();
    }

    /// Everything before the body.
    Bytes beginning() {
        byte[] beginning = new byte[HEADER_BYTES + head.size()];
        ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN).putInt(payloadBytes()).putInt(crc());
        head.copyTo(beginning, HEADER_BYTES);
        return Bytes.wrap(beginning);
    }

    /// In one piece.
    byte[] toArray() {
        byte[] whole = new byte[bytes()];
        Bytes beginning = beginning();
        beginning.copyTo(whole, 0);
        body.copyTo(whole, beginning.size());
        return whole;
    }

    int crc() {
        CRC32C crc = new CRC32C();
        int length = payloadBytes();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            crc.update(length >>> shift & 0xFF);
        }
        head.update(crc);
        body.update(crc);
        return (int) crc.getValue();
    }
}
