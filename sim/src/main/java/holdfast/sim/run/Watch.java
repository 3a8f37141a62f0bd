package holdfast.sim.run;

import holdfast.Bytes;
import holdfast.StateHash;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.Replica;
import holdfast.sim.fault.FaultInjector;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.FaultWord;
import holdfast.sim.plan.Plan;
import holdfast.sim.work.Desk;
import holdfast.sim.work.Recorder;
import holdfast.sim.world.Doing;
import holdfast.sim.world.World;
import holdfast.sim.world.WorldObserver;
import java.util.Collection;
import java.util.TreeSet;

/// Everything that happens in a universe passes here: it is folded into the trace, and shown to the oracles.
final class Watch implements WorldObserver, Recorder, FaultInjector.RotTargets {

    /// What an event is, in the trace hash. The numbers are stable: golden hashes depend on them.
    private static final int DELIVERED = 1;
    private static final int DISK_DONE = 2;
    private static final int ASKED = 3;
    private static final int ANSWERED = 4;
    private static final int TIMER = 5;
    private static final int BOOTED = 6;
    private static final int ENDED = 7;
    private static final int HALTED = 8;
    private static final int HAPPENED = 9;
    private static final int INVOKED = 10;
    private static final int TOLD = 11;

    private final Trace trace;
    private final Plan plan;
    private final StreamJudge judge = new StreamJudge();
    private final TreeSet<String> streams = new TreeSet<>();
    private final Telling telling;
    private final FaultMatrix strikes = new FaultMatrix();
    private World world;
    private Desk desk;
    private Oracles oracles;
    private CrashProbes probes;

    Watch(Trace trace, Plan plan) {
        this.trace = trace;
        this.plan = plan;
        telling = new Telling(trace, plan.cluster().nodes());
    }

    /// World and watch know each other, so one of them comes first.
    void attach(World observed, Desk clientsDesk) {
        world = observed;
        desk = clientsDesk;
        oracles = new Oracles(observed, plan);
        probes = new CrashProbes(observed, oracles);
    }

    Oracles oracles() {
        return oracles;
    }

    /// Every stream that a client has named.
    Collection<String> streams() {
        return streams;
    }

    StreamJudge judge() {
        return judge;
    }

    /// Whom faults have struck so far.
    FaultMatrix strikes() {
        return strikes;
    }

    // ---- the network and the disks -------------------------------------------------------------------------

    @Override
    public void sent(int from, int to, long number, Bytes packet, Replica replica) {
        oracles.sent(from, to, number, packet, replica);
    }

    @Override
    public void delivered(int from, int to, Bytes packet) {
        trace.event(DELIVERED, to);
        trace.hashing().add(from).add(packet.size());
        telling.delivered(from, packet);
        oracles.delivered(from, to);
    }

    /// No event of its own: the delivery was one.
    @Override
    public void taking(int node, int from, long number, Bytes packet, Replica replica) {
        oracles.taking(node, from, number, packet, replica);
    }

    /// No event of its own: the completion is one.
    @Override
    public void submitted(int node, DiskOp operation) {
        telling.submitted(node, operation);
        oracles.submitted(node, operation);
        probes.submitted(node, operation);
    }

    @Override
    public void diskDone(int node, long operation, DiskResult result) {
        trace.event(DISK_DONE, node);
        trace.hashing().add(operation).add(kindOf(result));
        telling.diskDone(node, operation, result);
        if (result instanceof DiskResult.Failed) {
            oracles.diskFailed(node, operation);
        }
        probes.diskDone(node, operation);
    }

    private static int kindOf(DiskResult result) {
        return switch (result) {
            case DiskResult.Done _ -> 1;
            case DiskResult.Data data -> 2 + data.bytes().size();
            case DiskResult.Listing listing -> -1 - listing.files().size();
            case DiskResult.Failed _ -> 0;
        };
    }

    // ---- clients -------------------------------------------------------------------------------------------

    @Override
    public int invoked(int client, Call call) {
        trace.event(INVOKED, 0);
        streams.add(call.stream());
        int op = judge.invoked(client, call);
        trace.hashing().add(client).add(op);
        telling.invoked(op, client, call);
        return op;
    }

    @Override
    public void answered(int op, int client, Answer answer) {
        trace.event(TOLD, 0);
        trace.hashing().add(op).add(answer.getClass().getSimpleName());
        telling.told(op, client, answer);
        judge.answered(op, answer);
    }

    @Override
    public void befell(int gateway, String what) {
        happened(0, "gateway " + gateway, what);
    }

    @Override
    public void asked(int node, long requestId, ClientRequest request) {
        trace.event(ASKED, node);
        trace.hashing().add(requestId);
        telling.asked(requestId, request);
        oracles.asked(node, requestId, request);
    }

    @Override
    public void answered(int node, long requestId, ClientReply reply) {
        trace.event(ANSWERED, node);
        trace.hashing().add(requestId);
        telling.answered(requestId, reply);
        oracles.answered(node, requestId, reply);
        desk.answered(requestId, reply);
    }

    // ---- processes -----------------------------------------------------------------------------------------

    @Override
    public void timerFired(int node) {
        trace.event(TIMER, node);
        telling.line("timer", "a deadline has come");
        oracles.timerFired(node);
    }

    /// No event of its own: it completes the one that began the turn.
    @Override
    public void turnEnded(int node, Replica replica) {
        if (replica == null) {
            return;
        }
        StateHash hash = trace.hashing();
        replica.describe(hash);
        telling.turnEnded(node, replica);
        oracles.turnEnded(node, replica);
    }

    @Override
    public void booted(int node) {
        trace.event(BOOTED, node);
        telling.line("boot", "the process starts");
        oracles.booted(node);
    }

    @Override
    public void processEnded(int node) {
        trace.event(ENDED, node);
        telling.processEnded(node);
        oracles.processEnded(node);
        probes.processEnded(node);
    }

    @Override
    public void halted(int node, int exitCode, String report) {
        trace.event(HALTED, node);
        trace.hashing().add(exitCode).add(report);
        telling.line("halt", "exit " + exitCode + ": " + report);
        oracles.halted(node, exitCode, report);
    }

    @Override
    public void happened(int node, String kind, String text) {
        trace.event(HAPPENED, node);
        trace.hashing().add(kind).add(text);
        telling.line(kind, text);
    }

    /// No event of its own: the fault was one.
    @Override
    public void struck(int node, FaultWord fault, Doing doing) {
        strikes.struck(fault, doing);
    }

    @Override
    public void comes(Fault fault) {
        oracles.struck(fault);
    }

    @Override
    public Target choose(int node, boolean mayBeUnproven, long draw) {
        return oracles.durability().entryByte(node, mayBeUnproven, draw);
    }
}
