package holdfast.server.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A file on its way to being all zeros, a slice at a time. Each slice is synced at once: one large sync at the end
/// would keep every append of that moment waiting.
final class ZeroFilling {

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(FillingPace.SLICE_BYTES_MAX).asReadOnlyBuffer();

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

    /// Writes the next slice, which [#sync] then makes durable. Returns whether it was the last one.
    ///
    boolean write(int sliceBytes) throws IOException {
        int bytes = (int) Math.min(sliceBytes, length - position);
        ByteBuffer zeros = ZEROS.duplicate().limit(bytes);
        while (zeros.hasRemaining()) {
            channel.write(zeros, position + zeros.position());
        }
        position += bytes;
        if (position < length) {
            return false;
        }
        channel.truncate(length);
        return true;
    }

    void sync() throws IOException {
        channel.force(false);
    }

    FileChannel channel() {
        return channel;
    }

    long length() {
        return length;
    }
}
