package holdfast.sim.world;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.StateSink;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.env.Network;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.Driver;
import holdfast.node.Node;
import holdfast.node.Replica;
import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.disk.Remains;
import holdfast.sim.disk.SimDisk;
import holdfast.sim.kernel.Cause;
import holdfast.sim.kernel.EventQueue;
import java.util.ArrayDeque;

/// One machine: a disk, a clock, and at most one process, which is the production [Driver] around the
/// production [Node]. A process may crash, be paused or run slowly; the machine may lose power.
///
/// A turn takes some time, in which further inputs gather; the next turn takes them all. That is how the
/// simulated node comes to group commits, as the real one does.
public final class Host implements Driver.Outside {

    /// Inputs taken in one turn at most.
    private static final int INPUTS_PER_TURN = 64;

    /// What can arrive at a process.
    private sealed interface Input {
        record Packet(int from, long number, Bytes bytes) implements Input {}

        record DiskDone(long id, DiskResult result) implements Input {}

        record Request(long requestId, ClientRequest request) implements Input {}
    }

    private final int id;
    private final HostSurroundings surroundings;
    private final EventQueue queue;
    private final NodeConfigs configs;
    private final SimClock clock;
    private final ArrayDeque<Input> inbox = new ArrayDeque<>();
    private final long turnMicros;
    private Drive drive;
    private Node node;
    private Driver driver;
    private long lives;
    private long busyUntil;
    private long pausedUntil;
    private int slowFactor = 1;
    private long wakeAt = Long.MAX_VALUE;

    Host(
            int id,
            HostSurroundings surroundings,
            EventQueue queue,
            NodeConfigs configs,
            Drive drive,
            SimClock clock,
            long turnMicros) {
        this.id = id;
        this.surroundings = surroundings;
        this.queue = queue;
        this.configs = configs;
        this.drive = drive;
        this.clock = clock;
        this.turnMicros = turnMicros;
    }

    // ---- the process ---------------------------------------------------------------------------------------

    void boot() {
        if (isUp()) {
            return;
        }
        lives++;
        node = new Node(configs.on(drive.store()), surroundings.probe(id));
        Network network = (to, packet) -> surroundings.send(id, to, packet);
        driver = new Driver(node, clock, this::submit, network, this);
        driver.start();
        endTurn();
    }

    private void submit(DiskOp operation) {
        surroundings.submitted(id, operation);
        disk().submit(operation);
    }

    /// The machine, which is off, gets this drive in place of the one that it has.
    void mount(Drive other) {
        Check.that(!isUp(), "drives are changed while the machine is off", id, 0);
        drive = other;
    }

    /// The process dies; the kernel and its page cache live on.
    void crash(long cause) {
        if (isUp()) {
            disk().processCrash(cause);
            endProcess();
        }
    }

    /// The machine loses power: page cache and un-synced writes are gone in some mixture.
    void powerCut(PowerCutKeep keep, long cause) {
        disk().powerCut(keep, cause);
        if (isUp()) {
            endProcess();
        }
    }

    private void endProcess() {
        node = null;
        driver = null;
        inbox.clear();
        wakeAt = Long.MAX_VALUE;
        busyUntil = 0;
        pausedUntil = 0;
        surroundings.processEnded(id);
    }

    void pauseUntil(long time) {
        if (isUp()) {
            pausedUntil = Math.max(pausedUntil, time);
            wakeNoLaterThan(pausedUntil);
        }
    }

    void slow(int factor) {
        slowFactor = factor;
    }

    // ---- inputs --------------------------------------------------------------------------------------------

    void takePacket(int from, long number, Bytes bytes) {
        take(new Input.Packet(from, number, bytes));
    }

    void takeDiskResult(long operation, DiskResult result) {
        take(new Input.DiskDone(operation, result));
    }

    void takeRequest(long requestId, ClientRequest request) {
        take(new Input.Request(requestId, request));
    }

    private void take(Input input) {
        if (!isUp()) {
            return;
        }
        inbox.addLast(input);
        long free = Math.max(busyUntil, pausedUntil);
        if (queue.now() >= free) {
            turn();
        } else {
            wakeNoLaterThan(free);
        }
    }

