package holdfast.node;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.raft.LogEntry;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.wal.DiskOut;
import holdfast.wal.Snapshot;
import holdfast.wal.SnapshotStore;
import holdfast.wal.Wal;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// Snapshots: when to take one, what may be forgotten after it, sending it to a follower whose entries are
/// gone, and taking one in ([SnapshotReceiver]).
///
/// A snapshot holds the machine, not the payloads: those stay in the log segments, and compaction keeps every
/// segment that an extent of the latest snapshot still points into. So a follower that needs a snapshot is
/// sent the machine's image and then the payloads its extents need.
///
/// A snapshot that a follower takes is *pinned* until it is through: what it needs is kept on disk, and the entries behind it
/// in memory, whatever snapshots are taken meanwhile. So a transfer ends however fast clients write. Three bounds hold: a
/// follower that does not get on for [#PATIENCE_PAUSES] loses its pin, the entries kept for it are at most
/// [#PINNED_BYTES_MAX], and what is pinned on disk is no more than what was live when the transfer began.
final class Snapshotting {

    /// A pin is given up after so many pauses without progress.
    static final int PATIENCE_PAUSES = 20;

    /// What entries that are kept in memory for followers being brought up may take, each with its overhead.
    static final long PINNED_BYTES_MAX = 32 << 20;

    private static final int ENTRY_OVERHEAD_BYTES = 256;

