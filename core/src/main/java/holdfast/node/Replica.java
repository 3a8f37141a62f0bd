package holdfast.node;

import holdfast.Probe;
import holdfast.StateSink;
import holdfast.env.DiskResult;
import holdfast.raft.EntryType;
import holdfast.raft.HardState;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Raft;
import holdfast.raft.RaftEffects;
import holdfast.raft.RaftStart;
import holdfast.raft.Sender;
import holdfast.stream.CommandCodec;
import holdfast.stream.Outcome;
import holdfast.stream.StreamMachine;
import holdfast.wal.DiskOut;
import holdfast.wal.Recovery;
import holdfast.wal.Snapshot;
import holdfast.wal.SnapshotStore;
import holdfast.wal.SurvivedRot;
import holdfast.wal.Wal;
import holdfast.wal.WalEvents;
import java.util.List;

/// A running node: consensus, log and machine, wired together. It routes and orders; decisions belong to the
/// parts.
///
/// The order within a step never matters for safety, because each part emits only what is already safe.
public final class Replica {

    /// Why this node must stop.
    record Failure(int exitCode, String report) {}

    private final NodeConfig config;
    private final Probe probe;
    private final DiskOut disk;
    private final Wal wal;
    private final SnapshotStore snapshots;
    private final Raft raft;
    private final Proposals proposals;
    private final Reads reads;
    private final Snapshotting snapshotting;
    private final SurvivedRot rot;
    private final LeaderWord leaderWord = new LeaderWord();
    private StreamMachine machine;
    private long appliedIndex;
    private Failure failure;
    private Effects effects;
    private long now;

    Replica(NodeConfig config, Recovery.Ready start, DiskOut disk, Probe probe, long now, Effects effects) {
        this.config = config;
        this.probe = probe;
        this.disk = disk;
        this.effects = effects;
        this.now = now;
        wal = start.wal();
        snapshots = start.snapshots();
        Snapshot snapshot = start.snapshotOrNull();
        machine = snapshot == null
                ? new StreamMachine(probe, config.producers())
                : StreamMachine.decode(snapshot.image(), probe);
        appliedIndex = start.base().index();
        raft = new Raft(
                config.raft(),
                new RaftStart(
                        now, config.wal().diskUuid(), start.life(), start.hardState(), start.base(),
                        snapshot == null ? null : snapshot.membership(), start.entries()),
                new Consensus(),
                probe);
        proposals = new Proposals(config, raft, wal, probe);
        proposals.moved(now, start.base().term(), machine.clockMillis());
        reads = new Reads(this, config, wal, disk, probe, start.life());
        snapshotting = new Snapshotting(this, config, raft, wal, snapshots, disk, probe);
        rot = start.rot();
    }

    /// What consensus asks for, handed on.
    private final class Consensus implements RaftEffects {
        @Override
        public void send(int to, Message message) {
            effects.send(to, message);
        }

        @Override
        public void persist(long metaNumber, HardState state) {
            wal.persist(metaNumber, state);
        }

        @Override
        public void write(long writeNumber, long truncateFrom, List<LogEntry> entries) {
            wal.append(writeNumber, truncateFrom, entries);
        }

        @Override
        public boolean isUsable(LogEntry entry) {
            return Replica.this.isUsable(entry);
        }

        @Override
        public void sendSnapshot(int to) {
            snapshotting.startSending(to);
        }

        @Override
        public void readReady(long readId, long index) {
            reads.onReady(readId, index, effects);
        }

        @Override
        public void readFailed(long readId) {
            reads.onFailed(readId, effects);
        }

        @Override
        public void leadershipLost() {
            proposals.answerUnknown(ClientReply.Cause.LEADERSHIP_LOST, effects);
        }
    }

    /// What the log reports, handed on.
    private final class Log implements WalEvents {
        @Override
        public void entriesDurable(long writeNumber) {
            raft.onEntriesDurable(now, writeNumber);
            snapshotting.onWritesDurable(writeNumber);
        }

        @Override
        public void hardStateDurable(long metaNumber) {
            raft.onHardStateDurable(now, metaNumber);
        }

        @Override
        public void entriesRead(long token, List<LogEntry> entries) {
            if (!snapshotting.onEntriesRead(now, token, entries)) {
                reads.onEntriesRead(token, entries, effects);
            }
        }

        /// A client can ask another node. What a follower needs of a snapshot it can get from another leader, so this one
        /// goes.
        @Override
        public void entriesUnreadable(long token, String report) {
            if (reads.isRead(token)) {
                rot.found(report);
                reads.onUnreadable(token, effects);
            } else {
                failure = new Failure(Node.EXIT_DAMAGED, report);
            }
        }

        @Override
        public void snapshotSaved(LogPosition last) {
            snapshotting.onSaved(now);
        }

        @Override
        public void poisoned(String report) {
            failure = new Failure(Node.EXIT_IO_ERROR, report);
        }

        @Override
        public void damaged(String report) {
            failure = new Failure(Node.EXIT_DAMAGED, report);
        }
    }

    private final Log log = new Log();

    // ---- inputs --------------------------------------------------------------------------------------------

    void onTime(long now, Effects effects) {
        enter(now, effects);
        if (now >= raft.nextDeadline()) {
            raft.onTime(now);
        }
        reads.expire(now, effects);
        snapshotting.resend(now);
        applyCommitted();
    }

