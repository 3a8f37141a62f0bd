package holdfast.wal;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.StateSink;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.raft.HardState;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The log of one node, writing. What is asked for gathers until [#flush]; then as much as fits becomes one batch,
/// one write and one sync. Nothing of a further batch is written before that sync has answered, so after a crash
/// only the physically last batch can be incomplete.
///
/// What is durable is told by write number ([WalEvents]). The first failure of a write, a sync or a change of
/// names is told as well, and is the last thing that this object does.
public final class Wal {

    private static final long NEVER = Long.MAX_VALUE;

    /// A compaction that waits for the batch in flight.
    private record Compaction(long lastIndex, long[] needed) {}

    private final WalConfig config;
    private final Poison poison;
    private final Probe probe;
    private final Places places;
    private final WriteQueue queue = new WriteQueue();
    private final EntryReads reads;
    private final MetaWriter meta;
    private final NextSegment next;
    /// Files that hold a part of the log, by number.
    private final TreeSet<Long> segments;
    private Tail tail;
    private long lastBatchNo;
    private LogPosition logEnd;
    private Flight flight;
    private boolean isWaitingForSegment;
    private Proof proof;
    private long proofDue = NEVER;
    private Compaction compaction;
    /// Units of the queue that are durable; somebody may wait for as many as `awaitedUnits`.
    private long durableUnits;
    private long awaitedUnits;
    private Consumer<DiskOut> awaiting;

    Wal(WalConfig config, WalStart start, Poison poison, Probe probe) {
        this.config = config;
        this.poison = poison;
        this.probe = probe;
        places = start.places();
        reads = new EntryReads(config.storeId(), places, queue);
        meta = new MetaWriter(start.meta());
        segments = start.segments();
        tail = start.tail();
        next = new NextSegment(tail.header.segSeq() + 1, config.segmentBytes(), probe);
        lastBatchNo = start.lastBatchNo();
        logEnd = start.logEnd();
        proof = start.proofOrNull();
    }

    // ---- what can be asked ---------------------------------------------------------------------------------

    /// Confirmed by [WalEvents#hardStateDurable]; numbers only grow.
    public void persist(long metaNumber, HardState state) {
        meta.persist(metaNumber, state);
    }

    /// Drops what the log has from `truncateFrom` on (0: nothing), then appends. Confirmed by
    /// [WalEvents#entriesDurable]; numbers only grow, over all kinds of writes.
    public void append(long writeNumber, long truncateFrom, List<LogEntry> entries) {
        checkSizes(entries);
        queue.append(writeNumber, truncateFrom, entries);
    }

    /// Keeps entries beside the log, readable by index: payloads of a snapshot that is about to be installed.
    public void archive(long writeNumber, List<LogEntry> entries) {
        checkSizes(entries);
        queue.archive(writeNumber, entries);
    }

    /// The log begins anew after `base`; the snapshot of that position must be durable.
    public void resetTo(long writeNumber, LogPosition base) {
        queue.reset(writeNumber, base);
    }

    private void checkSizes(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            int bytes = entry.payload().size();
            Check.that(hasRoomFor(bytes), "a payload fits into a batch", bytes, config.payloadBytesMax());
        }
    }

    /// Fetches entries by index, in any order; answered by [WalEvents#entriesRead] with the same token, or by
    /// [WalEvents#entriesUnreadable], if the store does not end.
    public void read(long token, List<Long> indexes, DiskOut disk) {
        if (!poison.isStruck()) {
            reads.ask(token, indexes, disk);
        }
    }

    /// What a read of this entry fetches, or 0 if it has no place yet.
    public int bytesOf(long index) {
        SpotTable table = places.tableOf(index);
        return table == null ? 0 : table.length(table.row(index));
    }

    /// Whether [#archive] has been given this entry, and it is in a batch at least.
    public boolean isArchived(long index) {
        return places.isArchived(index);
    }

    /// Whether an entry with so large a payload can be written.
    public boolean hasRoomFor(int payloadBytes) {
        return payloadBytes <= config.payloadBytesMax();
    }

    /// What a read of these entries fetches; those that have no place yet count nothing.
    public long bytesOf(List<Long> indexes) {
        return indexes.stream().mapToLong(this::bytesOf).sum();
    }

    /// A durable snapshot covers the log up to `lastIndex`: whatever of that is not among the `needed` indexes, which
    /// ascend, can no longer be read afterwards, and a segment that holds nothing else is deleted.
    public void compact(long lastIndex, long[] needed, DiskOut disk) {
        compaction = new Compaction(lastIndex, needed);
        if (flight != null) {
            probe.reached(Sometimes.COMPACTION_WAITED);
        }
        compactIfCalm(disk);
    }

    // ---- the turn ------------------------------------------------------------------------------------------

    /// Hands to the disk what has gathered, as far as it may go now.
    public void flush(long now, DiskOut disk) {
        if (poison.isStruck()) {
            return;
        }
        meta.flush(disk);
        next.flush(now, disk);
        if (proof != null && proofDue == NEVER) {
            proofDue = now + config.idleDescriptorMicros();
        }
        if (flight == null && !queue.isEmpty()) {
            startBatch(disk);
        } else if (flight == null && now >= proofDue) {
            probe.reached(Sometimes.PROOF_WRITTEN_ALONE);
            flight = new Flight(0, durableUnits, 0, null);
            writeProofAlone(disk);
        }
        reads.flush(disk);
    }

    /// When to call [#flush] if nothing else happens; `Long.MAX_VALUE` for never.
    public long nextDeadline() {
        if (poison.isStruck()) {
            return NEVER;
        }
        return Math.min(next.nextDeadline(), flight == null && queue.isEmpty() ? proofDue : NEVER);
    }

    /// Whether there is no room on the disk for the segment after this one. Until this one is full, the log goes on.
    public boolean lacksRoom() {
        return next.lacksRoom();
    }

    /// Whether a payload of that size may have to wait until somebody makes room on the disk.
    public boolean lacksRoomFor(int payloadBytes) {
        long bytes = queue.bytes() + Frame.bytes(payloadBytes) + Frame.HEADER_BYTES + Raw.BLOCK;
        return next.lacksRoom() && (bytes > tail.frameRoom() || queue.units() + 2L > tail.slotsLeft());
    }

    private void startBatch(DiskOut disk) {
        WriteQueue.Cut cut = fitting();
        boolean rolls = cut.units() == 0;
        if (rolls) {
            if (!isNextReady()) {
                return;
            }
            roll();
            cut = fitting();
            Check.that(cut.units() > 0, "an empty segment has room for any entry");
        }
        long segSeq = tail.header.segSeq();
        Batch frames = new Batch(tail.checksum, segSeq, tail.position(), ++lastBatchNo, cut.bytes(), cut.frames());
        BatchWriter batch = new BatchWriter(frames, segSeq, places, logEnd);
        long number = 0;
        for (int i = 0; i < cut.units(); i++) {
            number = Math.max(number, queue.moveInto(batch));
        }
        Bytes sealed = batch.seal();
        logEnd = batch.logEnd();
        int position = tail.position();
        int proofs = tail.took(sealed.size(), cut.frames());
        flight = new Flight(
                number, queue.taken(), batch.entries(), new Proof(tail.file, proofs, batch.descriptors()));
        if (rolls) {
            writeProofAlone(disk);
            flight.write(tail.file, 0, Bytes.wrap(tail.header.encode()), disk);
        } else {
            writeProof(disk);
        }
        flight.write(tail.file, position, sealed, disk);
        flight.sync(tail.file, disk);
    }

    private WriteQueue.Cut fitting() {
        return queue.fitting(
                Math.min(config.framesMax(), tail.slotsLeft()), Math.min(config.frameBytesMax(), tail.frameRoom()));
    }

    private boolean isNextReady() {
        if (!next.isReady() && !isWaitingForSegment) {
            isWaitingForSegment = true;
            probe.reached(Sometimes.SEGMENT_WAITED);
        }
        return next.isReady();
    }

    /// The log goes on in the prepared segment. Its header says that everything before it is durable, which is
    /// true because no batch is in flight.
    private void roll() {
        SegmentHeader before = tail.header;
        tail = Tail.fresh(new SegmentHeader(
                before.owner(),
                next.segSeq(),
                before.segSeq(),
                tail.position(),
                lastBatchNo,
                logEnd,
                config.segmentBytes(),
                config.descriptorSlots(),
                config.batchBytesMax()));
        next.take();
        segments.add(tail.header.segSeq());
        isWaitingForSegment = false;
        probe.reached(Sometimes.SEGMENT_ROLLED);
    }

    /// The batch before is durable, so its proofs may go out, under the sync of this flight.
    private void writeProof(DiskOut disk) {
        if (proof != null) {
            flight.write(proof.file(), proof.position(), proof.descriptors(), disk);
            proof = null;
            proofDue = NEVER;
        }
    }

    private void writeProofAlone(DiskOut disk) {
        if (proof != null) {
            String file = proof.file();
            writeProof(disk);
            flight.sync(file, disk);
        }
    }

    // ---- answers of the disk -------------------------------------------------------------------------------

    public boolean owns(long id) {
        return reads.owns(id) || meta.owns(id) || next.owns(id) || (flight != null && flight.owns(id));
    }

    public void onDone(long now, long id, DiskResult result, DiskOut disk, WalEvents events) {
        if (poison.isStruck()) {
            return;
        }
        if (reads.owns(id)) {
            onRead(id, result, events);
        } else if (result instanceof DiskResult.Failed failure && next.owns(id) && next.survives(now, id, failure, disk)) {
            return;
        } else if (!poison.strikes(result, activity(id), events)) {
            succeeded(now, id, disk, events);
        }
    }

    /// A file that is gone was lost by somebody; a disk that cannot read one that is there is failing.
    private void onRead(long id, DiskResult result, WalEvents events) {
        if (result instanceof DiskResult.Failed failure && failure.reason() != DiskResult.Reason.NOT_FOUND) {
            poison.strikesReading(failure, events);
        } else {
            reads.onDone(id, result, events);
        }
    }

    private String activity(long id) {
        return meta.owns(id) ? "term and vote were written" : next.owns(id)
                ? StoreFiles.segment(next.segSeq()) + " was prepared"
                : "batch " + lastBatchNo + " was written to " + tail.file;
    }

    private void succeeded(long now, long id, DiskOut disk, WalEvents events) {
        if (next.owns(id)) {
            next.succeeded(disk);
        } else if (meta.owns(id)) {
            long before = meta.durableNumber();
            if (meta.succeeded(disk)) {
                finishFlight(now, disk, events);
                if (meta.durableNumber() > before) {
                    events.hardStateDurable(meta.durableNumber());
                }
            }
        } else {
            flight.succeeded(id);
            finishFlight(now, disk, events);
        }
    }

    /// A batch that began a segment is durable only when META names that segment: otherwise nobody would miss it.
    private void finishFlight(long now, DiskOut disk, WalEvents events) {
        if (flight == null || !flight.isSynced()) {
            return;
        }
        meta.moveTailTo(tail.header.segSeq());
        if (meta.durable().tailSegSeq() != tail.header.segSeq()) {
            probe.reached(Sometimes.BATCH_WAITED_FOR_META);
            meta.flush(disk);
            return;
        }
        Flight done = flight;
        flight = null;
        durableUnits = done.units;
        if (done.proof != null) {
            proof = done.proof;
            proofDue = now + config.idleDescriptorMicros();
        }
        if (done.entries > 1) {
            probe.reached(Sometimes.GROUP_COMMIT);
        }
        compactIfCalm(disk);
        if (awaiting != null && durableUnits >= awaitedUnits) {
            Consumer<DiskOut> waiter = awaiting;
            awaiting = null;
            waiter.accept(disk);
        }
        if (done.number != 0) {
            events.entriesDurable(done.number);
        }
    }

    /// What a batch in flight replaces may still be needed, should it get lost. And nothing is deleted behind the
    /// first entry that no snapshot covers, not even what has been overtaken: recovery takes a gap for covered.
    private void compactIfCalm(DiskOut disk) {
        if (compaction == null || flight != null || poison.isStruck()) {
            return;
        }
        places.compact(compaction.lastIndex(), compaction.needed());
        long live = places.segmentAfter(compaction.lastIndex());
        compaction = null;
        TreeSet<Long> used = places.segments();
        for (long segSeq : List.copyOf(segments.headSet(live == 0 ? tail.header.segSeq() : live))) {
            if (!used.contains(segSeq)) {
                segments.remove(segSeq);
                disk.submit(new DiskOp.Delete(disk.nextId(), StoreFiles.segment(segSeq)));
                probe.reached(Sometimes.SEGMENT_DROPPED);
            }
        }
    }

    // ---- for the snapshots ---------------------------------------------------------------------------------

    /// How much was given to the log so far.
    long given() {
        return queue.added();
    }

    /// Calls back, once, when as much is durable as had been given then. One at a time.
    void whenDurable(long given, Consumer<DiskOut> then, DiskOut disk) {
        if (durableUnits >= given) {
            then.accept(disk);
            return;
        }
        Check.that(awaiting == null, "one waits for the log at a time");
        probe.reached(Sometimes.SNAPSHOT_WAITED_FOR_LOG);
        awaitedUnits = given;
        awaiting = then;
    }

    // ---- what others may know ------------------------------------------------------------------------------

    /// Where the entry of this index stands, or will stand once its batch is durable; null if it cannot be read.
    public Place placeOf(long index) {
        return places.place(index);
    }

    public void describe(StateSink sink) {
        sink.add("tailSegment", tail.header.segSeq()).add("tailPosition", tail.position()).add("lastBatchNo", lastBatchNo);
        sink.add("endIndex", logEnd.index()).add("endTerm", logEnd.term()).add("endChain", logEnd.chain());
        sink.add("isPoisoned", poison.isStruck()).add("isWriting", flight != null).add("metaSeq", meta.durable().seq());
        sink.add("metaTerm", meta.durable().hardState().term()).add("metaVotedFor", meta.durable().hardState().votedFor());
        sink.add("queuedUnits", queue.added()).add("takenUnits", queue.taken());
        sink.add("durableUnits", durableUnits).add("places", places.size()).add("segments", segments.size());
    }
}
