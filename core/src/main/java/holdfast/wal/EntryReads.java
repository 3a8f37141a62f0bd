package holdfast.wal;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Hasher;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.raft.LogEntry;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Entries on their way back from the disk. Neighbours in one segment are read together. A request for something
/// that still waits to be written waits as long as that does.
final class EntryReads {

    /// Bounds of one read: what it may fetch, and what it may fetch in vain between two entries.
    private static final int READ_BYTES_MAX = 1 << 20;
    private static final int GAP_BYTES_MAX = 16 << 10;

    /// One call of [Wal#read]. `queued` units must have left the queue before all its entries have a place.
    private static final class Request {
        final long token;
        final List<Long> indexes;
        final long queued;
        final LogEntry[] found;
        int readsLeft;
        boolean isGivenUp;

        Request(long token, List<Long> indexes, long queued) {
            this.token = token;
            this.indexes = indexes;
            this.queued = queued;
            this.found = new LogEntry[indexes.size()];
        }
    }

    /// One entry of a request: its number in it, and its place.
    private record Wanted(int number, long index, long segSeq, int position, int length) {

        static final Comparator<Wanted> BY_PLACE =
                Comparator.comparingLong(Wanted::segSeq).thenComparingInt(Wanted::position);

        int end() {
            return position + length;
        }
    }

    /// One read of the disk.
    private record Fetch(Request request, List<Wanted> wanted, int from) {}

    private final int node;
    private final Checksum checksum;
    private final Places places;
    private final WriteQueue queue;
    private final Hasher hasher = new Hasher();
    private final byte[] header = new byte[Frame.HEADER_BYTES];
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final TreeMap<Long, Fetch> fetches = new TreeMap<>();
    /// By the operation that looks for the file of an entry that has no place; the value is its index.
    private final TreeMap<Long, Long> missing = new TreeMap<>();

    EntryReads(StoreId owner, Places places, WriteQueue queue) {
        node = owner.nodeId();
        checksum = Checksum.of(owner);
        this.places = places;
        this.queue = queue;
    }

    void ask(long token, List<Long> indexes, DiskOut disk) {
        Check.that(!indexes.isEmpty(), "somebody who reads wants something");
        Request request = new Request(token, List.copyOf(indexes), queue.added());
        if (mustWait(request)) {
            waiting.addLast(request);
        } else {
            begin(request, disk);
        }
    }

    private boolean mustWait(Request request) {
        if (queue.taken() >= request.queued) {
            return false;
        }
        for (long index : request.indexes) {
            if (queue.mayReplace(index) || !places.has(index)) {
                return true;
            }
        }
        return false;
    }

    /// Begins what has waited for the queue.
    void flush(DiskOut disk) {
        while (!waiting.isEmpty() && queue.taken() >= waiting.getFirst().queued) {
            begin(waiting.removeFirst(), disk);
        }
    }

    private void begin(Request request, DiskOut disk) {
        Wanted[] wanted = new Wanted[request.found.length];
        for (int i = 0; i < wanted.length; i++) {
            long index = request.indexes.get(i);
            SpotTable table = places.tableOf(index);
            if (table == null) {
                lookFor(index, disk);
                return;
            }
            int row = table.row(index);
            wanted[i] = new Wanted(i, index, table.segSeq(row), table.position(row), table.length(row));
        }
        Arrays.sort(wanted, Wanted.BY_PLACE);
        int first = 0;
        for (int i = 1; i <= wanted.length; i++) {
            if (i == wanted.length || !readTogether(wanted[first], wanted[i - 1], wanted[i])) {
                fetch(request, List.of(Arrays.copyOfRange(wanted, first, i)), disk);
                first = i;
            }
        }
    }

    /// No file is known to hold the entry. The answer has to come by way of the disk all the same, and the list
    /// of files belongs into the report.
    private void lookFor(long index, DiskOut disk) {
        long id = disk.nextId();
        missing.put(id, index);
        disk.submit(new DiskOp.List(id));
    }

    private static boolean readTogether(Wanted first, Wanted last, Wanted next) {
        return next.segSeq() == first.segSeq()
                && next.position() - last.end() <= GAP_BYTES_MAX
                && next.end() - first.position() <= READ_BYTES_MAX;
    }

    private void fetch(Request request, List<Wanted> wanted, DiskOut disk) {
        Wanted first = wanted.getFirst();
        long id = disk.nextId();
        request.readsLeft++;
        fetches.put(id, new Fetch(request, wanted, first.position()));
        int length = wanted.getLast().end() - first.position();
        disk.submit(new DiskOp.Read(id, StoreFiles.segment(first.segSeq()), first.position(), length));
    }

    // ---- answers -------------------------------------------------------------------------------------------

    boolean owns(long id) {
        return fetches.containsKey(id) || missing.containsKey(id);
    }

    /// A disk that refused a read of a file that is there ([DiskResult.Reason#IO_ERROR]) is not for here to judge.
    void onDone(long id, DiskResult result, WalEvents events) {
        Long index = missing.remove(id);
        if (index != null) {
            events.damaged("entry " + index + " is in none of the segments that are here: " + Damage.namesIn(result));
            return;
        }
        Fetch fetch = fetches.remove(id);
        if (fetch.request().isGivenUp) {
            return;
        }
        switch (result) {
            case DiskResult.Data data -> take(fetch, data.bytes(), events);
            case DiskResult.Failed failed -> giveUp(fetch.request(), fetch.wanted().getFirst(), failed.detail(), events);
            case DiskResult.Done _, DiskResult.Listing _ -> throw new IllegalStateException("no read ends so");
        }
    }

    private void take(Fetch fetch, Bytes bytes, WalEvents events) {
        Request request = fetch.request();
        for (Wanted wanted : fetch.wanted()) {
            LogEntry entry = entryIn(bytes, wanted.position() - fetch.from(), wanted);
            if (entry == null) {
                giveUp(request, wanted, "it does not verify", events);
                return;
            }
            request.found[wanted.number()] = entry;
        }
        if (--request.readsLeft == 0) {
            events.entriesRead(request.token, List.of(request.found));
        }
    }

    /// The other reads of the request may still be under way.
    private void giveUp(Request request, Wanted wanted, String why, WalEvents events) {
        request.isGivenUp = true;
        events.entriesUnreadable(request.token, damage(wanted, why));
    }

    private LogEntry entryIn(Bytes bytes, int at, Wanted wanted) {
        Frame frame = Frame.decode(checksum, bytes, at, wanted.segSeq(), wanted.position(), header);
        if (frame == null || !frame.kind().holdsEntry() || frame.index() != wanted.index()) {
            return null;
        }
        LogEntry entry = frame.entry();
        return entry.hasIntactContent(hasher) ? entry : null;
    }

    private String damage(Wanted wanted, String what) {
        return new Damage(
                StoreFiles.segment(wanted.segSeq()),
                wanted.position(),
                "entry " + wanted.index() + " was durable and cannot be read back: " + what).report(node);
    }
}
