package holdfast.wal;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// From a store to a log that can be written to, or to a report why not. A directory without a store stays as it is:
/// making one is an act of its own ([Formatting]).
///
/// ```
/// names      listed, and made durable before anything is concluded from them
/// IDENT      whose store this is
/// META       term, vote, the newest segment that may have acknowledged anything
/// snapshot   the newest one; it must be whole
/// segments   headers from the newest back, then all bytes from the oldest on
/// new tail   what nothing proves is written again, into a new file; then META, then old files are deleted
/// ```
///
/// What is read may stand in the page cache only (`papers/fsync-failures.md`). So nothing is believed to be durable
/// because it could be read, and no old file is modified: a crash at any point leaves what was there.
public final class WalRecovery implements DiskWork {

    private final WalConfig config;
    private final Probe probe;
    private final Dialogue dialogue = new Dialogue();
    private StoreListing files;
    private MetaPair meta;
    private Snapshot snapshot;
    private RecoveredLog log;
    private Recovery outcome;
    private final SurvivedRot rot = new SurvivedRot();
    private final Chain mending = new Chain();
    private int segmentsRead;
    private int segmentsToRead;
    private int copied;

    public WalRecovery(WalConfig config, Probe probe) {
        this.config = config;
        this.probe = probe;
    }

    @Override
    public void start(DiskOut disk) {
        dialogue.enter(disk);
        dialogue.ask(DiskOp.List::new, this::listed);
    }

    @Override
    public boolean owns(long id) {
        return dialogue.owns(id);
    }

    @Override
    public void onDone(long id, DiskResult result, DiskOut disk) {
        dialogue.enter(disk);
        dialogue.answered(result);
    }

    @Override
    public boolean isOver() {
        return outcome != null;
    }

    /// Null until there is one.
    public Recovery outcome() {
        return outcome;
    }

    /// What it is at, for whoever waits.
    public String progress() {
        if (log == null) {
            return "looks at the files";
        }
        return segmentsRead < segmentsToRead
                ? segmentsRead + " of " + segmentsToRead + " segments read"
                : "all " + segmentsToRead + " segments read, writes what nothing has proven";
    }

    private void failed(DiskResult.Failed failure) {
        probe.reached(Sometimes.RECOVERY_LACKED_DISK);
        outcome = new Recovery.Failed("the disk refused an operation while the log was recovered: "
                + failure.detail() + ". Nothing is lost by that. " + DiskAdvice.about(failure));
    }

    private void refuse(String report) {
        outcome = new Recovery.Refused(report);
    }

    /// What could not be read is not known to be damaged.
    private void refuse(Damage damage) {
        DiskResult.Failed unread = dialogue.readError();
        if (unread != null) {
            probe.reached(Sometimes.RECOVERY_COULD_NOT_READ);
            outcome = new Recovery.Failed("the disk could not be read while the log was recovered: " + unread.detail()
                    + ". Nothing was changed, and that is no damage of the store as far as anybody knows. "
                    + DiskAdvice.about(unread));
            return;
        }
        probe.reached(Sometimes.RECOVERY_FOUND_CORRUPTION);
        refuse(damage.report(config.nodeId()));
    }

    // ---- whose store is it? --------------------------------------------------------------------------------

    private void listed(DiskResult result) {
        switch (result) {
            case DiskResult.Listing listing -> {
                files = new StoreListing(listing);
                dialogue.run(new Chain().syncDirectory(), this::identify, this::failed);
            }
            case DiskResult.Failed failure -> failed(failure);
            case DiskResult.Done _, DiskResult.Data _ -> throw new IllegalStateException("no listing ends so");
        }
    }

    private void identify() {
        if (files.has(StoreFiles.IDENT)) {
            read(StoreFiles.IDENT, IdentRecord.FILE_BYTES, this::identified);
        } else {
            MetaPair.read(dialogue, files, this::sayWhatIsMissing);
        }
    }

    /// Without IDENT there is no store, or not any more.
    private void sayWhatIsMissing(MetaPair found) {
        switch (Blankness.of(files, found)) {
            case Blankness.Used(String by) -> refuse(new Damage(
                    StoreFiles.IDENT, Damage.WHOLE, "it is missing, and the directory has been used: it holds " + by));
            case Blankness.Foreign(List<String> names) -> refuseNoStore(
                    "the directory holds no store, but " + String.join(", ", names));
            case Blankness.Begun _ -> refuseNoStore("a formatting was begun in the directory and not finished");
            case Blankness.Empty _ -> refuseNoStore("the directory holds no store");
        }
    }

