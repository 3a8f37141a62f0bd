package holdfast.server.disk;

import holdfast.env.DiskResult;
import holdfast.env.DiskResult.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What the JDK throws, in POSIX's words. The JDK hands on the system's text and not its number, so the text is
/// all there is; what it does not say in these words is an I/O error, which is the careful reading. The texts depend on
/// LC_MESSAGES: `./holdfast` sets that, and whoever starts a node otherwise has the words for a full disk asked for here.
public final class DiskErrors {

    /// Where a write always fails for want of room (full(4)).
    private static final Path FULL_DEVICE = Path.of("/dev/full");

    private static final String NO_ROOM_HERE = wordsFor(FULL_DEVICE);

    private DiskErrors() {}

    /// What this system says in this locale when there is no room; empty if it has no such device.
    private static String wordsFor(Path full) {
        try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]));
            return "";
        } catch (IOException told) {
            return told instanceof FileSystemException ? "" : text(told);
        }
    }

    /// A sync that fails has lost something, also if it was for want of room.
    static DiskResult.Failed failedSync(String doing, IOException error) {
        Reason reason = reason(error);
        return new DiskResult.Failed(reason == Reason.NO_SPACE ? Reason.IO_ERROR : reason, doing + ": " + text(error));
    }

    static DiskResult.Failed failed(String doing, IOException error) {
        return new DiskResult.Failed(reason(error), doing + ": " + text(error));
    }

    static Reason reason(IOException error) {
        return reason(error, NO_ROOM_HERE);
    }

    /// @param noRoom what the system says when there is no room, or empty if that is not known
    static Reason reason(IOException error, String noRoom) {
        if (error instanceof NoSuchFileException) {
            return Reason.NOT_FOUND;
        }
        String text = text(error);
        if (text.contains("No space left on device") || text.contains("Disk quota exceeded")
                || !noRoom.isEmpty() && text.contains(noRoom)) {
            return Reason.NO_SPACE;
        }
        return text.contains("Read-only file system") ? Reason.READ_ONLY : Reason.IO_ERROR;
    }

    /// A reason for people: an exception without a message is told by its name.
    public static String text(IOException error) {
        if (error instanceof NoSuchFileException missing) {
            return missing.getFile() + ": No such file or directory";
        }
        if (error instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (error instanceof FileAlreadyExistsException) {
            return "a file of this name is in the way";
        }
        if (error instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }
}
