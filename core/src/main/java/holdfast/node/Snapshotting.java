package holdfast.node;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Probe;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.wal.DiskOut;
import holdfast.wal.Snapshot;
import holdfast.wal.SnapshotStore;
import holdfast.wal.Wal;
import java.util.List;
import java.util.TreeMap;

/// Snapshots: when to take one, what may be forgotten after it, sending it to a follower whose entries are
/// gone, and taking one in ([SnapshotReceiver]).
///
/// A snapshot holds the machine, not the payloads: those stay in the log segments, and compaction keeps every
/// segment that an extent of the latest snapshot still points into. So a follower that needs a snapshot is
/// sent the machine's image and then the payloads its extents need.
final class Snapshotting {

    private final Replica replica;
    private final NodeConfig config;
    private final Raft raft;
    private final Wal wal;
    private final SnapshotStore snapshots;
    private final DiskOut disk;
    private final TreeMap<Integer, SnapshotSender> senders = new TreeMap<>();
    private final SnapshotReceiver receiver;
    private long[] neededBySaving = {};
    private boolean isSaving;
    private long lastToken;

    Snapshotting(
            Replica replica,
            NodeConfig config,
            Raft raft,
            Wal wal,
            SnapshotStore snapshots,
            DiskOut disk,
            Probe probe) {
        this.replica = replica;
        this.config = config;
        this.raft = raft;
        this.wal = wal;
        this.snapshots = snapshots;
        this.disk = disk;
        receiver = new SnapshotReceiver(replica, raft, wal, snapshots, disk, probe);
    }

    // ---- taking --------------------------------------------------------------------------------------------

    /// Takes a snapshot when enough has been applied since the last one and all of it is durable here.
    void takeIfDue() {
        long applied = replica.appliedIndex();
        if (isSaving
                || receiver.isSaving()
                || raft.logBytes() < config.snapshotEveryBytes()
                || !frees(applied)
                || applied > raft.durableIndex()) {
            return;
        }
        isSaving = true;
        neededBySaving = replica.machine().neededIndexes();
        snapshots.save(
                new Snapshot(raft.positionAt(applied), raft.membershipAt(applied), replica.machine().encode()), disk);
    }

    /// Whether enough could be forgotten behind a snapshot: many entries, or few large ones.
    private boolean frees(long applied) {
        return applied > latestIndex() + config.trailingEntries()
                || raft.logBytes() - bytesBetween(applied, raft.last().index()) >= config.snapshotEveryBytes();
    }

    /// Payload bytes of the entries after `from` up to `to`.
    private long bytesBetween(long from, long to) {
        long bytes = 0;
        for (long index = from + 1; index <= to; index++) {
            bytes += raft.entry(index).payload().size();
        }
        return bytes;
    }

    private long latestIndex() {
        return snapshots.latest() == null ? 0 : snapshots.latest().last().index();
    }

    /// A snapshot is durable: what it covers may be forgotten, except payloads that it points to.
    void onSaved(LogPosition last) {
        if (receiver.isSaving()) {
            receiver.onSaved(last);
            return;
        }
        isSaving = false;
        raft.compactTo(Math.max(raft.base().index(), lastForgotten(last.index())));
        wal.compact(last.index(), neededBySaving, disk);
        for (int follower : List.copyOf(senders.keySet())) {
            startSending(follower);
        }
    }

    /// Entries are kept behind a snapshot up to a number, and up to half the bytes that bring about the next one:
    /// a few thousand entries may be gigabytes.
    private long lastForgotten(long last) {
        long index = last;
        long bytes = 0;
        while (last - index < config.trailingEntries() && raft.hasEntry(index)) {
            bytes += raft.entry(index).payload().size();
            if (bytes > config.snapshotEveryBytes() / 2) {
                return index;
            }
            index--;
        }
        return index;
    }

    // ---- sending -------------------------------------------------------------------------------------------

    /// The follower's next entry is gone. If the snapshot on disk is older than the log's base (one is being
    /// saved), the next resend tries again.
    void startSending(int follower) {
        Snapshot latest = snapshots.latest();
        Check.that(latest != null, "what the log has forgotten is in a snapshot", follower, raft.base().index());
        senders.put(follower, new SnapshotSender(follower, latest, config.snapshotPieceBytes()));
    }

    /// Sends what is due: the first piece, or one that was not answered.
    void resend(long now) {
        for (int follower : List.copyOf(senders.keySet())) {
            SnapshotSender sender = senders.get(follower);
            if (!raft.needsSnapshot(follower)) {
                senders.remove(follower);
            } else if (sender.isDue(now)) {
                sendCurrent(now, sender);
            }
        }
    }

    long nextDeadline() {
        long earliest = Long.MAX_VALUE;
        for (SnapshotSender sender : senders.values()) {
            earliest = Math.min(earliest, sender.dueMicros());
        }
        return earliest;
    }

    void onReply(long now, int from, Message.InstallSnapshotReply reply) {
        SnapshotSender sender = senders.get(from);
        if (sender == null || !raft.needsSnapshot(from)) {
            senders.remove(from);
            return;
        }
        if (reply.lastIndex() == sender.last().index() && sender.answered(reply.nextChunk())) {
            sendCurrent(now, sender);
        }
    }

    private void sendCurrent(long now, SnapshotSender sender) {
        sender.sending(now + config.resendMicros());
        if (sender.isImagePiece()) {
            send(sender, Message.Piece.IMAGE, sender.imagePiece());
            return;
        }
        List<Long> wanted = sender.entriesOfPiece();
        if (wanted.isEmpty()) {
            send(sender, Message.Piece.ENTRIES, MessageCodec.encodeEntries(List.of()));
            return;
        }
        sender.fetching(--lastToken);
        wal.read(lastToken, wanted, disk);
    }

    /// Returns whether the token was one of a sender's.
    boolean onEntriesRead(long token, List<LogEntry> entries) {
        if (token > 0) {
            return false;
        }
        for (SnapshotSender sender : senders.values()) {
            if (sender.claims(token)) {
                send(sender, Message.Piece.ENTRIES, MessageCodec.encodeEntries(entries));
            }
        }
        return true;
    }

    private void send(SnapshotSender sender, Message.Piece piece, Bytes data) {
        raft.sendSnapshotPiece(
                sender.follower(), sender.last(), sender.chunk(), sender.isLastPiece(), piece, data);
    }

    // ---- receiving -----------------------------------------------------------------------------------------

    void onPiece(long now, int from, Message.InstallSnapshot piece) {
        if (!isSaving) {
            receiver.onPiece(now, from, piece);
        }
    }

    void onWritesDurable(long writeNumber) {
        receiver.onWritesDurable(writeNumber);
    }
}
