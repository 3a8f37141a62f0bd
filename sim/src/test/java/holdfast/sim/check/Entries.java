package holdfast.sim.check;

import holdfast.Bytes;
import holdfast.Hasher;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;
import holdfast.stream.Command;
import holdfast.stream.CommandCodec;
import java.util.ArrayList;
import java.util.List;

/// A log as a leader would have it: entries that follow each other, with right hashes and commands that can be applied.
public final class Entries {

    private static final String STREAM = "s";

    private final Hasher hasher = new Hasher();
    private final LogPosition first;
    private final List<LogEntry> entries = new ArrayList<>();

    /// @param first what comes before the first entry
    public Entries(LogPosition first) {
        this.first = first;
    }

    public LogPosition first() {
        return first;
    }

    public LogPosition last() {
        return entries.isEmpty() ? first : LogPosition.of(entries.getLast());
    }

    public LogEntry[] all() {
        return entries.toArray(LogEntry[]::new);
    }

    public LogEntry get(long index) {
        return entries.get((int) (index - first.index() - 1));
    }

    public LogPosition at(long index) {
        return index == first.index() ? first : LogPosition.of(get(index));
    }

    public Entries noop(long term) {
        return add(term, EntryType.NOOP, Bytes.EMPTY);
    }

    public Entries create(long term) {
        return add(term, EntryType.COMMAND, CommandCodec.encode(new Command.Create(STREAM)));
    }

    /// One record; two logs differ if the letters do.
    public Entries append(long term, char letter, int bytes) {
        Bytes record = Bytes.utf8(String.valueOf(letter).repeat(bytes));
        return add(term, EntryType.COMMAND, CommandCodec.encode(new Command.Append(
                STREAM, List.of(record), Command.ANY_TAIL, Command.Producer.NONE, false)));
    }

    public Entries membership(long term, Membership membership) {
        return add(term, EntryType.CONFIG, membership.encode());
    }

    private Entries add(long term, EntryType type, Bytes payload) {
        LogPosition last = last();
        entries.add(LogEntry.following(hasher, last.chain(), last.index() + 1, term, type, payload));
        return this;
    }
}