    private void refuseNoStore(String what) {
        probe.reached(Sometimes.RECOVERY_FOUND_NO_STORE);
        outcome = new Recovery.NoStore(what + ". Nothing was changed. If this node had a store, it is not here: is its"
                + " file system mounted? If the disk is lost, see " + Damage.adviceFor(config.nodeId())
                + ". A new cluster is made with './holdfast format'.");
    }

    private void read(String file, int bytesMax, Consumer<FileContent> then) {
        FileReading.read(dialogue, file, (int) Math.min(files.size(file), bytesMax), then);
    }

    private void identified(FileContent content) {
        IdentRecord ident = IdentRecord.decode(content.bytes());
        if (ident == null) {
            refuse(new Damage(StoreFiles.IDENT, Damage.WHOLE, "neither copy says whose store this is"));
        } else if (!ident.owner().equals(config.storeId())) {
            probe.reached(Sometimes.RECOVERY_FOUND_ANOTHERS_STORE);
            refuse("this is the store of " + ident.owner().toldFrom(config.storeId()) + ", and you said "
                    + config.storeId().toldFrom(ident.owner())
                    + ". Nothing was changed. Give each node its own directory.");
        } else {
            TwoCopies.mend(
                    StoreFiles.IDENT, IdentRecord.onlyBadCopy(content.bytes()), ident.encode(), mending, rot);
            MetaPair.read(dialogue, files, this::checkMeta);
        }
    }

    private void checkMeta(MetaPair found) {
        meta = found;
        MetaRecord newest = meta.newest();
        if (newest == null) {
            refuse(new Damage(StoreFiles.META_A, Damage.WHOLE,
                    "neither this copy nor META.B says which term was current and whom this node voted for"));
        } else if (!newest.owner().equals(config.storeId())) {
            refuse(new Damage(StoreFiles.META_A, Damage.WHOLE, "it belongs to " + newest.owner().toldFrom(config.storeId())));
        } else {
            if (!meta.isComplete()) {
                probe.reached(Sometimes.RECOVERY_META_REPAIRED);
                String bad = meta.first() == null ? StoreFiles.META_A : StoreFiles.META_B;
                rot.found(bad + (files.has(bad) ? ": it does not verify or cannot be read" : ": it is missing")
                        + ", by a crash while it was written or by rot; the other copy was taken, and this one is written"
                        + " again");
            }
            readSnapshot();
        }
    }

    // ---- reading -------------------------------------------------------------------------------------------

    private void readSnapshot() {
        if (files.snapshots().isEmpty()) {
            readSegments();
            return;
        }
        probe.reached(files.snapshots().size() > 1
                ? Sometimes.RECOVERY_CHOSE_SNAPSHOT : Sometimes.RECOVERY_FROM_SNAPSHOT);
        String newest = files.snapshots().getLast();
        read(newest, Integer.MAX_VALUE, content -> {
            snapshot = content.isReadable() ? SnapshotFile.decode(Bytes.wrap(content.bytes())) : null;
            if (snapshot == null || !SnapshotStore.nameOf(snapshot).equals(newest)) {
                refuse(new Damage(newest, Damage.WHOLE, "the snapshot does not verify, and the log before it is gone"));
            } else {
                readSegments();
            }
        });
    }

    private LogPosition base() {
        return snapshot == null ? LogPosition.ORIGIN : snapshot.last();
    }

    private void readSegments() {
        log = new RecoveredLog(base());
        missNone(new ArrayDeque<>(after(meta.newest().tailSegSeq())));
    }

    private NavigableSet<Long> after(long segSeq) {
        return files.segmentBytes().tailMap(segSeq, false).navigableKeySet();
    }

    /// Segments beyond the one that META names have acknowledged nothing: one that is prepared, one that was used before META
    /// could name it, and new tails of starts that were not finished. Proofs are written to a segment only after both copies
    /// name it. Where there is one all the same, what META was told last is lost: with it that segment, and perhaps a vote.
    private void missNone(ArrayDeque<Long> segments) {
        if (segments.isEmpty()) {
            readNamed();
            return;
        }
        long segSeq = segments.removeFirst();
        probe.reached(Sometimes.RECOVERY_PASSED_UNNAMED);
        String name = StoreFiles.segment(segSeq);
        read(name, SegmentHeader.COPIES_BYTES + Raw.BLOCK, content -> {
            if (Descriptor.isProven(Checksum.of(config.storeId()), segSeq, content.bytes())) {
                refuse(new Damage(StoreFiles.META_A, Damage.WHOLE, "no copy that can be believed names "
                        + name + ", which holds acknowledged entries: what META was told last is lost"));
            } else {
                missNone(segments);
            }
        });
    }

    private void readNamed() {
        new SegmentChain(dialogue, files, config.storeId(), meta.newest().tailSegSeq()).read(
                this::takeAll, this::refuse);
    }