    void onMessage(long now, Sender sender, Message message, Effects effects) {
        enter(now, effects);
        if (raft.onMessage(now, sender, message)) {
            leaderWord.heard(raft, sender.id(), message);
            transfer(sender.id(), message);
        }
        applyCommitted();
    }

    /// Snapshots are not the log's business.
    private void transfer(int from, Message message) {
        switch (message) {
            case Message.InstallSnapshot piece -> snapshotting.onPiece(now, from, piece);
            case Message.InstallSnapshotReply reply -> snapshotting.onReply(now, from, reply);
            case Message.PreVoteRequest _, Message.PreVoteReply _, Message.VoteRequest _, Message.VoteReply _,
                    Message.AppendEntries _, Message.AppendAccepted _, Message.AppendRejected _,
                    Message.TimeoutNow _, Message.ReadIndexRequest _, Message.ReadIndexReply _ -> {}
        }
    }

    void onArriving(long now, int from, Effects effects) {
        enter(now, effects);
        raft.onArriving(now, from);
    }

    void onDisk(long now, long id, DiskResult result, Effects effects) {
        enter(now, effects);
        if (wal.owns(id)) {
            wal.onDone(now, id, result, disk, log);
        } else if (snapshots.owns(id)) {
            snapshots.onDone(now, id, result, disk, log);
        }
        applyCommitted();
    }

    void onClient(long now, long requestId, ClientRequest request, Effects effects) {
        enter(now, effects);
        switch (request) {
            case ClientRequest.Write write -> proposals.write(now, requestId, write, effects);
            case ClientRequest.Read read -> reads.ask(now, requestId, read, effects);
            case ClientRequest.Tail tail -> reads.ask(now, requestId, tail, effects);
            case ClientRequest.TransferLeadership transfer -> proposals.transfer(now, requestId, transfer.target(), effects);
            case ClientRequest.ReplaceDisk replace -> proposals.replaceDisk(now, requestId, replace, effects);
        }
        applyCommitted();
    }

    /// End of a turn.
    void flush(long now, Effects effects) {
        enter(now, effects);
        raft.flush(now);
        applyCommitted();
        snapshotting.takeIfDue();
        proposals.handOverIfDue(now);
        snapshots.flush(now, disk);
        wal.flush(now, disk);
    }

    long nextDeadline() {
        return Math.min(
                Math.min(raft.nextDeadline(), Math.min(wal.nextDeadline(), snapshots.nextDeadline())),
                Math.min(reads.nextDeadline(), snapshotting.nextDeadline()));
    }

    private void enter(long now, Effects effects) {
        this.now = now;
        this.effects = effects;
    }

    // ---- what is committed ---------------------------------------------------------------------------------

    /// Applies what is committed, in order, and answers who waits for it.
    private void applyCommitted() {
        boolean applied = false;
        while (appliedIndex < raft.commitIndex()) {
            LogEntry entry = raft.entry(appliedIndex + 1);
            appliedIndex = entry.index();
            applied = true;
            switch (entry.type()) {
                case COMMAND -> apply(entry);
                case CONFIG -> proposals.replaced(entry.index(), effects);
                case NOOP -> {}
            }
            proposals.moved(now, entry.term(), machine.clockMillis());
        }
        if (applied) {
            reads.onApplied(appliedIndex, effects);
        }
    }

    private void apply(LogEntry entry) {
        Outcome outcome = machine.apply(entry.index(), entry.term(), CommandCodec.decode(entry.payload()));
        proposals.applied(entry, outcome, effects);
    }

    /// Whether this node's log has room for what another node sends, and its machine a meaning.
    boolean isUsable(LogEntry entry) {
        return entry.payload().size() <= config.wal().payloadBytesMax()
                && (entry.type() != EntryType.COMMAND || CommandCodec.isCommand(entry.payload()));
    }

    /// An installed snapshot replaces the machine.
    void restored(StreamMachine restored, long index) {
        machine = restored;
        appliedIndex = index;
        proposals.moved(now, raft.last().term(), machine.clockMillis());
        reads.onApplied(appliedIndex, effects);
    }

    // ---- the end -------------------------------------------------------------------------------------------

    Failure failure() {
        return failure;
    }

    /// A node that stops knows nothing any more about what it was asked to write.
    void answerAllUnknown(Effects effects) {
        proposals.answerUnknown(ClientReply.Cause.STOPPED, effects);
        reads.failAll(ClientReply.Cause.STOPPED, effects);
    }

    // ---- what others may know ------------------------------------------------------------------------------

    public Raft raft() {
        return raft;
    }

    public Wal wal() {
        return wal;
    }

    public StreamMachine machine() {
        return machine;
    }

    public long appliedIndex() {
        return appliedIndex;
    }

    /// What leaders have told this node to be committed, or 0.
    public long toldIndex() {
        return leaderWord.committed();
    }

    /// Damage that was met and survived.
    public SurvivedRot rot() {
        return rot;
    }

    /// Whether a snapshot of a leader is on its way in: it arrives, is saved, or the log begins anew behind it.
    public boolean isTakingSnapshot() {
        return snapshotting.isReceiving();
    }

    public SnapshotStore snapshots() {
        return snapshots;
    }

    public void describe(StateSink sink) {
        sink.begin("raft");
        raft.describe(sink);
        sink.end().begin("wal");
        wal.describe(sink);
        sink.end().add("appliedIndex", appliedIndex);
    }
}
