package holdfast.server.disk;

import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;

/// A [FileDisk] for whoever has nothing else to do: asks for one operation and waits for its result.
public final class BlockingDisk implements AutoCloseable {

    private final LinkedBlockingQueue<DiskResult> results = new LinkedBlockingQueue<>();
    private final FileDisk disk;

    public BlockingDisk(Path directory) throws IOException {
        disk = new FileDisk(directory, new DiskTrouble(false), (_, result) -> results.add(result));
        disk.start();
    }

    public DiskResult perform(DiskOp op) {
        disk.submit(op);
        boolean interrupted = false;
        DiskResult result = null;
        while (result == null) {
            try {
                result = results.take();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    @Override
    public void close() {
        disk.close();
    }
}
