package holdfast.sim.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;

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
        Optional<StackTraceElement> surfaced = surfaced(bug);
        String place = surfaced.map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber()).orElse("");
        String message = bug.getMessage() == null ? "" : ": " + bug.getMessage().replace('\n', ' ');
        return bug.getClass().getSimpleName() + message + place;
    }

    /// Whether a bug surfaced in the simulator and not in the code that it runs.
    static boolean isOfSimulator(Throwable bug) {
        return surfaced(bug).map(frame -> frame.getClassName().startsWith("holdfast.sim.")).orElse(true);
    }

    private static Optional<StackTraceElement> surfaced(Throwable bug) {
        return Arrays.stream(bug.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("holdfast."))
                .filter(frame -> !frame.getClassName().equals("holdfast.Check"))
                .findFirst();
    }
}
