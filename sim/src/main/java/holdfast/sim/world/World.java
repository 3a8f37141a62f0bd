package holdfast.sim.world;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Probe;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.Node;
import holdfast.node.Replica;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.disk.SimDisk;
import holdfast.sim.kernel.Cause;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.net.SimNetwork;
import holdfast.sim.plan.Cluster;
import holdfast.sim.plan.Plan;
import java.util.Arrays;
import java.util.List;

/// The machines of one universe, their network and their supervisor, who restarts what has stopped. Everything that
/// happens to a machine happens here; [WorldObserver] hears of it.
public final class World implements HostSurroundings {

    /// The supervisor waits about this long before it starts a stopped process again.
    static final long RESTART_MICROS = 200_000;

    private final EventQueue queue = new EventQueue();
    private final Entropy entropy;
    private final Situations situations;
    private final WorldObserver observer;
    private final SimNetwork network;
    private final Cluster cluster;
    private final Bays bays;
    private final Operator operator;
    private final DriveFaults driveFaults;
    private final Lasting lasting;
    private final Host[] hosts;
    private final Condition[] conditions;
    /// Who is to come back at all: a restart that belongs to an older stop does nothing.
    private final long[] stops;
    /// Only the end of the last slowing makes a process fast again.
    private final long[] slowings;
    private boolean isCalm;
    /// Requests of operators have negative numbers.
    private long operatorRequests;

    public World(Plan plan, Situations situations, WorldObserver observer) {
        this.entropy = new Entropy(plan.seed());
        this.situations = situations;
        this.observer = observer;
        cluster = plan.cluster();
        int nodes = cluster.nodes();
        network = new SimNetwork(nodes, cluster.noise(), entropy, queue, this::arrived);
        hosts = new Host[nodes + 1];
        conditions = new Condition[nodes + 1];
        stops = new long[nodes + 1];
        slowings = new long[nodes + 1];
        bays = new Bays(cluster, entropy, queue, this::diskDone);
        operator = new Operator(this, bays.first());
        lasting = new Lasting(this, observer);
        driveFaults = new DriveFaults(this, bays, operator, observer);
        for (int node = 1; node <= nodes; node++) {
            conditions[node] = new Condition();
            SimClock clock = new SimClock(queue, cluster.machines().get(node - 1).driftPartsPerMillion());
            hosts[node] = new Host(
                    node, this, queue, new NodeConfigs(node, cluster.knobs(), entropy), bays.own(node), clock,
                    cluster.turnMicros());
        }
    }

    /// What the wall clock of that machine shows.
    public long wallMillis(int node) {
        return hosts[node].clock().wallMillis();
    }

    // ---- processes and machines ----------------------------------------------------------------------------

    /// Starts every node, each a little after the one before.
    public void bootAll() {
        for (int node = 1; node <= nodes(); node++) {
            int booting = node;
            queue.after(entropy.below(Purpose.CLOCK, node, 0, RESTART_MICROS), () -> boot(booting));
        }
    }

    private void boot(int node) {
        if (!hosts[node].isUp() && conditions[node].isForgetful()) {
            retire(node);
        }
        if (hosts[node].isUp() || conditions[node].isRetired() || lasting.keepsDown(node)) {
            return;
        }
        conditions[node].booted();
        observer.booted(node);
        hosts[node].boot();
    }

    public void crash(int node, long downMicros, long cause) {
        if (hosts[node].isUp()) {
            hosts[node].crash(cause);
            restartAfter(node, downMicros);
        }
    }

    /// The machine is without power and comes back. A disk that had lied to its node keeps what it has: nobody could
    /// tell what is missing, so such a node is not started again.
    public void powerCut(int node, PowerCutKeep keep, long downMicros, long cause) {
        if (conditions[node].isLied()) {
            retire(node);
        }
        hosts[node].powerCut(keep, cause);
        restartAfter(node, downMicros);
    }

