package holdfast.wal;

import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import java.util.List;

/// What the log reports. Called from within `onDone`; it is legal to ask the log for something from here.
public interface WalEvents {

    /// All appends, archives and resets with a number up to this one are on stable storage.
    void entriesDurable(long writeNumber);

    /// All hard states with a number up to this one have been overtaken or are on stable storage, twice.
    void hardStateDurable(long metaNumber);

    /// The entries asked for, in the order asked; checksums and content hashes were verified on this very read.
    void entriesRead(long token, List<LogEntry> entries);

    /// A snapshot is on stable storage under its final name.
    void snapshotSaved(LogPosition last);

    /// A write, sync or change of names failed: the store does nothing any more. Told once.
    void poisoned(String report);

    /// One of the entries asked for was durable and is not what it was. Whoever asked has to do without it; the log itself
    /// goes on.
    void entriesUnreadable(long token, String report);

    /// Bytes that were durable are gone, and the log cannot say where.
    void damaged(String report);
}
