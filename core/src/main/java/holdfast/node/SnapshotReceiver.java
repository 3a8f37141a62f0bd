package holdfast.node;

import holdfast.Hasher;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.raft.EntryType;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.wal.DiskOut;
import holdfast.wal.SnapshotStore;
import holdfast.wal.Wal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/// Taking in a snapshot. The order is what makes a crash at any point harmless:
///
///     image arrives      gathered in memory; once whole, it says which entries it needs
///     entries arrive     those that are lacking are archived in the log, and acknowledged when they are durable there
///     nothing lacks      snapshot file written, synced, renamed, directory synced
///     file durable       log reset to the snapshot, machine replaced, in one step
///     reset durable      "installed" is told to the leader
///
/// A crash before the file is durable leaves the old state; after it, recovery prefers the snapshot.
///
/// An attempt that ends early is not lost: what a snapshot needs is committed, so entries that were archived for an earlier
/// one, and those that this node's own log has committed, are the same for every leader (Leader Completeness, Raft §5.4.3)
/// and are not asked for again.
final class SnapshotReceiver {

    private enum Stage { IDLE, RECEIVING, SAVING, RESETTING }

    /// Pieces of entries that may wait for the disk; further ones are dropped, and their sender sends them again.
    private static final int UNCONFIRMED_PIECES_MAX = 8;

    /// A write to the archive, until the disk has confirmed it.
    private record Archiving(long writeNumber, List<Long> indexes) {}

    private final Replica replica;
    private final Raft raft;
    private final Wal wal;
    private final SnapshotStore snapshots;
    private final DiskOut disk;
    private final Probe probe;
    private final Hasher hasher = new Hasher();
    private final ArrayDeque<Archiving> archiving = new ArrayDeque<>();
    private final TreeSet<Long> unconfirmed = new TreeSet<>();
    private Stage stage = Stage.IDLE;
    private LogPosition last;
    private IncomingImage image;
    /// By place among what the image needs: entries that are here, perhaps not durable yet.
    private BitSet held = new BitSet();
    private int leader;
    private long resetNumber;
    private long now;

    SnapshotReceiver(
            Replica replica, Raft raft, Wal wal, SnapshotStore snapshots, DiskOut disk, Probe probe) {
        this.replica = replica;
        this.raft = raft;
        this.wal = wal;
        this.snapshots = snapshots;
        this.disk = disk;
        this.probe = probe;
    }

    /// From here on the next snapshot on this node's disk is the one that was sent.
    boolean isSaving() {
        return stage == Stage.SAVING;
    }

    /// From the first piece on until the log begins anew.
    boolean isReceiving() {
        return stage != Stage.IDLE;
    }

    void onPiece(long now, int from, Message.InstallSnapshot piece) {
        this.now = now;
        if (raft.leader() != from) {
            return;
        }
        leader = from;
        if (stage == Stage.SAVING || stage == Stage.RESETTING) {
            answerIfOf(piece.last());
            return;
        }
        if (isCovered(piece.last())) {
            probe.reached(Sometimes.SNAPSHOT_NOT_NEEDED);
            forget();
            answerCovered(piece.last());
            return;
        }
        if (stage == Stage.RECEIVING && !piece.last().equals(last)) {
            probe.reached(Sometimes.SNAPSHOT_SUPERSEDED);
        }
        if (stage == Stage.IDLE || !piece.last().equals(last)) {
            begin(piece.last());
        }
        int writes = archiving.size();
        if (take(piece)) {
            saveIfComplete();
            // What has just been given to the disk is answered when it is durable.
            if (archiving.size() == writes) {
                answer();
            }
        } else {
            probe.reached(Sometimes.SNAPSHOT_REFUSED);
        }
    }

    /// What this node has committed, or holds with the same history, needs no snapshot.
    private boolean isCovered(LogPosition offered) {
        return offered.index() <= raft.commitIndex()
                || (raft.hasEntry(offered.index()) && raft.positionAt(offered.index()).equals(offered));
    }

    private void answerCovered(LogPosition offered) {
        if (raft.durableIndex() >= offered.index()) {
            raft.sendSnapshotReply(leader, offered.index(), 0, offered.index() + 1, true);
        }
    }

    private void answerIfOf(LogPosition offered) {
        if (offered.equals(last)) {
            answer();
        }
    }

    private void answer() {
        raft.sendSnapshotReply(leader, last.index(), image.bytesHeld(), image.isWhole() ? lacking() : 0, false);
    }

    /// The first index that is needed and not durable here.
    private long lacking() {
        int place = held.nextClearBit(0);
        long lacking = place < image.needed().length ? image.needed()[place] : last.index() + 1;
        return unconfirmed.isEmpty() ? lacking : Math.min(lacking, unconfirmed.first());
    }

