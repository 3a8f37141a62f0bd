package holdfast.sim.run;

import holdfast.StateHash;
import holdfast.sim.kernel.EventQueue;

/// Numbers the events of a run, folds each into the rolling hash, and tells each as one line if anybody listens. An
/// event lasts until the next one begins: what a turn changes belongs to the event that caused it.
final class Trace {

    private static final int NODE_BITS = 32;

    private final StateHash rolling = new StateHash();
    private final StringBuilder text = new StringBuilder();
    private final TraceSink sink;
    private EventQueue queue;
    private long events;
    private long cause;
    private long task;
    private boolean isOpen;
    private long micros;
    private int node;
    private String kind = "";

    Trace(TraceSink sink) {
        this.sink = sink;
    }

    void follow(EventQueue clock) {
        queue = clock;
    }

    /// Ends the event before and begins a new one; its content follows by [#hashing] and [#line].
    void event(int code, int atNode) {
        end();
        cause = task == queue.tasksRun() ? events : queue.origin();
        task = queue.tasksRun();
        events++;
        isOpen = true;
        queue.scheduleAs(events);
        micros = queue.now();
        node = atNode;
        rolling.add(micros).add((long) code << NODE_BITS | atNode);
    }

    /// What else belongs to the event.
    StateHash hashing() {
        return rolling;
    }

    boolean wantsLines() {
        return sink.wantsLines();
    }

    boolean wantsHistory() {
        return sink.wantsHistory();
    }

    void history(String event) {
        sink.history(event);
    }

    void line(String kindOfEvent, String what) {
        kind = kindOfEvent;
        text.append(what);
    }

    /// Something that the event caused.
    void note(String what) {
        text.append(" => ").append(what);
    }

    /// Ends the last event, unless it has ended.
    void end() {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        if (sink.wantsLines()) {
            sink.line(events, cause, micros, node, kind, text.toString());
        }
        text.setLength(0);
        kind = "";
        sink.hash(events, rolling.value());
    }

    long events() {
        return events;
    }

    long hash() {
        return rolling.value();
    }
}
