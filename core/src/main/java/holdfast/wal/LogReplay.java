package holdfast.wal;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import java.util.ArrayList;
import java.util.List;

/// The log, put together from its frames in the order in which they were written. Every hash is computed anew.
/// Methods that can meet damage return what is wrong, or an empty text.
final class LogReplay {

    private static final String FINE = "";

    /// How the log stands to the snapshot.
    enum Match {
        /// The log goes on where the snapshot ends, or has nothing behind it.
        CONTINUES,
        /// The log is shorter than the snapshot, or has another history: the snapshot replaces it.
        REPLACED,
        /// Entries between the snapshot and what there is of the log are missing.
        GAP
    }

    private final LogPosition base;
    private final Hasher hasher = new Hasher();
    /// Without gaps, all behind the base.
    private final ArrayList<LogEntry> entries = new ArrayList<>();
    private LogPosition last = LogPosition.ORIGIN;
    /// What the log itself has at the base's index, or null if it is not known.
    private Digest chainAtBase;
    private long truncation;

    /// @param base what the snapshot covers
    LogReplay(LogPosition base) {
        this.base = base;
    }

    LogPosition last() {
        return last;
    }

    List<LogEntry> entries() {
        return entries;
    }

    /// The first segment that is here, or the first after some that have been deleted, because all they held was
    /// covered by the snapshot. So is whatever came before them.
    void begin(SegmentHeader segment) {
        entries.clear();
        moveTo(segment.prev());
    }

    /// The next segment.
    String goOn(SegmentHeader segment) {
        return segment.prev().equals(last)
                ? FINE
                : "its header continues " + segment.prev() + ", and the segment before ends with " + last;
    }

    private void moveTo(LogPosition position) {
        last = position;
        chainAtBase = position.index() == base.index() ? position.chain() : null;
    }

    String take(Frame frame) {
        return switch (frame.kind()) {
            case ENTRY, CONFIG -> takeEntry(frame.entry());
            case ARCHIVE -> frame.entry().hasIntactContent(hasher)
                    ? FINE
                    : "the archived entry is not what its hash says";
            case TRUNCATE -> {
                truncation = frame.index();
                yield FINE;
            }
            case SNAPSHOT_BASE -> {
                entries.clear();
                moveTo(frame.base());
                yield FINE;
            }
            case SEAL -> throw new IllegalStateException("a seal is not replayed");
        };
    }

    /// A truncation counts only together with the entry behind it.
    void endBatch() {
        truncation = 0;
    }

    private String takeEntry(LogEntry entry) {
        long index = entry.index();
        if (index != last.index() + 1 && (index != truncation || index > last.index())) {
            return "entry " + index + " does not follow entry " + last.index();
        }
        truncation = 0;
        Digest before = chainBefore(index);
        if (before == null && index - 1 == base.index() && entry.verifies(hasher, base.chain())) {
            before = base.chain();
        }
        if (before == null ? !entry.hasIntactContent(hasher) : !entry.verifies(hasher, before)) {
            return "entry " + index + " is not what its hashes say";
        }
        dropFrom(index);
        keep(entry, before);
        last = LogPosition.of(entry);
        return FINE;
    }

    /// The chain hash of the entry before, or null if nobody knows it any more. At the base's index the log may have
    /// had another entry at that time than the snapshot has.
    private Digest chainBefore(long index) {
        if (index - 1 == last.index()) {
            return last.chain();
        }
        if (index - 1 == base.index()) {
            return chainAtBase;
        }
        boolean isHere = !entries.isEmpty() && index > entries.getFirst().index();
        return isHere ? entries.get((int) (index - 1 - entries.getFirst().index())).chain() : null;
    }

    private void dropFrom(long index) {
        while (!entries.isEmpty() && entries.getLast().index() >= index) {
            entries.removeLast();
        }
        if (index <= base.index()) {
            chainAtBase = null;
        }
    }

    private void keep(LogEntry entry, Digest before) {
        if (entry.index() == base.index()) {
            chainAtBase = entry.chain();
        } else if (entry.index() > base.index()) {
            if (entry.index() == base.index() + 1) {
                chainAtBase = before;
            }
            entries.add(unshared(entry));
        }
    }

    /// The same entry, without the segment that it was read from.
    private static LogEntry unshared(LogEntry entry) {
        return new LogEntry(
                entry.index(), entry.term(), entry.type(), Bytes.wrap(entry.payload().toArray()),
                entry.hash(), entry.chain());
    }

    Match match() {
        if (last.index() < base.index()) {
            return Match.REPLACED;
        }
        if (chainAtBase == null) {
            return Match.GAP;
        }
        return chainAtBase.equals(base.chain()) ? Match.CONTINUES : Match.REPLACED;
    }
}
