package holdfast.sim.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;

/// Writes lines about a running universe. A failed write must not reach the universe, which would call it a bug of its own:
/// the first failure is kept, later lines are ignored, and the command asks at the end.
final class LineWriter {

    private final Writer writer;
    private IOException failure;

    LineWriter(Writer writer, String heading) {
        this.writer = writer;
        write(heading);
    }

    boolean hasFailed() {
        return failure != null;
    }

    void write(String line) {
        if (failure != null) {
            return;
        }
        try {
            writer.write(line);
            writer.write('\n');
        } catch (IOException failed) {
            failure = failed;
        } catch (UncheckedIOException failed) {
            failure = failed.getCause();
        }
    }

    /// Closes the file; the first thing that went wrong, if anything did.
    Optional<IOException> close() {
        try {
            writer.close();
        } catch (IOException failed) {
            failure = failure == null ? failed : failure;
        }
        return Optional.ofNullable(failure);
    }
}
