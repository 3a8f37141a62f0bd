package holdfast.sim.history;

import holdfast.Check;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/// Collects the events of one run, in order, append-only. Operations are numbered from 0 by [#invoked]; an
/// operation without an answer stays open for ever, which means the same as [Answer.Unknown].
public final class History {

    private final List<Event> events = new ArrayList<>();
    private final BitSet open = new BitSet();
    private int operations;

    /// Returns the number of the new operation.
    public int invoked(int client, Call call) {
        int op = operations++;
        open.set(op);
        events.add(new Event.Invoked(op, client, call));
        return op;
    }

    public void answered(int op, Answer answer) {
        Check.that(isOpen(op), "an answer for an open operation", op, operations);
        open.clear(op);
        events.add(new Event.Answered(op, answer));
    }

    public boolean isOpen(int op) {
        return op >= 0 && open.get(op);
    }

    public int operations() {
        return operations;
    }

    /// All events so far; a read-only view.
    public List<Event> events() {
        return Collections.unmodifiableList(events);
    }
}
