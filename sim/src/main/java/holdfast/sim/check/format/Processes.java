package holdfast.sim.check.format;

import holdfast.sim.history.format.Entry;
import java.util.LinkedHashMap;

/// Which operation each process has open, and Jepsen's rules about it: one at a time, and no answer without a call.
final class Processes {

    /// An operation that was called and not answered.
    ///
    /// @param op its number
    record Open(int op, Entry invoked) {}

    private final LinkedHashMap<String, Open> open = new LinkedHashMap<>();

    void called(Entry entry, int op) {
        open.put(entry.process(), new Open(op, entry));
    }

    /// What is wrong with the event, or an empty text.
    String refusal(Entry entry) {
        Open mine = open.get(entry.process());
        if (entry.type() == Entry.Type.INVOKE) {
            return mine == null
                    ? ""
                    : "process " + entry.process() + " invokes '" + entry.f() + "' while its operation of line "
                            + mine.invoked().line() + " is open";
        }
        if (mine == null) {
            return entry.type() == Entry.Type.INFO
                    ? ""
                    : "process " + entry.process() + " completes '" + entry.f() + "' without having invoked it";
        }
        return mine.invoked().f().equals(entry.f()) || entry.f().isEmpty()
                ? ""
                : "process " + entry.process() + " completes '" + entry.f() + "' but invoked '" + mine.invoked().f() + "'";
    }

    /// The operation that the event completes, or null.
    Open completed(Entry entry) {
        return open.remove(entry.process());
    }
}