    private void takeAll(List<LiveSegment> segments) {
        segmentsToRead = segments.size();
        if (segmentsToRead > 1) {
            probe.reached(Sometimes.RECOVERY_FROM_SEGMENTS);
        }
        for (LiveSegment segment : segments) {
            if (segment.badCopy() >= 0) {
                probe.reached(Sometimes.RECOVERY_HEADER_MENDED);
            }
            TwoCopies.mend(segment.name(), segment.badCopy(), Bytes.wrap(segment.header().encode()), mending, rot);
        }
        takeNext(new ArrayDeque<>(segments));
    }

    private void takeNext(ArrayDeque<LiveSegment> segments) {
        if (segments.isEmpty()) {
            judge();
            return;
        }
        LiveSegment segment = segments.removeFirst();
        read(segment.name(), Integer.MAX_VALUE, content -> {
            Damage damage = log.take(segment, content);
            if (damage == null) {
                segmentsRead++;
                takeNext(segments);
            } else {
                refuse(damage);
            }
        });
    }

    private void judge() {
        switch (log.log().match()) {
            case CONTINUES, REPLACED -> {
                if (snapshot == null && log.log().entries().isEmpty()) {
                    refuse(new Damage(StoreFiles.segment(meta.newest().tailSegSeq()), Damage.WHOLE, "the log is empty, and"
                            + " the first entry of every log, which names the voters, was durable"));
                } else {
                    goOn();
                }
            }
            case GAP -> refuse(new Damage(StoreFiles.segment(meta.newest().tailSegSeq()), Damage.WHOLE,
                    "the log ends with entry " + log.log().last().index() + ", and what follows entry "
                            + base().index() + " is in none of the segments that are here"));
        }
    }

    // ---- going on ------------------------------------------------------------------------------------------

    private void goOn() {
        if (log.isReplaced()) {
            probe.reached(Sometimes.RECOVERY_LOG_REPLACED);
        }
        if (log.isTorn()) {
            probe.reached(Sometimes.RECOVERY_TORN_TAIL);
        }
        SegmentHeader header = log.continued(
                Math.max(files.highestSegSeq(), meta.newest().tailSegSeq()) + 1, config);
        List<Frame> unproven = log.toCopy();
        copied = unproven.size();
        if (!files.unfinished().isEmpty()) {
            probe.reached(Sometimes.RECOVERY_LEFTOVERS_DELETED);
        }
        if (!unproven.isEmpty()) {
            probe.reached(Sometimes.RECOVERY_COPIED_FORWARD);
        }
        NewTail tail = new NewTail(header, unproven, log.isReplaced() ? base() : null, log.places());
        MetaRecord before = meta.newest();
        MetaRecord record = new MetaRecord(
                before.owner(), before.seq() + 1, before.hardState(), header.segSeq());
        WalStart start = tail.start(record.again(), log.places(), log.segmentsBefore(header));
        List<LogEntry> entries = log.isReplaced() ? List.of() : List.copyOf(log.log().entries());
        Chain chain = new Chain();
        files.unfinished().forEach(chain::delete);
        // The new segment may need the room.
        deleteSegments(after(meta.lastNamed()), start.segments(), chain);
        tail.write(chain);
        rewriteMeta(record, chain);
        chain.then(mending);
        deleteSegments(files.segmentBytes().headMap(meta.lastNamed(), true).keySet(), start.segments(), chain);
        for (String older : files.snapshots()) {
            if (!older.equals(files.snapshots().getLast())) {
                chain.delete(older);
            }
        }
        dialogue.run(chain, () -> ready(start, base(), entries), this::failed);
    }

    private static void deleteSegments(Collection<Long> segments, TreeSet<Long> live, Chain chain) {
        for (long segSeq : segments) {
            if (!live.contains(segSeq)) {
                chain.delete(StoreFiles.segment(segSeq));
            }
        }
    }

    private void rewriteMeta(MetaRecord record, Chain chain) {
        if (meta.isFirstRewrittenFirst()) {
            MetaWriter.rewrite(chain, record, StoreFiles.META_A, StoreFiles.META_B);
        } else {
            MetaWriter.rewrite(chain, record, StoreFiles.META_B, StoreFiles.META_A);
        }
        if (!files.has(StoreFiles.META_A) || !files.has(StoreFiles.META_B)) {
            chain.syncDirectory();
        }
    }

    private void ready(WalStart start, LogPosition base, List<LogEntry> entries) {
        Poison poison = new Poison(probe);
        Wal wal = new Wal(config, start, poison, probe);
        SnapshotStore snapshots = new SnapshotStore(wal, poison, snapshot, probe);
        outcome = new Recovery.Ready(
                wal, snapshots, snapshot, start.meta().hardState(), base, entries, rot,
                segmentsRead, copied, start.meta().seq());
    }
}
