package holdfast.node;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.raft.LogEntry;
import holdfast.raft.Raft;
import holdfast.stream.CommandCodec;
import holdfast.stream.Extent;
import holdfast.stream.StreamView;
import holdfast.wal.DiskOut;
import holdfast.wal.Wal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Reads under way. A linearizable one passes three gates: the leader confirms a read index, the machine
/// applies up to it, and the bytes are at hand (in memory, or fetched from the log on disk). A local one starts
/// at the second gate, with the index that its client has already seen.
final class Reads {

    /// One read. `readIndex` is -1 until confirmed; `view`, `servedIndex` and `extents` are taken when the read
    /// takes effect.
    private static final class Pending {
        final long requestId;
        final ClientRequest request;
        final long deadline;
        long readIndex = -1;
        StreamView view;
        long servedIndex;
        List<Extent> extents;
        /// One for each extent; null until it is at hand.
        Bytes[] payloads;
        /// What is fetched for it.
        long bytes;

        Pending(long requestId, ClientRequest request, long deadline) {
            this.requestId = requestId;
            this.request = request;
            this.deadline = deadline;
        }
    }

    private static final int READS_PER_LIFE_BITS = 32;

    /// Read numbers stay positive.
    private static final int DISK_SHIFT = 2;

    /// Bound on what is fetched from the disk at the same time, in appends of the greatest size: it is in memory
    /// together, and verified on the node's one thread. A read by itself is always taken.
    private static final long FETCHED_APPENDS_MAX = 2;

    private final Replica replica;
    private final NodeConfig config;
    private final Wal wal;
    private final DiskOut disk;
    private final Probe probe;
    /// By read id, ascending, so also by age.
    private final TreeMap<Long, Pending> confirming = new TreeMap<>();
    private final TreeMap<Long, Pending> fetching = new TreeMap<>();
    private long fetchingBytes;
    private long lastReadId;

    /// @param life of the store: reads of different lives have different numbers, because an answer to a read of the last
    ///     life may still be on its way, and its index is too old for any read of this one. So have reads on different
    ///     disks: the lives of a disk that takes another one's place begin anew
    Reads(Replica replica, NodeConfig config, Wal wal, DiskOut disk, Probe probe, long life) {
        this.replica = replica;
        this.config = config;
        this.wal = wal;
        this.disk = disk;
        this.probe = probe;
        lastReadId = (config.wal().diskUuid().low() >>> DISK_SHIFT) + (life << READS_PER_LIFE_BITS);
    }

    void ask(long now, long requestId, ClientRequest.Read read, Effects effects) {
        ask(new Pending(requestId, read, now + config.readTimeoutMicros()), now, read.level(), read.afterIndex(), effects);
    }

    void ask(long now, long requestId, ClientRequest.Tail tail, Effects effects) {
        ask(new Pending(requestId, tail, now + config.readTimeoutMicros()), now, tail.level(), tail.afterIndex(), effects);
    }

    private void ask(Pending read, long now, ClientRequest.Level level, long afterIndex, Effects effects) {
        if (confirming.size() + fetching.size() >= config.readsMax()) {
            probe.reached(Sometimes.READS_FULL);
            fail(read, ClientReply.Cause.OVERLOADED, effects);
            return;
        }
        long readId = ++lastReadId;
        confirming.put(readId, read);
        switch (level) {
            case LOCAL -> {
                probe.reached(Sometimes.READ_LOCAL);
                onReady(readId, afterIndex, effects);
            }
            case LINEARIZABLE -> replica.raft().read(now, readId);
        }
    }

    void onReady(long readId, long index, Effects effects) {
        Pending read = confirming.get(readId);
        if (read == null) {
            probe.reached(Sometimes.READ_INDEX_LATE);
            return;
        }
        read.readIndex = index;
        if (replica.appliedIndex() >= index) {
            confirming.remove(readId);
            serve(readId, read, effects);
        } else {
            probe.reached(Sometimes.READ_WAITED_FOR_APPLY);
        }
    }

    void onFailed(long readId, Effects effects) {
        Pending read = confirming.remove(readId);
        if (read != null) {
            fail(read, ClientReply.Cause.NOT_LEADER, effects);
        }
    }

    void onApplied(long appliedIndex, Effects effects) {
        if (confirming.isEmpty()) {
            return;
        }
        // Keys, not entries: a tree moves its content between entries when one is removed.
        for (long readId : List.copyOf(confirming.keySet())) {
            Pending read = confirming.get(readId);
            if (read.readIndex >= 0 && read.readIndex <= appliedIndex) {
                confirming.remove(readId);
                serve(readId, read, effects);
            }
        }
    }

    /// A confirmation may be lost on the way, and what a client has seen elsewhere may be long in coming; the
    /// client is better off trying again.
    void expire(long now, Effects effects) {
        while (!confirming.isEmpty() && confirming.firstEntry().getValue().deadline <= now) {
            Pending read = confirming.pollFirstEntry().getValue();
            boolean isConfirmed = read.readIndex >= 0;
            probe.reached(isConfirmed ? Sometimes.READ_NOT_YET : Sometimes.READ_TIMED_OUT);
            fail(read, isConfirmed ? ClientReply.Cause.NOT_YET : ClientReply.Cause.TIMED_OUT, effects);
        }
    }

    long nextDeadline() {
        return confirming.isEmpty() ? Long.MAX_VALUE : confirming.firstEntry().getValue().deadline;
    }

    void failAll(ClientReply.Cause cause, Effects effects) {
        for (Pending read : confirming.values()) {
            fail(read, cause, effects);
        }
        for (Pending read : fetching.values()) {
            fail(read, cause, effects);
        }
        confirming.clear();
        fetching.clear();
        fetchingBytes = 0;
    }

