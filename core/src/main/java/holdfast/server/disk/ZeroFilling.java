package holdfast.server.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A file on its way to being all zeros, a slice at a time. Each slice is synced at once: one large sync at the end
/// would keep every append of that moment waiting.
final class ZeroFilling {

    static final int SLICE_BYTES = 512 << 10;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(SLICE_BYTES).asReadOnlyBuffer();

    final long id;
    final String file;
    private final FileChannel channel;
    private final long length;
    private long position;

    ZeroFilling(long id, String file, FileChannel channel, long length) {
        this.id = id;
        this.file = file;
        this.channel = channel;
        this.length = length;
    }

    /// Returns whether that was the last slice.
    boolean slice() throws IOException {
        int bytes = (int) Math.min(SLICE_BYTES, length - position);
        ByteBuffer zeros = ZEROS.duplicate().limit(bytes);
        while (zeros.hasRemaining()) {
            channel.write(zeros, position + zeros.position());
        }
        position += bytes;
        if (position < length) {
            channel.force(false);
            return false;
        }
        channel.truncate(length);
        channel.force(false);
        return true;
    }

    FileChannel channel() {
        return channel;
    }

    long length() {
        return length;
    }
}
