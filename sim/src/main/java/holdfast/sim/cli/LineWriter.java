package holdfast.sim.cli;

import holdfast.sim.history.HistoryText;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/// Writes a history as it happens, in the form of [HistoryText]. As with a [TraceWriter], a failed write must not reach
/// the universe: the first failure is kept, and the command asks at the end.
final class HistoryWriter {

    private final Writer writer;
    private IOException failure;

    HistoryWriter(Writer writer) {
        this.writer = writer;
        write(HistoryText.HEADER);
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
