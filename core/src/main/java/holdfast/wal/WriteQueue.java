package holdfast.wal;

import holdfast.Check;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import java.util.ArrayDeque;
import java.util.List;

/// What waits to be written, in order. A unit is what must not be split between batches; the last unit of a
/// write carries its number.
final class WriteQueue {

    private static final long NO_NUMBER = 0;
    private static final long NONE = Long.MAX_VALUE;

    private sealed interface Unit {

        long number();

        /// @param truncateFrom entries from here on are void in favour of this one, or 0
        record Append(LogEntry entry, long truncateFrom, long number) implements Unit {}

        record Truncate(long from, long number) implements Unit {}

        record Archive(LogEntry entry, long number) implements Unit {}

        record Reset(LogPosition base, long number) implements Unit {}
    }

    /// The units at the head of the queue that make a batch together.
    record Cut(int units, int frames, int bytes) {}

    private final ArrayDeque<Unit> units = new ArrayDeque<>();
    private long added;
    /// Of the frames of what waits.
    private long bytes;
    private long lowest = NONE;
    /// A truncation that was asked for without an entry; it takes effect together with the next one.
    private long owedTruncation;

    boolean isEmpty() {
        return units.isEmpty();
    }

    /// Units that wait.
    int units() {
        return units.size();
    }

    /// Bytes of frames that wait.
    long bytes() {
        return bytes;
    }

    /// Units so far.
    long added() {
        return added;
    }

    /// Units so far that have left the queue.
    long taken() {
        return added - units.size();
    }

    /// Whether something that waits here may replace what the log on disk has at `index`.
    boolean mayReplace(long index) {
        return index >= lowest;
    }

    // ---- in ------------------------------------------------------------------------------------------------

    void append(long number, long truncateFrom, List<LogEntry> entries) {
        Check.that(truncateFrom != 0 || !entries.isEmpty(), "a write writes something");
        if (truncateFrom != 0) {
            owedTruncation = owedTruncation == 0 ? truncateFrom : Math.min(owedTruncation, truncateFrom);
        }
        if (entries.isEmpty()) {
            add(new Unit.Truncate(truncateFrom, number), truncateFrom);
            return;
        }
        long truncation = truncationBefore(entries.getFirst().index());
        for (int i = 0; i < entries.size(); i++) {
            LogEntry entry = entries.get(i);
            add(new Unit.Append(entry, i == 0 ? truncation : 0, numberOf(number, i, entries)), entry.index());
        }
    }

    /// What must be truncated for an entry of this index, or 0. A truncation beyond it concerns entries that were
    /// dropped before they came here.
    private long truncationBefore(long index) {
        long truncation = owedTruncation > index ? 0 : owedTruncation;
        Check.that(truncation == 0 || truncation == index, "a truncation makes room for its entry", truncation, index);
        owedTruncation = 0;
        return truncation;
    }

    void archive(long number, List<LogEntry> entries) {
        Check.that(!entries.isEmpty(), "a write writes something");
        for (int i = 0; i < entries.size(); i++) {
            add(new Unit.Archive(entries.get(i), numberOf(number, i, entries)), NONE);
        }
    }

    void reset(long number, LogPosition base) {
        owedTruncation = 0;
        add(new Unit.Reset(base, number), 0);
    }

    private static long numberOf(long number, int i, List<LogEntry> entries) {
        return i == entries.size() - 1 ? number : NO_NUMBER;
    }

    private void add(Unit unit, long index) {
        units.addLast(unit);
        added++;
        bytes += bytesOf(unit);
        lowest = Math.min(lowest, index);
    }

    // ---- out -----------------------------------------------------------------------------------------------

    /// As much from the head as fits.
    Cut fitting(int framesMax, int bytesMax) {
        int count = 0;
        int frames = 0;
        int bytes = 0;
        for (Unit unit : units) {
            int more = framesOf(unit);
            int moreBytes = bytesOf(unit);
            if (frames + more > framesMax || moreBytes > bytesMax - bytes) {
                break;
            }
            count++;
            frames += more;
            bytes += moreBytes;
        }
        return new Cut(count, frames, bytes);
    }

    /// Moves the next unit into the batch. Returns the write that is complete with it, or 0.
    long moveInto(BatchWriter batch) {
        Unit unit = units.removeFirst();
        bytes -= bytesOf(unit);
        if (units.isEmpty()) {
            lowest = NONE;
        }
        switch (unit) {
            case Unit.Append append -> batch.append(append.entry(), append.truncateFrom());
            case Unit.Truncate truncate -> batch.truncate(truncate.from());
            case Unit.Archive archive -> batch.archive(archive.entry());
            case Unit.Reset reset -> batch.reset(reset.base());
        }
        return unit.number();
    }

    private static int framesOf(Unit unit) {
        return switch (unit) {
            case Unit.Append append -> append.truncateFrom() == 0 ? 1 : 2;
            case Unit.Truncate _, Unit.Archive _, Unit.Reset _ -> 1;
        };
    }

    private static int bytesOf(Unit unit) {
        return switch (unit) {
            case Unit.Append append -> Frame.bytes(append.entry().payload().size())
                    + (append.truncateFrom() == 0 ? 0 : Frame.HEADER_BYTES);
            case Unit.Archive archive -> Frame.bytes(archive.entry().payload().size());
            case Unit.Truncate _, Unit.Reset _ -> Frame.HEADER_BYTES;
        };
    }
}
