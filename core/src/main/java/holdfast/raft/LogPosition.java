package holdfast.raft;

import holdfast.Digest;

/// A place in the log and everything before it: the last entry's index, term and chain hash.
public record LogPosition(long index, long term, Digest chain) {

    /// Before the first entry.
    public static final LogPosition ORIGIN = new LogPosition(0, 0, Digest.ZERO);

    public static LogPosition of(LogEntry entry) {
        return new LogPosition(entry.index(), entry.term(), entry.chain());
    }
}
