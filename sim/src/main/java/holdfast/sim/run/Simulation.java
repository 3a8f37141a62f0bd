package holdfast.sim.run;

import holdfast.Check;
import holdfast.Sometimes;
import holdfast.StateSink;
import holdfast.node.Replica;
import holdfast.sim.check.Violation;
import holdfast.sim.check.reference.MachineDrill;
import holdfast.sim.fault.FaultInjector;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.plan.Anchor;
import holdfast.sim.plan.Plan;
import holdfast.sim.work.Auditor;
import holdfast.sim.work.Clients;
import holdfast.sim.work.Desk;
import holdfast.sim.work.GatewayTally;
import holdfast.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One universe from its plan to its verdict. Five stretches:
///
///     faults     until the plan's calm: whatever the plan says, clients working
///     calm       everything healed, but for what the plan leaves wrong with a minority; the clients finish
///     audit      all of it healed; every stream is read on every node
///     agreement  every node that is up must come to hold the same
///     end        the history is judged as a whole
///
/// Nothing of a run survives it; running twice gives the same verdict, event by event.
public final class Simulation {

    /// After the calm a healthy cluster has this long to finish everything.
    private static final long LIVENESS_MICROS = 60_000_000;

    /// A run that does not end is a failure, however slowly its clock moves.
    private static final long EVENTS_MAX = 20_000_000;

    private enum Stretch {
        WORKING,
        AUDIT,
        AGREEMENT,
        /// Too few drives are left for the store to be served ([World#isBeyondHelp]): only what happened is judged.
        UNSERVED,
        DONE;

        boolean goesOn() {
            return this != UNSERVED && this != DONE;
        }
    }

    private final Plan plan;
    private final long[] reached = new long[Sometimes.values().length];
    private final Trace trace;
    private final Watch watch;
    private final World world;
    private final EventQueue queue;
    private final FaultInjector injector;
    private final Desk desk;
    private final Clients clients;
    private final Auditor auditor;
    private Stretch stretch = Stretch.WORKING;
    private long healedMicros;
    private boolean hasBegun;
    private Verdict ended;

    public Simulation(Plan plan, TraceSink sink) {
        this.plan = plan;
        healedMicros = plan.calmMicros();
        trace = new Trace(sink);
        watch = new Watch(trace, plan);
        world = new World(plan, this::reached, watch);
        injector = new FaultInjector(world, watch, watch, plan.calmMicros());
        queue = world.queue();
        trace.follow(queue);
        desk = new Desk(world, plan.cluster().noise(), watch);
        watch.attach(world, desk);
        clients = new Clients(desk, plan);
        auditor = clients.auditor();
        ended = verdict("", "");
    }

    private void reached(int node, Sometimes point) {
        reached[point.ordinal()]++;
        injector.reached(node, point);
    }

    /// To the end.
    public Verdict run() {
        return runUntil(Long.MAX_VALUE);
    }

    /// Shows a machine as it is now: its disk, and its process if one runs.
    ///
    /// @param node from 1
    public void describe(int node, StateSink sink) {
        world.host(node).describe(sink);
    }

    /// After a run: other words for the times at which faults have struck ([FaultInjector#anchors]).
    public Map<Integer, List<Anchor>> anchors() {
        return injector.anchors();
    }

    /// Goes on until that event has happened; what has happened until then decides the verdict. May be called again with a
    /// later event, and the run goes on as if it had never stopped, unless it has ended.
    public Verdict runUntil(long lastEvent) {
        if (!ended.passed() || stretch == Stretch.DONE || stretch == Stretch.UNSERVED) {
            return ended;
        }
        ended = goOnUntil(lastEvent);
        return ended;
    }

    private Verdict goOnUntil(long lastEvent) {
        try {
            if (!hasBegun) {
                hasBegun = true;
                begin();
            }
            while (stretch.goesOn() && trace.events() < lastEvent) {
                Check.that(queue.runNext(), "a running cluster always has something to do");
                goOn();
            }
            trace.end();
            if (!stretch.goesOn()) {
                judgeWhole();
            }
            return verdict("", "");
        } catch (Violation violation) {
            trace.end();
            return verdict(violation.oracle(), violation.getMessage());
        } catch (Check.InvariantBroken broken) {
            trace.end();
            return verdict("invariant", broken.getMessage());
        }
    }

    /// What has happened at the gateways of this universe so far.
    GatewayTally gateways() {
        return clients.gateways();
    }