    private final Replica replica;
    private final NodeConfig config;
    private final Raft raft;
    private final Wal wal;
    private final SnapshotStore snapshots;
    private final DiskOut disk;
    private final Probe probe;
    /// Transfers under way, and those that are through until the follower has caught up.
    private final TreeMap<Integer, SnapshotSender> senders = new TreeMap<>();
    private final SnapshotReceiver receiver;
    private long[] neededBySaving;
    private boolean isSaving;
    /// The newest snapshot on disk, or null.
    private SnapshotOffer newest;
    /// Payload bytes of entries that are only in memory for a follower that is being brought up.
    private long pinnedBytes;
    private long lastToken;
    private long now;

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
        this.probe = probe;
        receiver = new SnapshotReceiver(replica, raft, wal, snapshots, disk, probe);
        if (snapshots.latest() != null) {
            newest = new SnapshotOffer(snapshots.latest(), replica.machine().neededIndexes());
        }
    }

    // ---- taking --------------------------------------------------------------------------------------------

    /// Takes a snapshot when enough has been applied since the last one and all of it is durable here.
    void takeIfDue() {
        long applied = replica.appliedIndex();
        if (isSaving
                || receiver.isSaving()
                || logBytes() < config.snapshotEveryBytes()
                || !frees(applied)
                || applied > raft.durableIndex()) {
            return;
        }
        isSaving = true;
        neededBySaving = replica.machine().neededIndexes();
        snapshots.save(
                new Snapshot(raft.positionAt(applied), raft.membershipAt(applied), replica.machine().encode()), disk);
    }

    private long logBytes() {
        return raft.logBytes() - pinnedBytes;
    }

    /// Whether enough could be forgotten behind a snapshot: many entries, or few large ones.
    private boolean frees(long applied) {
        return applied > latestIndex() + config.trailingEntries()
                || logBytes() - bytesBetween(applied, raft.last().index()) >= config.snapshotEveryBytes();
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
        return newest == null ? 0 : newest.last().index();
    }

    /// A snapshot is durable: what it covers may be forgotten, except payloads that it points to and what is pinned.
    void onSaved(long now) {
        this.now = now;
        if (receiver.isSaving()) {
            newest = new SnapshotOffer(snapshots.latest(), receiver.onSaved());
            pinnedBytes = 0;
            return;
        }
        isSaving = false;
        newest = new SnapshotOffer(snapshots.latest(), neededBySaving);
        neededBySaving = null;
        senders.values().removeIf(this::isOver);
        for (SnapshotSender sender : List.copyOf(senders.values())) {
            if (!sender.isPinned(now)) {
                probe.reached(Sometimes.SNAPSHOT_OFFER_RENEWED);
                begin(sender.follower(), sender.dueMicros());
            }
        }
        raft.compactTo(Math.max(raft.base().index(), lastForgotten(latestIndex())));
        wal.compact(latestIndex(), neededByAll(), disk);
        receiver.saveIfComplete();
    }

    /// Entries are kept behind a snapshot up to a number, and up to half the bytes that bring about the next one:
    /// a few thousand entries may be gigabytes. Beyond that, those are kept that a follower being brought up will ask for.
    private long lastForgotten(long last) {
        long pinnedAfter = pinnedAfter();
        long index = last;
        long bytes = 0;
        long pinned = 0;
        pinnedBytes = 0;
        while (raft.hasEntry(index)) {
            int size = raft.entry(index).payload().size();
            bytes += size;
            pinned += size + ENTRY_OVERHEAD_BYTES;
            boolean isTrailing = last - index < config.trailingEntries() && bytes <= config.snapshotEveryBytes() / 2;
            if (!isTrailing) {
                if (index <= pinnedAfter || pinned > PINNED_BYTES_MAX) {
                    break;
                }
                pinnedBytes += size;
            }
            index--;
        }
        if (pinnedBytes > 0) {
            probe.reached(Sometimes.ENTRIES_PINNED);
        }
        return index;
    }

    // ---- pins ----------------------------------------------------------------------------------------------

    /// A follower that takes a snapshot will ask for the entries after this one; nobody for any if it is the largest number.
    private long pinnedAfter() {
        long lowest = Long.MAX_VALUE;
        for (SnapshotSender sender : senders.values()) {
            if (sender.isPinned(now)) {
                lowest = Math.min(lowest, Math.max(sender.last().index(), raft.matchIndex(sender.follower())));
            }
        }
        return lowest;
    }

    /// What the newest snapshot needs, and each that is pinned.
    private long[] neededByAll() {
        LongStream needed = Arrays.stream(newest.needed());
        boolean isMore = false;
        for (SnapshotSender sender : senders.values()) {
            if (sender.isPinned(now) && raft.needsSnapshot(sender.follower()) && sender.offer() != newest) {
                needed = LongStream.concat(needed, Arrays.stream(sender.offer().needed()));
                isMore = true;
                probe.reached(Sometimes.SNAPSHOT_KEPT_WHILE_SENT);
            }
        }
        return isMore ? needed.sorted().distinct().toArray() : newest.needed();
    }

    /// A transfer is over when the follower has caught up with the newest snapshot by way of the log, or does not get on.
    private boolean isOver(SnapshotSender sender) {
        return !raft.isLeader()
                || (!raft.needsSnapshot(sender.follower())
                        && (raft.matchIndex(sender.follower()) >= latestIndex() || !sender.isPinned(now)));
    }

    // ---- sending -------------------------------------------------------------------------------------------

    /// The follower's next entry is gone.
    void startSending(int follower) {
        Check.that(newest != null, "what the log has forgotten is in a snapshot", follower, raft.base().index());
        begin(follower, 0);
    }

    private void begin(int follower, long dueMicros) {
        long patience = PATIENCE_PAUSES * config.resendMicros();
        senders.put(follower, new SnapshotSender(follower, newest, config.snapshotPieceBytes(), patience, dueMicros));
    }

    /// Sends what is due: a question, or something that was not answered.
    void resend(long now) {
        this.now = now;
        if (raft.isLeader()) {
            receiver.forgetIfReceiving();
        }
        senders.values().removeIf(this::isOver);
        for (SnapshotSender sender : List.copyOf(senders.values())) {
            if (!raft.needsSnapshot(sender.follower()) || !sender.isDue(now)) {
                continue;
            }
            if (sender.isGivenUp(now)) {
                probe.reached(Sometimes.SNAPSHOT_GIVEN_UP);
                begin(sender.follower(), 0);
            }
            SnapshotSender current = senders.get(sender.follower());
            probe.reached(Sometimes.SNAPSHOT_ASKED_AGAIN);
            current.timedOut();
            current.sending(now + config.resendMicros());
            if (!sendNext(current) && !current.isReading()) {
                send(current, 0, 0, Message.Piece.ENTRIES, MessageCodec.encodeEntries(List.of()));
            }
        }
    }

    long nextDeadline() {
        long earliest = Long.MAX_VALUE;
        for (SnapshotSender sender : senders.values()) {
            if (raft.needsSnapshot(sender.follower())) {
                earliest = Math.min(earliest, sender.dueMicros());
            }
        }
        return earliest;
    }

    void onReply(long now, int from, Message.InstallSnapshotReply reply) {
        this.now = now;
        SnapshotSender sender = senders.get(from);
        if (sender != null
                && raft.needsSnapshot(from)
                && sender.answered(now, reply, now + config.resendMicros())) {
            sendNext(sender);
        }
    }

    /// Returns whether there was something to send.
    private boolean sendNext(SnapshotSender sender) {
        if (sender.wantsImage()) {
            send(sender, sender.imagePosition(), sender.offer().file().size(), Message.Piece.IMAGE, sender.imagePiece());
            return true;
        }
        List<Long> wanted = sender.entriesToRead(wal::bytesOf);
        if (wanted.isEmpty()) {
            return false;
        }
        sender.reading(--lastToken);
        wal.read(lastToken, wanted, disk);
        return true;
    }

    /// Returns whether the token was one of a sender's.
    boolean onEntriesRead(long now, long token, List<LogEntry> entries) {
        if (token > 0) {
            return false;
        }
        for (SnapshotSender sender : senders.values()) {
            if (sender.reads(token)) {
                if (sender.read(entries.size(), entries.getLast().index())) {
                    sender.sending(now + config.resendMicros());
                    send(sender, 0, 0, Message.Piece.ENTRIES, MessageCodec.encodeEntries(entries));
                }
                sendNext(sender);
            }
        }
        return true;
    }

    private void send(SnapshotSender sender, int position, int imageBytes, Message.Piece piece, Bytes data) {
        raft.sendSnapshotPiece(sender.follower(), sender.last(), position, imageBytes, piece, data);
    }

    // ---- receiving -----------------------------------------------------------------------------------------

    void onPiece(long now, int from, Message.InstallSnapshot piece) {
        receiver.onPiece(now, from, piece);
    }

    boolean isReceiving() {
        return receiver.isReceiving();
    }

    void onWritesDurable(long writeNumber) {
        receiver.onWritesDurable(writeNumber);
    }
}
