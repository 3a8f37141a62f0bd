package holdfast.sim.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Exceptions as half a sentence for people; never a stack trace.
final class Failures {

    private Failures() {}

    static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file";
            case AccessDeniedException denied -> denied.getFile() + ": no permission";
            case FileAlreadyExistsException there -> there.getFile() + ": exists already";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }

    /// The kind of a bug, its message and the place in our code where it surfaced.
    static String of(Throwable bug) {
        String place = "";
        for (StackTraceElement frame : bug.getStackTrace()) {
            if (frame.getClassName().startsWith("holdfast.") && !frame.getClassName().equals("holdfast.Check")) {
                place = " at " + frame.getFileName() + ":" + frame.getLineNumber();
                break;
            }
        }
        String message = bug.getMessage() == null ? "" : ": " + bug.getMessage().replace('\n', ' ');
        return bug.getClass().getSimpleName() + message + place;
    }
}
