package holdfast.server.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What nothing can beat: one block written and synced, alone, in a file that was zeroed and synced before, as a
/// log segment is.
public final class DiskFloor {

    private static final int BLOCK = 4 << 10;
    private static final int FILE_BLOCKS = 4 << 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private DiskFloor() {}

    /// Writes and syncs in `folder` for that long; leaves nothing behind.
    public static LatencyHistogram measure(Path folder, long millis) throws IOException {
        Path file = Files.createTempFile(folder, "floor", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK * FILE_BLOCKS);
            channel.write(zeros, 0);
            channel.force(true);
            LatencyHistogram latency = new LatencyHistogram();
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            long end = System.nanoTime() + millis * NANOS_PER_MILLI;
            for (int i = 0; System.nanoTime() < end; i++) {
                block.clear().putInt(0, i);
                long started = System.nanoTime();
                channel.write(block, (long) (i % FILE_BLOCKS) * BLOCK);
                channel.force(false);
                latency.record(System.nanoTime() - started);
            }
            return latency;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