    // ---- pieces --------------------------------------------------------------------------------------------

    private void begin(LogPosition offered) {
        stage = Stage.RECEIVING;
        last = offered;
        image = new IncomingImage(offered);
    }

    /// The image, and whatever else is large, is given up.
    void forget() {
        stage = Stage.IDLE;
        image = null;
        held = new BitSet();
    }

    /// A leader receives nothing.
    void forgetIfReceiving() {
        if (stage == Stage.RECEIVING) {
            forget();
        }
    }

    /// Returns false if no honest node sends such a piece.
    private boolean take(Message.InstallSnapshot piece) {
        return switch (piece.piece()) {
            case IMAGE -> takeImage(piece);
            case ENTRIES -> {
                List<LogEntry> entries = MessageCodec.decodeEntries(piece.data());
                yield entries != null && (!image.isWhole() || takeEntries(entries));
            }
        };
    }

    private boolean takeImage(Message.InstallSnapshot piece) {
        if (image.isWhole()) {
            return true;
        }
        if (!image.take(piece, probe) || (image.isWhole() && !isOfThisStore())) {
            begin(last);
            return false;
        }
        if (image.isWhole()) {
            compareWithOwn();
        }
        return true;
    }

    /// Voters stay for the life of a store; only their disks change.
    private boolean isOfThisStore() {
        return image.snapshot().membership().voters().equals(raft.membership().voters());
    }

    private void compareWithOwn() {
        long[] needed = image.needed();
        long own = Math.min(raft.commitIndex(), raft.durableIndex());
        held = new BitSet(needed.length);
        for (int place = 0; place < needed.length; place++) {
            long index = needed[place];
            held.set(place, index <= own || wal.isArchived(index) || unconfirmed.contains(index));
        }
        if (!held.isEmpty()) {
            probe.reached(Sometimes.SNAPSHOT_RESUMED);
        }
    }

    private boolean takeEntries(List<LogEntry> entries) {
        List<LogEntry> lacking = new ArrayList<>();
        List<Long> indexes = new ArrayList<>();
        for (LogEntry entry : entries) {
            int place = image.placeOf(entry.index());
            if (place < 0 || !isSound(entry)) {
                return false;
            }
            if (!held.get(place)) {
                lacking.add(entry);
                indexes.add(entry.index());
            }
        }
        if (!lacking.isEmpty() && archiving.size() < UNCONFIRMED_PIECES_MAX) {
            long number = raft.numberForArchive(now);
            wal.archive(number, lacking);
            archiving.addLast(new Archiving(number, indexes));
            unconfirmed.addAll(indexes);
            indexes.forEach(index -> held.set(image.placeOf(index)));
        } else {
            probe.reached(lacking.isEmpty() ? Sometimes.SNAPSHOT_ENTRIES_REPEATED : Sometimes.SNAPSHOT_ENTRIES_DROPPED);
        }
        return true;
    }

    private boolean isSound(LogEntry entry) {
        return entry.type() == EntryType.COMMAND
                && entry.term() <= last.term()
                && wal.hasRoomFor(entry.payload().size())
                && entry.hasIntactContent(hasher);
    }

    // ---- the disk ------------------------------------------------------------------------------------------

    void onWritesDurable(long writeNumber) {
        boolean isNews = false;
        while (!archiving.isEmpty() && archiving.getFirst().writeNumber() <= writeNumber) {
            archiving.removeFirst().indexes().forEach(unconfirmed::remove);
            isNews = true;
        }
        if (stage == Stage.RECEIVING && isNews) {
            saveIfComplete();
            answer();
        } else if (stage == Stage.RESETTING && writeNumber >= resetNumber) {
            forget();
            probe.reached(Sometimes.SNAPSHOT_INSTALLED);
            raft.sendSnapshotReply(raft.leader(), last.index(), 0, last.index() + 1, true);
        }
    }

    /// Nothing is saved while this node still saves a snapshot of its own.
    void saveIfComplete() {
        if (stage == Stage.RECEIVING
                && image.isWhole()
                && lacking() > last.index()
                && !snapshots.isSaving()) {
            probe.reached(Sometimes.SNAPSHOT_WHOLE);
            stage = Stage.SAVING;
            snapshots.save(image.snapshot(), disk);
        }
    }

    /// The file is durable. If the log has meanwhile caught up by itself, it stays. Returns what the snapshot needs.
    long[] onSaved() {
        long[] needed = image.needed();
        if (isCovered(last)) {
            probe.reached(Sometimes.SNAPSHOT_OVERTAKEN_BY_LOG);
            forget();
            return needed;
        }
        stage = Stage.RESETTING;
        resetNumber = raft.restore(now, last, image.snapshot().membership());
        wal.resetTo(resetNumber, last);
        replica.restored(image.machine(), last.index());
        return needed;
    }
}
