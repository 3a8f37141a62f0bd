package holdfast.server.disk;

import holdfast.env.DiskResult;
import holdfast.env.DiskResult.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// What the JDK throws, in POSIX's words. The JDK hands on the system's text and not its number, so the text is
/// all there is; what it does not say in these words is an I/O error, which is the careful reading.
public final class DiskErrors {

    private DiskErrors() {}

    static DiskResult.Failed failed(String doing, IOException error) {
        return new DiskResult.Failed(reason(error), doing + ": " + text(error));
    }

    private static Reason reason(IOException error) {
        if (error instanceof NoSuchFileException) {
            return Reason.NOT_FOUND;
        }
        String text = text(error);
        if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
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