    // ---- the moment a read takes effect --------------------------------------------------------------------

    private void serve(long readId, Pending read, Effects effects) {
        switch (read.request) {
            case ClientRequest.Tail tail -> serveTail(read, tail.stream(), effects);
            case ClientRequest.Read range -> serveRange(readId, read, range, effects);
            case ClientRequest.Write _, ClientRequest.TransferLeadership _, ClientRequest.ReplaceDisk _ ->
                    throw new IllegalStateException("not a read");
        }
    }

    private void serveTail(Pending read, String stream, Effects effects) {
        StreamView view = replica.machine().view(stream);
        effects.answer(read.requestId, isThere(view)
                ? new ClientReply.Tail(view.tail(), view.closed(), view.digest(), view, replica.appliedIndex())
                : absent(view));
    }

    private static boolean isThere(StreamView view) {
        return view != null && !view.gone();
    }

    private ClientReply absent(StreamView view) {
        probe.reached(view == null ? Sometimes.READ_OF_NOTHING : Sometimes.READ_OF_GONE);
        return view == null ? new ClientReply.NoSuchStream() : new ClientReply.StreamGone();
    }

    private void serveRange(long readId, Pending read, ClientRequest.Read range, Effects effects) {
        StreamView view = replica.machine().view(range.stream());
        if (!isThere(view)) {
            effects.answer(read.requestId, absent(view));
            return;
        }
        if (range.from() > view.tail()) {
            probe.reached(Sometimes.READ_PAST_TAIL);
            effects.answer(read.requestId, new ClientReply.PastTail(view.tail()));
            return;
        }
        read.view = view;
        read.servedIndex = replica.appliedIndex();
        int recordsMax = Math.min(range.recordsMax(), config.readRecordsMax());
        if (range.from() == view.tail()) {
            probe.reached(Sometimes.READ_AT_TAIL);
        }
        read.extents = replica.machine().extents(range.stream(), range.from(), recordsMax, range.bytesMax());
        List<Long> missing = takeFromMemory(read);
        if (missing.isEmpty()) {
            answer(read, effects);
            return;
        }
        read.bytes = wal.bytesOf(missing);
        if (!fetching.isEmpty() && fetchingBytes + read.bytes > FETCHED_APPENDS_MAX * config.appendBytesMax()) {
            probe.reached(Sometimes.FETCHES_FULL);
            fail(read, ClientReply.Cause.OVERLOADED, effects);
            return;
        }
        probe.reached(missing.size() < read.payloads.length ? Sometimes.READ_PARTLY_FROM_DISK : Sometimes.READ_FROM_DISK);
        fetching.put(readId, read);
        fetchingBytes += read.bytes;
        wal.read(readId, missing, disk);
    }

    void onEntriesRead(long readId, List<LogEntry> entries, Effects effects) {
        Pending read = fetching.remove(readId);
        if (read == null) {
            return;
        }
        fetchingBytes -= read.bytes;
        int next = 0;
        for (int i = 0; i < read.payloads.length; i++) {
            if (read.payloads[i] == null) {
                read.payloads[i] = entries.get(next++).payload();
            }
        }
        answer(read, effects);
    }

    /// One of its records is not on the disk any more as it was written.
    void onUnreadable(long readId, Effects effects) {
        Pending read = fetching.remove(readId);
        if (read != null) {
            fetchingBytes -= read.bytes;
            probe.reached(Sometimes.READ_UNREADABLE);
            fail(read, ClientReply.Cause.DAMAGED, effects);
        }
    }

    /// Whether a token of a read of the log is one of these; those of snapshots are not positive.
    boolean isRead(long token) {
        return token > 0;
    }

    /// Takes what memory has of the extents and returns the indexes of the rest. Memory comes first not only because
    /// it is faster: a committed entry may be applied here before this node's own disk has it.
    private List<Long> takeFromMemory(Pending read) {
        Raft raft = replica.raft();
        read.payloads = new Bytes[read.extents.size()];
        ArrayList<Long> missing = new ArrayList<>();
        for (int i = 0; i < read.payloads.length; i++) {
            long index = read.extents.get(i).index();
            if (raft.hasEntry(index)) {
                read.payloads[i] = raft.entry(index).payload();
            } else {
                missing.add(index);
            }
        }
        return missing;
    }

    private void answer(Pending read, Effects effects) {
        ClientRequest.Read range = (ClientRequest.Read) read.request;
        ArrayList<Bytes> records = new ArrayList<>();
        int recordsMax = Math.min(range.recordsMax(), config.readRecordsMax());
        for (int i = 0; i < read.payloads.length; i++) {
            Extent extent = read.extents.get(i);
            List<Bytes> held = CommandCodec.records(read.payloads[i]);
            long first = Math.max(0, range.from() - extent.base());
            for (int j = (int) first; j < extent.count() && records.size() < recordsMax; j++) {
                records.add(held.get(j));
            }
        }
        if (range.from() + records.size() < read.view.tail()) {
            probe.reached(Sometimes.READ_CUT);
        }
        if (read.payloads.length > 1) {
            probe.reached(Sometimes.READ_ACROSS_ENTRIES);
        }
        effects.answer(read.requestId, new ClientReply.Records(
                range.from(),
                List.copyOf(records),
                read.view.tail(),
                read.view.closed(),
                read.view,
                read.servedIndex));
    }

    private void fail(Pending read, ClientReply.Cause cause, Effects effects) {
        effects.answer(read.requestId, new ClientReply.ReadFailed(cause, replica.raft().leader()));
    }
}
