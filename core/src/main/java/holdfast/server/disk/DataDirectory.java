package holdfast.server.disk;

import holdfast.node.Node;
import holdfast.wal.DiskAdvice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The folder that holds one node's store, ours alone while this object is open: two processes that write one
/// log would both be right and the log would not. The lock is the kernel's, so it ends with the process.
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "LOCK";
    private static final int PID_CHARACTERS_MAX = 20;
    private static final int EXIT_BAD_INPUT = 2;

    /// Folders that are open in this process. To open and close a lock's file a second time would drop the lock of the whole
    /// process (fcntl(2)), so that is not even tried.
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path realPath;
    private final FileChannel lockFile;
    private final boolean isLockNew;

    private DataDirectory(Path path, Path realPath, FileChannel lockFile, boolean isLockNew) {
        this.path = path;
        this.realPath = realPath;
        this.lockFile = lockFile;
        this.isLockNew = isLockNew;
    }

    /// What opening gives.
    public sealed interface Opened {

        record Usable(DataDirectory directory) implements Opened {}

        /// Why not, in one sentence.
        ///
        /// @param exit 74 if it is the disk, 2 if it is what was asked for
        record Refused(int exit, String sentence) implements Opened {}
    }

    /// Makes the folder if it is not there, and locks it.
    public static Opened make(Path path) {
        try {
            create(path.toAbsolutePath());
            return locked(path);
        } catch (IOException error) {
            return new Opened.Refused(exitFor(error), unusable(path, error));
        }
    }

    /// Locks a folder that is there.
    public static Opened open(Path path) {
        try {
            return locked(path);
        } catch (IOException error) {
            return new Opened.Refused(exitFor(error), unusable(path, error));
        }
    }

    private static Opened locked(Path path) throws IOException {
        Path realPath = path.toRealPath();
        if (!OPEN.add(realPath)) {
            return inUse(path, " (pid " + ProcessHandle.current().pid() + ")");
        }
        Opened opened = null;
        try {
            opened = lockedByUs(path, realPath);
            return opened;
        } finally {
            if (!(opened instanceof Opened.Usable)) {
                OPEN.remove(realPath);
            }
        }
    }

    private static Opened inUse(Path path, String owner) {
        return new Opened.Refused(
                EXIT_BAD_INPUT, "the data directory " + path + " is in use by another process" + owner);
    }

    private static Opened lockedByUs(Path path, Path realPath) throws IOException {
        boolean isLockNew = Files.notExists(path.resolve(LOCK));
        FileChannel lockFile = FileChannel.open(
                path.resolve(LOCK), StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        if (lockFile.tryLock() == null) {
            String owner = owner(lockFile);
            lockFile.close();
            return inUse(path, owner);
        }
        sign(lockFile);
        return new Opened.Usable(new DataDirectory(path, realPath, lockFile, isLockNew));
    }

    /// What cannot be used, in one sentence.
    public static String unusable(Path path, IOException error) {
        String sentence = "the data directory " + path + " cannot be used: " + DiskErrors.text(error);
        return exitFor(error) == EXIT_BAD_INPUT
                ? sentence
                : sentence + ". " + DiskAdvice.about(DiskErrors.reason(error));
    }

    /// The exit code for it: a wrong name or a missing right is a matter of what was asked for, all else is the disk's.
    public static int exitFor(IOException error) {
        boolean isAsked = error instanceof NoSuchFileException || error instanceof AccessDeniedException
                || error instanceof FileAlreadyExistsException || DiskErrors.text(error).equals("Not a directory")
                || DiskErrors.text(error).equals("Operation not permitted");
        return isAsked ? EXIT_BAD_INPUT : Node.EXIT_IO_ERROR;
    }

    /// Whether the folder is there. Only a system that says that it is not is believed: an error is no answer.
    public static boolean exists(Path path) throws IOException {
        try {
            if (!Files.readAttributes(path, BasicFileAttributes.class).isDirectory()) {
                throw new FileAlreadyExistsException(path.toString());
            }
            return true;
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    /// The name of a new folder is durable only once its parent has been synced.
    private static void create(Path path) throws IOException {
        if (exists(path)) {
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            create(parent);
        }
        Files.createDirectory(path);
        if (parent != null) {
            syncNames(parent);
        }
    }

    /// Makes the names in a folder durable.
    public static void syncNames(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
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

    /// Takes the lock's file away if it was not there before: the folder is to be as it was.
    public void closeWithoutTrace() throws IOException {
        if (isLockNew) {
            Files.deleteIfExists(path.resolve(LOCK));
        }
        close();
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
        OPEN.remove(realPath);
    }
}
