package holdfast.server.disk;

import holdfast.wal.IdentRecord;
import holdfast.wal.StoreId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder that holds one node's store, ours alone while this object is open: two processes that write one
/// log would both be right and the log would not. The lock is the kernel's, so it ends with the process.
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "LOCK";
    private static final String IDENT = "IDENT";
    private static final int PID_CHARACTERS_MAX = 20;

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /// What opening gives.
    public sealed interface Opened {

        record Usable(DataDirectory directory) implements Opened {}

        /// Why not, in one sentence.
        record Refused(String sentence) implements Opened {}
    }

    /// Makes the folder if need be and locks it.
    public static Opened open(Path path) {
        try {
            create(path.toAbsolutePath());
            FileChannel lockFile = FileChannel.open(
                    path.resolve(LOCK),
                    StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            if (lock(lockFile) == null) {
                String owner = owner(lockFile);
                lockFile.close();
                return new Opened.Refused("the data directory " + path + " is in use by another process" + owner);
            }
            sign(lockFile);
            return new Opened.Usable(new DataDirectory(path, lockFile));
        } catch (IOException error) {
            return new Opened.Refused(
                    "the data directory " + path + " cannot be used: " + DiskErrors.text(error));
        }
    }

    /// The name of a new folder is durable only once its parent has been synced.
    private static void create(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            create(parent);
        }
        Files.createDirectory(path);
        if (parent != null) {
            try (FileChannel names = FileChannel.open(parent, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    private static FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException withinThisProcess) {
            return null;
        }
    }

    private static String owner(FileChannel lockFile) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(PID_CHARACTERS_MAX);
        lockFile.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "" : " (pid " + pid + ")";
    }

    /// Only for whoever wonders; the lock does not depend on it.
    private static void sign(FileChannel lockFile) throws IOException {
        lockFile.truncate(0);
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        lockFile.write(ByteBuffer.wrap(pid), 0);
    }

    public Path path() {
        return path;
    }

    /// Whose store this is.
    public StoreId store() throws IOException {
        IdentRecord record = IdentRecord.decode(Files.readAllBytes(path.resolve(IDENT)));
        if (record == null) {
            throw new IOException("IDENT does not say whose store this is");
        }
        return record.owner();
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
