package holdfast.raft;

import holdfast.Check;
import holdfast.StateSink;
import java.util.ArrayList;
import java.util.List;

/// The entries this node holds in memory: all those after `base`. What lies at or before the base is committed,
/// covered by a snapshot, and only known by its last position.
final class RaftLog {

    private final ArrayList<LogEntry> entries = new ArrayList<>();
    private LogPosition base;
    private long bytes;

    RaftLog(LogPosition base, List<LogEntry> recovered) {
        this.base = base;
        for (LogEntry entry : recovered) {
            append(entry);
        }
    }

    LogPosition base() {
        return base;
    }

    long lastIndex() {
        return base.index() + entries.size();
    }

    long lastTerm() {
        return last().term();
    }

    LogPosition last() {
        return entries.isEmpty() ? base : LogPosition.of(entries.getLast());
    }

    /// Payload bytes held in memory.
    long bytes() {
        return bytes;
    }

    /// Payload bytes of the entries after `from` up to `to`.
    long bytesBetween(long from, long to) {
        long between = 0;
        for (long index = from + 1; index <= to; index++) {
            between += get(index).payload().size();
        }
        return between;
    }

    boolean has(long index) {
        return index > base.index() && index <= lastIndex();
    }

    LogEntry get(long index) {
        Check.that(has(index), "an entry held in memory", index, base.index());
        return entries.get((int) (index - base.index() - 1));
    }

    /// Whether the term at this index is known: at the base or after it.
    boolean knows(long index) {
        return index == base.index() || has(index);
    }

    LogPosition positionAt(long index) {
        return index == base.index() ? base : LogPosition.of(get(index));
    }

    long termAt(long index) {
        return index == base.index() ? base.term() : get(index).term();
    }

    /// Up to `countMax` entries from `from` on whose payloads together stay within `bytesMax`; at least one.
    List<LogEntry> from(long from, int countMax, int bytesMax) {
        int start = (int) (from - base.index() - 1);
        int end = start;
        long taken = 0;
        while (end < entries.size() && end - start < countMax) {
            taken += entries.get(end).payload().size();
            if (taken > bytesMax && end > start) {
                break;
            }
            end++;
        }
        return List.copyOf(entries.subList(start, end));
    }

    void append(LogEntry entry) {
        Check.that(entry.index() == lastIndex() + 1, "entries follow each other", entry.index(), lastIndex());
        Check.that(entry.term() >= lastTerm(), "terms in a log never fall", entry.term(), lastTerm());
        entries.add(entry);
        bytes += entry.payload().size();
    }

    void truncateFrom(long index) {
        while (lastIndex() >= index) {
            bytes -= entries.removeLast().payload().size();
        }
    }

    /// Forgets entries up to `index`, which a durable snapshot covers.
    void compactTo(long index) {
        int count = (int) (index - base.index());
        if (count <= 0) {
            return;
        }
        base = positionAt(index);
        for (LogEntry entry : entries.subList(0, count)) {
            bytes -= entry.payload().size();
        }
        entries.subList(0, count).clear();
    }

    /// Forgets everything and goes on after `position`, which an installed snapshot covers.
    void resetTo(LogPosition position) {
        entries.clear();
        bytes = 0;
        base = position;
    }

    /// The first index of the run of entries that have the same term as the entry at `index`.
    long firstIndexOfTermAt(long index) {
        long term = termAt(index);
        long first = index;
        while (first - 1 > base.index() && termAt(first - 1) == term) {
            first--;
        }
        return first;
    }

    /// The last index whose term is at most `term`, not above `from`; the base's index at least.
    long lastIndexOfTermAtMost(long term, long from) {
        long index = Math.max(base.index(), Math.min(from, lastIndex()));
        while (index > base.index() && termAt(index) > term) {
            index--;
        }
        return index;
    }

    void describe(StateSink sink) {
        sink.add("baseIndex", base.index()).add("baseTerm", base.term());
        sink.add("lastIndex", lastIndex()).add("lastChain", last().chain());
    }
}
