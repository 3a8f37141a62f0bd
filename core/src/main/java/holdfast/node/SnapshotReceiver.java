package holdfast.node;

import holdfast.Bytes;
import holdfast.Hasher;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.stream.StreamMachine;
import holdfast.wal.DiskOut;
import holdfast.wal.Snapshot;
import holdfast.wal.SnapshotFile;
import holdfast.wal.SnapshotStore;
import holdfast.wal.Wal;
import java.util.ArrayList;
import java.util.List;

/// Taking in a snapshot. The order is what makes a crash at any point harmless:
///
///     pieces arrive      image gathered in memory, payloads archived in the log
///     image complete     snapshot file written, synced, renamed, directory synced
///     file durable       log reset to the snapshot, machine replaced, in one step
///     reset durable      "installed" is told to the leader
///
/// A crash before the file is durable leaves the old state; after it, recovery prefers the snapshot.
final class SnapshotReceiver {

    private enum Stage { IDLE, RECEIVING, SAVING, RESETTING }

    private final Replica replica;
    private final Raft raft;
    private final Wal wal;
    private final SnapshotStore snapshots;
    private final DiskOut disk;
    private final Probe probe;
    private final Hasher hasher = new Hasher();
    private final List<Bytes> image = new ArrayList<>();
    private Stage stage = Stage.IDLE;
    private LogPosition last;
    private Snapshot snapshot;
    private int leader;
    private int nextChunk;
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

    boolean isSaving() {
        return stage == Stage.SAVING;
    }

    void onPiece(long now, int from, Message.InstallSnapshot piece) {
        this.now = now;
        if (raft.leader() != from || stage == Stage.SAVING || stage == Stage.RESETTING) {
            return;
        }
        leader = from;
        if (isCovered(piece.last())) {
            stage = Stage.IDLE;
            answerCovered(piece.last());
            return;
        }
        if (stage == Stage.IDLE || !piece.last().equals(last)) {
            begin(piece.last());
        }
        if (piece.chunk() == nextChunk && take(piece)) {
            nextChunk++;
            if (piece.done()) {
                save();
                return;
            }
        }
        raft.sendSnapshotReply(leader, last.index(), nextChunk, false);
    }

    /// What this node has committed, or holds with the same history, needs no snapshot.
    private boolean isCovered(LogPosition offered) {
        return offered.index() <= raft.commitIndex()
                || (raft.hasEntry(offered.index()) && raft.positionAt(offered.index()).equals(offered));
    }

    private void answerCovered(LogPosition offered) {
        if (raft.durableIndex() >= offered.index()) {
            raft.sendSnapshotReply(leader, offered.index(), 0, true);
        }
    }

    private void begin(LogPosition offered) {
        stage = Stage.RECEIVING;
        last = offered;
        nextChunk = 0;
        image.clear();
    }

    private boolean take(Message.InstallSnapshot piece) {
        switch (piece.piece()) {
            case IMAGE -> image.add(piece.data());
            case ENTRIES -> {
                List<LogEntry> entries = MessageCodec.decodeEntries(piece.data());
                if (entries == null) {
                    return false;
                }
                for (LogEntry entry : entries) {
                    if (!entry.hasIntactContent(hasher)) {
                        return false;
                    }
                }
                if (!entries.isEmpty()) {
                    wal.archive(raft.numberForArchive(now), entries);
                }
            }
        }
        return true;
    }

    private void save() {
        snapshot = SnapshotFile.decode(concatenated());
        if (snapshot == null || !snapshot.last().equals(last)) {
            stage = Stage.IDLE;
            return;
        }
        stage = Stage.SAVING;
        snapshots.save(snapshot, disk);
    }

    private Bytes concatenated() {
        int size = 0;
        for (Bytes piece : image) {
            size += piece.size();
        }
        byte[] whole = new byte[size];
        int position = 0;
        for (Bytes piece : image) {
            piece.copyTo(whole, position);
            position += piece.size();
        }
        image.clear();
        return Bytes.wrap(whole);
    }

    /// The file is durable. If the log has meanwhile caught up by itself, it stays.
    void onSaved(LogPosition saved) {
        if (isCovered(saved)) {
            stage = Stage.IDLE;
            return;
        }
        stage = Stage.RESETTING;
        resetNumber = raft.restore(now, saved, snapshot.membership());
        wal.resetTo(resetNumber, saved);
        replica.restored(StreamMachine.decode(snapshot.image(), probe), saved.index());
    }

    void onWritesDurable(long writeNumber) {
        if (stage == Stage.RESETTING && writeNumber >= resetNumber) {
            stage = Stage.IDLE;
            probe.reached(Sometimes.SNAPSHOT_INSTALLED);
            raft.sendSnapshotReply(raft.leader(), last.index(), nextChunk, true);
        }
    }
}