    private void retire(int node) {
        if (!conditions[node].isRetired()) {
            conditions[node].retired();
            observer.happened(node, "retire", "its disk had lied to it; it is not started again");
        }
    }

    /// Clean pages leave the page cache. What a lying disk has only there is gone by that, as it would be by a power cut.
    public void dropCaches(int node, FileRole files) {
        SimDisk disk = bays.own(node).disk();
        int before = disk.phantomPages();
        disk.dropCaches(files);
        if (disk.phantomPages() < before) {
            conditions[node].forgot();
        }
    }

    void restartAfter(int node, long micros) {
        long stop = ++stops[node];
        queue.after(micros, () -> {
            if (stops[node] == stop) {
                boot(node);
            }
        });
    }

    public void pause(int node, long micros) {
        hosts[node].pauseUntil(queue.now() + micros);
    }

    public void slow(int node, int factor, long micros) {
        hosts[node].slow(factor);
        long latest = ++slowings[node];
        queue.after(micros, () -> {
            if (slowings[node] == latest) {
                hosts[node].slow(1);
            }
        });
    }

    // ---- drives --------------------------------------------------------------------------------------------

    /// What can happen to drives.
    public DriveFaults driveFaults() {
        return driveFaults;
    }

    /// The machine has a new drive; what was wrong with the one before is wrong with it no longer.
    void renewed(int node) {
        conditions[node] = new Condition();
        conditions[node].lost();
    }

    /// Every drive that there ever was, by number from 1.
    public List<Drive> drives() {
        return bays.all();
    }

    /// The drive that belongs to the machine, which may be beside it.
    public Drive ownDrive(int node) {
        return bays.own(node);
    }

    /// Whether another drive than its own is in the machine, or none with a store.
    public boolean isMisplaced(int node) {
        return bays.isMisplaced(node);
    }

    /// Whether too few of the drives that the store has named can ever be started again. It happens, and is nobody's fault,
    /// when one is damaged while not all voters are bound yet.
    public boolean isBeyondHelp() {
        return operator.isBeyondHelp();
    }

    /// The medium of this node has been damaged on purpose, and nobody is told.
    public void markRotten(int node) {
        conditions[node].rotted();
        checkBudget(node);
    }

    /// A part of the medium of this node cannot be read any more.
    public void markUnreadable(int node) {
        conditions[node].becameUnreadable();
        checkBudget(node);
    }

    /// Beyond a minority no store can keep its promises: a red run would be no bug, and a green one no merit.
    private void checkBudget(int node) {
        Check.that(
                !conditions[node].isBeyondRepair() || beyondRepair() <= tolerated(),
                "a minority at most is damaged, lost or lied to", beyondRepair(), tolerated());
    }

    public void jumpWallClock(int node, long millis) {
        hosts[node].clock().jumpWall(millis);
    }

    /// The faults end: network and disks are healed, and whoever can run is started.
    public void calm() {
        isCalm = true;
        network.calm();
        for (int node = 1; node <= nodes(); node++) {
            driveFaults.putBack(node);
        }
        for (int node = 1; node <= nodes(); node++) {
            hosts[node].disk().heal();
            hosts[node].slow(1);
        }
        lasting.begin(operator::isNamed);
        for (int node = 1; node <= nodes(); node++) {
            if (!hosts[node].isUp() && !hosts[node].disk().isLost()) {
                boot(node);
            }
            operator.replace(node, bays.own(node));
        }
        observer.happened(0, "calm", "no further faults; everything is healed");
    }

    /// What the calm leaves wrong.
    public Lasting lasting() {
        return lasting;
    }

    public boolean isCalm() {
        return isCalm;
    }

    // ---- clients -------------------------------------------------------------------------------------------

    /// An operator's request to whoever leads; nobody waits for the answer.
    public void askLeader(ClientRequest request) {
        if (leader() != 0) {
            ask(leader(), --operatorRequests, request);
        }
    }

