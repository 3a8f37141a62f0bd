package holdfast.sim.world;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.Replica;
import holdfast.raft.Member;
import holdfast.raft.Raft;
import holdfast.sim.plan.Cluster;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.FaultWord;
import holdfast.sim.plan.Knobs;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.Workload;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// A [World] of an ordinary cluster without clients, oracles and faults, and what it reports. Tests make happen in it
/// what they are about.
public final class Onlooker implements WorldObserver {

    private static final int EVENTS_MAX = 1_000_000;
    private static final long SECOND = 1_000_000;

    private final World world;
    private final List<String> heard = new ArrayList<>();
    private final TreeMap<Long, ClientReply> replies = new TreeMap<>();
    private final List<String> struck = new ArrayList<>();
    private final List<Integer> askedNodes = new ArrayList<>();
    private final long[][] delivered;
    private long lastRequest;

    public Onlooker(Plan plan) {
        world = new World(plan, (_, _) -> {}, this);
        delivered = new long[world.nodes() + 1][world.nodes() + 1];
    }

    /// Booted, with a leader and every voter bound to its drive.
    public static Onlooker ofRunning(int nodes) {
        return ofRunning(nodes, "ext4-ordered");
    }

    /// The same on another file system.
    public static Onlooker ofRunning(int nodes, String profile) {
        Onlooker onlooker = new Onlooker(plan(nodes, profile));
        onlooker.world.bootAll();
        onlooker.until(() -> onlooker.upNodes() == nodes && onlooker.isFormed());
        return onlooker;
    }

    /// A plan in which nothing happens by itself.
    public static Plan plan(int nodes) {
        return plan(nodes, "ext4-ordered");
    }

    private static Plan plan(int nodes, String profile) {
        List<Cluster.Machine> machines = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            machines.add(new Cluster.Machine(profile, 0));
        }
        Cluster.Noise still = new Cluster.Noise(200, 0, 0, 0, 0);
        return new Plan(
                1, new Cluster(machines, 10, still, Knobs.ORDINARY), workload(), 3_600 * SECOND, List.of());
    }

    /// One client, which is not started by anybody here.
    public static Workload workload() {
        return new Workload(
                1, 10, 1, 10_000, 2, 50, 0, 0, 0, 0, 0, 0, SECOND / 2, 5, 20_000, 200_000,
                Workload.Habits.NONE);
    }

    public World world() {
        return world;
    }

    public Raft raft(int node) {
        return world.host(node).replica().raft();
    }

    /// A node that does not lead.
    public int follower() {
        return world.leader() == 1 ? 2 : 1;
    }

    // ---- time ----------------------------------------------------------------------------------------------

    public void until(BooleanSupplier holds) {
        for (int events = 0; !holds.getAsBoolean(); events++) {
            Check.that(events < EVENTS_MAX && world.queue().runNext(), "it happens in the end", events, EVENTS_MAX);
        }
    }

    public void pass(long micros) {
        long end = world.queue().now() + micros;
        world.queue().at(end, () -> {});
        until(() -> world.queue().nextTime() > end || world.queue().now() > end);
    }

    private boolean isFormed() {
        if (world.leader() == 0) {
            return false;
        }
        Raft leader = raft(world.leader());
        return leader.membership().members().stream().allMatch(Member::isBound)
                && leader.membershipIndex() <= leader.commitIndex();
    }

    private int upNodes() {
        int up = 0;
        for (int node = 1; node <= world.nodes(); node++) {
            up += world.host(node).replica() == null ? 0 : 1;
        }
        return up;
    }

    // ---- requests ------------------------------------------------------------------------------------------

    /// Asks without waiting; returns the number of the request.
    public long ask(int node, ClientRequest request) {
        Check.that(world.ask(node, ++lastRequest, request), "somebody is there", node, 0);
        return lastRequest;
    }

    /// Asks and waits for the answer.
    public ClientReply answerOf(int node, ClientRequest request) {
        long number = ask(node, request);
        until(() -> isAnswered(number));
        return replies.get(number);
    }

    public boolean isAnswered(long request) {
        return replies.containsKey(request);
    }

    /// An acknowledged write, wherever the leader is.
    public ClientReply.Applied written(Command command) {
        return (ClientReply.Applied) answerOf(world.leader(), new ClientRequest.Write(command));
    }

    public static Command append(String record) {
        return new Command.Append("s", List.of(Bytes.utf8(record)), Command.ANY_TAIL, Command.Producer.NONE, false);
    }

    // ---- reports -------------------------------------------------------------------------------------------

    /// What processes and the world did, in words: "booted 1", "halted 2 with 74", "refused: a minority ...".
    public List<String> heard() {
        return heard;
    }

    /// Whom faults have struck while it did what, in words: "crash 1 idle".
    public List<String> struck() {
        return struck;
    }

    /// The nodes that requests have reached, in order.
    public List<Integer> askedNodes() {
        return askedNodes;
    }

    /// Packets that have arrived on this link.
    public long delivered(int from, int to) {
        return delivered[from][to];
    }

    public long count(String beginning) {
        return heard.stream().filter(line -> line.startsWith(beginning)).count();
    }

    @Override
    public void sent(int from, int to, long number, Bytes packet, Replica replica) {}

    @Override
    public void taking(int node, int from, long number, Bytes packet, Replica replica) {}

    @Override
    public void delivered(int from, int to, Bytes packet) {
        delivered[from][to]++;
    }

    @Override
    public void submitted(int node, DiskOp operation) {}

    @Override
    public void diskDone(int node, long operation, DiskResult result) {
        if (result instanceof DiskResult.Failed failed) {
            heard.add("disk of " + node + " fails: " + failed.detail());
        }
    }

    @Override
    public void asked(int node, long requestId, ClientRequest request) {
        askedNodes.add(node);
    }

    @Override
    public void answered(int node, long requestId, ClientReply reply) {
        replies.put(requestId, reply);
    }

    @Override
    public void timerFired(int node) {}

    @Override
    public void turnEnded(int node, Replica replica) {}

    @Override
    public void booted(int node) {
        heard.add("booted " + node);
    }

    @Override
    public void processEnded(int node) {
        heard.add("ended " + node);
    }

    @Override
    public void halted(int node, int exitCode, String report) {
        heard.add("halted " + node + " with " + exitCode);
    }

    @Override
    public void comes(Fault fault) {}

    @Override
    public void happened(int node, String kind, String text) {
        heard.add(kind + " " + node + ": " + text);
    }

    @Override
    public void struck(int node, FaultWord fault, Doing doing) {
        struck.add(fault.text() + " " + node + " " + doing.text());
    }
}
