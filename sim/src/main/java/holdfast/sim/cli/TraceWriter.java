package holdfast.sim.cli;

import holdfast.sim.run.TraceSink;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/// Writes events as lines, and what clients ask and are told into a file of its own if somebody wants it.
final class TraceWriter implements TraceSink {

    private final LineWriter events;
    private final boolean saysCauses;
    private final Optional<LineWriter> history;

    TraceWriter(Writer writer) {
        this(writer, false, Optional.empty());
    }

    /// @param saysCauses whether each event names the one that brought it about
    /// @param history who takes the clients' calls and answers besides
    TraceWriter(Writer writer, boolean saysCauses, Optional<LineWriter> history) {
        this.saysCauses = saysCauses;
        events = new LineWriter(writer, TraceColumns.heading());
        this.history = history;
    }

    @Override
    public boolean wantsLines() {
        return !events.hasFailed();
    }

    @Override
    public void line(long event, long cause, long micros, int node, String kind, String text) {
        write(TraceColumns.line(event, micros, node, kind, saysCauses ? "<- " + cause + "  " + text : text));
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
        events.write(line);
    }

    /// Closes the file; the first thing that went wrong, if anything did.
    Optional<IOException> close() {
        return events.close();
    }
}