    /// A request arrives at a node. False if no process runs there: then the connection is refused, which is a definite
    /// answer.
    public boolean ask(int node, long requestId, ClientRequest request) {
        if (!hosts[node].isUp()) {
            return false;
        }
        observer.asked(node, requestId, request);
        hosts[node].takeRequest(requestId, request);
        return true;
    }

    // ---- what hosts report ---------------------------------------------------------------------------------

    @Override
    public Probe probe(int node) {
        return point -> situations.reached(node, point);
    }

    @Override
    public void send(int from, int to, Bytes packet) {
        Check.that(to >= 1 && to <= nodes() && to != from, "a packet for a peer", from, to);
        observer.sent(from, to, network.nextNumber(from, to), packet, hosts[from].replica());
        network.send(from, to, packet);
    }

    private void arrived(int from, int to, long number, Bytes packet) {
        if (hosts[to].isUp()) {
            observer.delivered(from, to, packet);
            hosts[to].takePacket(from, number, packet);
        }
    }

    @Override
    public void taking(int node, int from, long number, Bytes packet) {
        observer.taking(node, from, number, packet, hosts[node].replica());
    }

    private void diskDone(int node, long operation, DiskResult result) {
        SimDisk disk = bays.own(node).disk();
        conditions[node].answered(disk.lies(), disk.damagedPages(), disk.forgottenPages());
        checkBudget(node);
        observer.diskDone(node, operation, result);
        hosts[node].takeDiskResult(operation, result);
    }

    @Override
    public void submitted(int node, DiskOp operation) {
        observer.submitted(node, operation);
    }

    @Override
    public void answered(int node, long requestId, ClientReply reply) {
        observer.answered(node, requestId, reply);
    }

    @Override
    public void toldOfFailure(int node) {
        conditions[node].told();
    }

    @Override
    public void turnEnded(int node) {
        operator.looksAt(node, hosts[node].replica());
        observer.turnEnded(node, hosts[node].replica());
    }

    @Override
    public void timerFired(int node) {
        observer.timerFired(node);
    }

    @Override
    public void processEnded(int node) {
        observer.processEnded(node);
    }

    /// A node that its disk stopped is started again, on a rebooted machine if its file system is gone. One that
    /// refuses its store, or finds none, stays down: that is for an operator.
    @Override
    public void halted(int node, int exitCode, String report) {
        observer.halted(node, exitCode, report);
        if (exitCode != Node.EXIT_IO_ERROR) {
            return;
        }
        long pause = RESTART_MICROS / 2 + entropy.below(Purpose.CLOCK, node, stops[node] + 1, RESTART_MICROS);
        if (hosts[node].disk().isLost()) {
            observer.happened(node, "reboot", "the file system is lost until the next mount");
            powerCut(node, PowerCutKeep.ANY, pause, Cause.stop(stops[node]));
        } else {
            restartAfter(node, pause);
        }
    }

    // ---- looking -------------------------------------------------------------------------------------------

    public int nodes() {
        return hosts.length - 1;
    }

    /// The most nodes that may be down or damaged at once without the cluster losing anything.
    public int tolerated() {
        return (nodes() - 1) / 2;
    }

    public Host host(int node) {
        return hosts[node];
    }

    public Condition condition(int node) {
        return conditions[node];
    }

    /// How many nodes are damaged or were lied to.
    public int beyondRepair() {
        return (int) Arrays.stream(conditions, 1, conditions.length).filter(Condition::isBeyondRepair).count();
    }

    public SimNetwork network() {
        return network;
    }

    public EventQueue queue() {
        return queue;
    }

    public Entropy entropy() {
        return entropy;
    }

    /// The node that leads the highest term, or 0.
    public int leader() {
        int leader = 0;
        long term = -1;
        for (int node = 1; node <= nodes(); node++) {
            Replica replica = hosts[node].replica();
            if (replica != null && replica.raft().isLeader() && replica.raft().term() > term) {
                leader = node;
                term = replica.raft().term();
            }
        }
        return leader;
    }
}