    private void begin() {
        new MachineDrill(world.entropy()).run();
        world.bootAll();
        injector.schedule(plan.faults());
        queue.at(plan.calmMicros(), world::calm);
        clients.start();
    }

    /// Called after every event: cheap unless a stretch ends.
    private void goOn() {
        if (queue.now() > healedMicros + LIVENESS_MICROS) {
            throw new Violation("liveness", "after " + LIVENESS_MICROS / 1_000_000 + " s without a "
                    + (world.lasting().isUnderWay() ? "further fault" : "fault") + ", "
                    + missing() + "; " + clusterState());
        }
        if (trace.events() > EVENTS_MAX) {
            throw new Violation("liveness", "more than " + EVENTS_MAX + " events and no end; " + clusterState());
        }
        switch (stretch) {
            case WORKING -> {
                if (world.isCalm() && allSettled() && world.isBeyondHelp()) {
                    stretch = Stretch.UNSERVED;
                } else if (world.lasting().isUnderWay() && clients.working() == 0) {
                    world.lasting().end();
                    healedMicros = queue.now();
                } else if (world.isCalm() && allSettled() && clients.working() == 0) {
                    stretch = Stretch.AUDIT;
                    auditor.start(watch.streams(), upNodes());
                }
            }
            case AUDIT -> {
                if (auditor.isFinished()) {
                    stretch = Stretch.AGREEMENT;
                }
            }
            case AGREEMENT -> {
                if (nodesAgree()) {
                    stretch = Stretch.DONE;
                }
            }
            case UNSERVED, DONE -> {}
        }
    }

    /// Everybody who can run does; who is damaged may stay down.
    private boolean allSettled() {
        for (int node = 1; node <= world.nodes(); node++) {
            if (world.host(node).replica() == null && !world.lasting().strikes(node) && !world.condition(node).isBeyondRepair()) {
                return false;
            }
        }
        return true;
    }

    private List<Integer> upNodes() {
        List<Integer> up = new ArrayList<>();
        for (int node = 1; node <= world.nodes(); node++) {
            if (world.host(node).replica() != null) {
                up.add(node);
            }
        }
        return up;
    }

    /// All that are up have applied the same, and it is all there is.
    private boolean nodesAgree() {
        List<Integer> up = upNodes();
        long last = world.host(up.getFirst()).replica().raft().last().index();
        for (int node : up) {
            Replica replica = world.host(node).replica();
            if (replica.appliedIndex() != last || replica.raft().last().index() != last) {
                return false;
            }
        }
        return true;
    }

    private void judgeWhole() {
        watch.judge().finish();
        if (stretch == Stretch.DONE) {
            List<Integer> up = upNodes();
            watch.oracles().compareMachines(up);
            up.forEach(watch.oracles()::mustBeTidy);
            watch.oracles().mustKeepPayloads(world.host(up.getFirst()).replica());
        }
    }

    /// One clause per node, for reports.
    private String clusterState() {
        StringBuilder state = new StringBuilder();
        for (int node = 1; node <= world.nodes(); node++) {
            Replica replica = world.host(node).replica();
            state.append(node == 1 ? "" : "; ").append("node ").append(node);
            if (replica == null) {
                state.append(world.host(node).isUp() ? " recovers" : " is down");
            } else {
                state.append(replica.raft().isLeader() ? " leads" : " follows " + replica.raft().leader())
                        .append(" in term ").append(replica.raft().term())
                        .append(", log to ").append(replica.raft().last().index())
                        .append(", committed ").append(replica.raft().commitIndex())
                        .append(", applied ").append(replica.appliedIndex());
            }
        }
        return state.toString();
    }

    private String missing() {
        return switch (stretch) {
            case WORKING -> clients.working() + " clients have not finished, or a node is not up";
            case AUDIT -> "the audit has not finished, " + auditor.left() + " readings are left";
            case AGREEMENT -> "the nodes do not agree";
            case UNSERVED, DONE -> "everything is done";
        };
    }

    private Verdict verdict(String oracle, String failure) {
        List<Long> counts = new ArrayList<>(reached.length);
        for (long count : reached) {
            counts.add(count);
        }
        return new Verdict(
                plan.seed(), oracle, failure, trace.events(), queue.now(), trace.hash(), List.copyOf(counts), watch.strikes(),
                clients.score().appends(), clients.score().acknowledgedAppends(), clients.score().unknownAppends());
    }
}
