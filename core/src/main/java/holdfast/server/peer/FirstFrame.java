package holdfast.server.peer;

import holdfast.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Reads the greeting and not one byte more: what follows belongs to the next reader. How long that may take is said by
/// whoever makes the stream ([TimedInput]).
final class FirstFrame {

    private static final int FRAME_BYTES_MAX = 2 << 10;

    private FirstFrame() {}

    static Hello.Heard read(InputStream in) throws IOException {
        FrameReader reader = new FrameReader(FRAME_BYTES_MAX);
        List<Bytes> frames = new ArrayList<>();
        byte[] one = new byte[1];
        while (frames.isEmpty()) {
            if (in.read(one) < 0) {
                throw new EOFException("it hung up");
            }
            if (!reader.take(one, 0, 1, frames::add)) {
                return new Hello.Heard.Unreadable("it does not speak this protocol");
            }
        }
        return Hello.decode(frames.getFirst());
    }
}
