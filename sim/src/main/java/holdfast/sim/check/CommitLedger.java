package holdfast.sim.check;

import holdfast.Digest;
import holdfast.raft.LogEntry;
import java.util.ArrayList;

/// The one true committed log, as the first node to commit each index had it. Since a chain hash names a whole
/// prefix, comparing one hash compares everything before it.
public final class CommitLedger {

    private final ArrayList<LogEntry> entries = new ArrayList<>();

    /// The highest index that any node has committed.
    public long lastIndex() {
        return entries.size();
    }

    public LogEntry entry(long index) {
        return entries.get((int) index - 1);
    }

    public Digest chainAt(long index) {
        return index == 0 ? Digest.ZERO : entry(index).chain();
    }

    void committed(LogEntry entry) {
        entries.add(entry);
    }
}
