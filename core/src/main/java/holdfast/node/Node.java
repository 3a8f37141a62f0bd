package holdfast.node;

import holdfast.Probe;
import holdfast.StateSink;
import holdfast.env.DiskOp;
import holdfast.raft.Message;
import holdfast.raft.Sender;
import holdfast.wal.DiskOut;
import holdfast.wal.Recovery;
import holdfast.wal.WalRecovery;

/// One node of the cluster: the whole deterministic core as one object without I/O, clock, thread or
/// randomness of its own. A life has three stages: recovering, running ([Replica]), halted.
///
/// Call [#step] for each input, [#flush] after a bounded batch of them, and [#step] with
/// [Event.TimeReached] when [#nextDeadline] has come and nothing else has happened.
public final class Node {

    /// Exit code after a failed write or sync (EX_IOERR): this node must not go on with what it believes.
    public static final int EXIT_IO_ERROR = 74;

    /// Exit code for a store that is damaged or not this node's (EX_DATAERR).
    public static final int EXIT_DAMAGED = 65;

    /// Exit code for a directory without a store: there is nothing that this node could be.
    public static final int EXIT_NO_STORE = 2;

    private enum Stage { RECOVERING, RUNNING, HALTED }

    private final NodeConfig config;
    private final Probe probe;
    private final DiskPort disk = new DiskPort();
    private WalRecovery recovery;
    private Replica replica;
    private Stage stage = Stage.RECOVERING;
    private Effects effects;
    private long now;
    private String recovered = "";

    public Node(NodeConfig config, Probe probe) {
        this.config = config;
        this.probe = probe;
        recovery = new WalRecovery(config.wal(), probe);
    }

    /// Disk operations of one node come from here, so their numbers only grow.
    private final class DiskPort implements DiskOut {
        private long lastId;

        @Override
        public long nextId() {
            return ++lastId;
        }

        @Override
        public void submit(DiskOp op) {
            effects.disk(op);
        }
    }

    /// Takes one input to completion. `now` is monotonic microseconds.
    public void step(long now, Event event, Effects effects) {
        this.now = now;
        this.effects = effects;
        switch (stage) {
            case RECOVERING -> stepRecovering(event);
            case RUNNING -> stepRunning(event);
            case HALTED -> {}
        }
    }

    /// Group commit: everything gathered since the last call goes to the disk as one write and one sync.
    public void flush(Effects effects) {
        this.effects = effects;
        if (stage == Stage.RUNNING) {
            replica.flush(now, effects);
            haltIfBroken();
        }
    }

    /// When to call again if nothing happens; `Long.MAX_VALUE` for never.
    public long nextDeadline() {
        return stage == Stage.RUNNING ? replica.nextDeadline() : Long.MAX_VALUE;
    }

    private void stepRecovering(Event event) {
        switch (event) {
            case Event.Started _ -> recovery.start(disk);
            case Event.DiskDone done -> {
                if (recovery.owns(done.id())) {
                    recovery.onDone(done.id(), done.result(), disk);
                }
            }
            case Event.ClientRequested request -> effects.answer(request.requestId(), notYet(request.request()));
            case Event.MessageReceived _, Event.Arriving _, Event.TimeReached _ -> {}
        }
        if (recovery.outcome() != null) {
            finishRecovery(recovery.outcome());
        }
    }

    private void finishRecovery(Recovery outcome) {
        switch (outcome) {
            case Recovery.Ready ready -> {
                stage = Stage.RUNNING;
                recovered = ready.sentence();
                replica = new Replica(config, ready, disk, probe, now, effects);
                recovery = null;
            }
            case Recovery.NoStore none -> halt(EXIT_NO_STORE, none.report());
            case Recovery.Refused refused -> halt(EXIT_DAMAGED, refused.report());
            case Recovery.Failed failed -> halt(EXIT_IO_ERROR, failed.report());
        }
    }

    private static ClientReply notYet(ClientRequest request) {
        return switch (request) {
            case ClientRequest.Write _, ClientRequest.TransferLeadership _, ClientRequest.ReplaceDisk _ ->
                    new ClientReply.NotWritten(ClientReply.Cause.STARTING, 0);
            case ClientRequest.Read _, ClientRequest.Tail _ ->
                    new ClientReply.ReadFailed(ClientReply.Cause.STARTING, 0);
        };
    }

    private void stepRunning(Event event) {
        switch (event) {
            case Event.Started _ -> {}
            case Event.TimeReached _ -> replica.onTime(now, effects);
            case Event.MessageReceived received -> onMessage(received.sender(), received.message());
            case Event.Arriving arriving -> replica.onArriving(now, arriving.from(), effects);
            case Event.DiskDone done -> replica.onDisk(now, done.id(), done.result(), effects);
            case Event.ClientRequested request -> replica.onClient(
                    now, request.requestId(), request.request(), effects);
        }
        haltIfBroken();
    }

    private void onMessage(Sender sender, Message message) {
        replica.onMessage(now, sender, message, effects);
    }

    private void haltIfBroken() {
        if (replica.failure() != null) {
            replica.answerAllUnknown(effects);
            halt(replica.failure().exitCode(), replica.failure().report());
        }
    }

    private void halt(int exitCode, String report) {
        stage = Stage.HALTED;
        effects.halt(exitCode, report);
    }

    /// How far a start has come, in words; empty when it is over.
    public String progress() {
        return recovery == null ? "" : recovery.progress();
    }

    /// What the start has found, in words; empty before that.
    public String recovered() {
        return recovered;
    }

    /// The running part, for invariant checks and status pages; null unless running.
    public Replica replica() {
        return stage == Stage.RUNNING ? replica : null;
    }

    public boolean isHalted() {
        return stage == Stage.HALTED;
    }

    /// Shows the whole state but the machine's ([holdfast.stream.StreamMachine#describe]).
    public void describe(StateSink sink) {
        sink.add("stage", stage.ordinal());
        if (stage == Stage.RUNNING) {
            replica.describe(sink);
        }
    }
}