    /// Takes everything that has arrived, then lets the node commit it as a group.
    private void turn() {
        long life = lives;
        for (int taken = 0; taken < INPUTS_PER_TURN && !inbox.isEmpty() && isAlive(life); taken++) {
            switch (inbox.removeFirst()) {
                case Input.Packet packet -> {
                    surroundings.taking(id, packet.from(), packet.number(), packet.bytes());
                    driver.takePacket(packet.from(), packet.bytes());
                }
                case Input.DiskDone done -> takeDone(done);
                case Input.Request request -> driver.takeRequest(request.requestId(), request.request());
            }
        }
        if (isAlive(life) && clock.monotonicMicros() >= driver.nextDeadline()) {
            driver.takeTime();
        }
        if (isAlive(life)) {
            endTurn();
        }
    }

    /// Want of room may be waited out, and then the process goes on and counts as before.
    private void takeDone(Input.DiskDone done) {
        if (done.result() instanceof DiskResult.Failed failed && failed.reason() != DiskResult.Reason.NO_SPACE) {
            surroundings.toldOfFailure(id);
        }
        driver.takeDiskResult(done.id(), done.result());
    }

    private boolean isAlive(long life) {
        return isUp() && lives == life;
    }

    private void endTurn() {
        long life = lives;
        driver.endTurn();
        if (!isAlive(life)) {
            return;
        }
        surroundings.turnEnded(id);
        busyUntil = queue.now() + turnMicros * slowFactor;
        if (!inbox.isEmpty()) {
            wakeNoLaterThan(busyUntil);
            return;
        }
        long deadline = driver.nextDeadline();
        if (deadline != Long.MAX_VALUE) {
            wakeNoLaterThan(Math.max(clock.timeOf(deadline), busyUntil));
        }
    }

    private void wakeNoLaterThan(long time) {
        if (time >= wakeAt) {
            return;
        }
        wakeAt = time;
        long life = lives;
        queue.at(time, () -> wake(life, time));
    }

    private void wake(long life, long time) {
        if (!isAlive(life) || wakeAt != time) {
            return;
        }
        wakeAt = Long.MAX_VALUE;
        if (queue.now() < pausedUntil) {
            wakeNoLaterThan(pausedUntil);
            return;
        }
        surroundings.timerFired(id);
        turn();
    }

    // ---- outputs -------------------------------------------------------------------------------------------

    @Override
    public void answer(long requestId, ClientReply reply) {
        surroundings.answered(id, requestId, reply);
    }

    @Override
    public void halted(int exitCode, String report) {
        disk().processCrash(Cause.stop(lives));
        endProcess();
        surroundings.halted(id, exitCode, report);
    }

    /// Shows the machine, its disk and its process.
    public void describe(StateSink sink) {
        sink.add("lives", lives).add("isUp", isUp()).add("inbox", inbox.size());
        sink.add("wallMillis", clock.wallMillis()).add("busyUntil", busyUntil).add("pausedUntil", pausedUntil);
        sink.begin("disk");
        disk().describe(sink);
        sink.end();
        if (isUp()) {
            sink.begin("node");
            node.describe(sink);
            sink.end();
        }
        if (replica() != null) {
            sink.begin("machine");
            replica().machine().describe(sink);
            sink.end();
        }
    }

    /// Until when the process stands still, or the end of its last pause in this life.
    public long pausedUntilMicros() {
        return pausedUntil;
    }

    /// Whether nothing that has arrived still waits for the process.
    public boolean hasTakenAll() {
        return inbox.isEmpty();
    }

    /// Whether the process wants to be called because of a time that has come already.
    public boolean isDue() {
        return isUp() && driver.nextDeadline() <= clock.monotonicMicros();
    }

    /// When the process can take its next input: now, or when its turn or pause is over.
    public long freeMicros() {
        return Math.max(queue.now(), Math.max(busyUntil, pausedUntil));
    }

    // ---- what the world may know ---------------------------------------------------------------------------

    public boolean isUp() {
        return node != null;
    }

    /// The running core, or null.
    public Replica replica() {
        return isUp() ? node.replica() : null;
    }

    /// In the machine now.
    public SimDisk disk() {
        return drive.disk();
    }

    /// In the machine now.
    public Drive drive() {
        return drive;
    }

    SimClock clock() {
        return clock;
    }

    /// What would become of a process that started now from what a power cut would leave.
    public Rehearsal rehearse(Remains remains) {
        return new Rehearsal(configs.rehearsedOn(drive.store()), remains);
    }
}
