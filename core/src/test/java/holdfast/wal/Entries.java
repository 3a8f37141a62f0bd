package holdfast.wal;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Voters;
import java.util.ArrayList;
import java.util.List;

/// A log in the making: entries that follow each other, as a leader would make them.
final class Entries {

    private final Hasher hasher = new Hasher();
    private final LogPosition base;
    private final ArrayList<LogEntry> log = new ArrayList<>();

    /// Begins with the entry that formatting writes.
    Entries() {
        this(LogPosition.ORIGIN, List.of(LogEntry.following(
                new Hasher(), Digest.ZERO, 1, 0, EntryType.CONFIG, Voters.bound(3).encode())));
    }

    /// Goes on with a log that is known after a position.
    Entries(LogPosition base, List<LogEntry> entries) {
        this.base = base;
        log.addAll(entries);
    }

    /// The history up to here, for somebody else to go on with.
    Entries upTo(long index) {
        return new Entries(base, log.subList(0, (int) (index - base.index())));
    }

    /// The next entry, with so many bytes that depend on its place.
    LogEntry next(long term, int bytes) {
        byte[] payload = new byte[bytes];
        long index = last() + 1;
        for (int i = 0; i < bytes; i++) {
            payload[i] = (byte) (index * 31 + term * 17 + i);
        }
        return next(term, Bytes.wrap(payload));
    }

    LogEntry next(long term, Bytes payload) {
        LogEntry entry = LogEntry.following(
                hasher, position(last()).chain(), last() + 1, term, EntryType.COMMAND, payload);
        log.add(entry);
        return entry;
    }

    /// One entry behind a position, with so many bytes.
    static LogEntry following(LogPosition position, long term, int bytes) {
        return LogEntry.following(
                new Hasher(), position.chain(), position.index() + 1, term, EntryType.COMMAND,
                Bytes.wrap(new byte[bytes]));
    }

    /// So many entries at once.
    LogEntry[] next(long term, int bytes, int count) {
        LogEntry[] entries = new LogEntry[count];
        for (int i = 0; i < count; i++) {
            entries[i] = next(term, bytes);
        }
        return entries;
    }

    /// Entries made elsewhere.
    void add(LogEntry... entries) {
        log.addAll(List.of(entries));
    }

    /// Another history from this index on.
    void truncateFrom(long index) {
        while (last() >= index) {
            log.removeLast();
        }
    }

    LogEntry get(long index) {
        return log.get((int) (index - base.index() - 1));
    }

    LogPosition position(long index) {
        return index == base.index() ? base : LogPosition.of(get(index));
    }

    long last() {
        return base.index() + log.size();
    }

    /// The entries after this index.
    List<LogEntry> after(long index) {
        return List.copyOf(log.subList((int) (index - base.index()), log.size()));
    }

    Snapshot snapshot(long index) {
        return new Snapshot(position(index), Voters.bound(3), Bytes.utf8("the machine at " + index));
    }
}
