package holdfast.sim.cli;

import holdfast.sim.run.TraceSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;

/// Writes events as lines. A failed write must not reach the universe, which would call it a bug of its own: the
/// first failure is kept, later events are ignored, and the command asks at the end.
final class TraceWriter implements TraceSink {

    private final Writer writer;
    private final Optional<HistoryWriter> history;
    private IOException failure;

    TraceWriter(Writer writer) {
        this(writer, Optional.empty());
    }

    /// @param history who takes the clients' calls and answers besides
    TraceWriter(Writer writer, Optional<HistoryWriter> history) {
        this.writer = writer;
        this.history = history;
        write(TraceColumns.heading());
    }

    @Override
    public boolean wantsLines() {
        return failure == null;
    }

    @Override
    public void line(long event, long micros, int node, String kind, String text) {
        write(TraceColumns.line(event, micros, node, kind, text));
    }

    @Override
    public boolean wantsHistory() {
        return history.isPresent();
    }

    @Override
    public void history(String event) {
        history.orElseThrow().write(event);
    }

    @Override
    public void hash(long event, long rolling) {}

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
