package holdfast.sim.fault;

import holdfast.Sometimes;
import holdfast.node.ClientRequest;
import holdfast.sim.disk.DiskMoment;
import holdfast.sim.disk.SimDisk;
import holdfast.sim.kernel.Cause;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.net.SimNetwork;
import holdfast.sim.plan.Anchor;
import holdfast.sim.plan.Ending;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.FaultWord;
import holdfast.sim.plan.PlannedFault;
import holdfast.sim.world.World;
import holdfast.sim.world.WorldObserver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes the faults of a plan happen.
public final class FaultInjector {

    /// Where bits may rot so that it matters: told by whoever reads the medium.
    @FunctionalInterface
    public interface RotTargets {

        /// A byte of a frame on this node's medium, or null if there is none. Unless any will do, it is proven there to have been
        /// durable.
        Target choose(int node, boolean mayBeUnproven, long draw);

        record Target(String file, long position) {}
    }

    private static final int BITS_PER_BYTE = 8;
    private static final int SECTOR = 512;

    private final World world;
    private final WorldObserver observer;
    private final RotTargets rotTargets;
    private final long calmMicros;
    private final AwaitedSituations situations;
    private final Landmarks landmarks;
    /// By the id of a fault that struck at a time: other words for that time.
    private final TreeMap<Integer, List<Anchor>> anchors = new TreeMap<>();
    private final Strikes strikes;

    /// @param calmMicros when the faults end
    public FaultInjector(World world, WorldObserver observer, RotTargets rotTargets, long calmMicros) {
        this.world = world;
        this.observer = observer;
        this.rotTargets = rotTargets;
        this.calmMicros = calmMicros;
        situations = new AwaitedSituations(world.queue());
        landmarks = new Landmarks(world.nodes());
        strikes = new Strikes(world, observer);
    }

    public void schedule(List<PlannedFault> faults) {
        for (PlannedFault planned : faults) {
            switch (planned.anchor()) {
                case Anchor.At at -> world.queue().at(at.micros(), () -> strike(planned));
                case Anchor.Reached reached -> situations.await(reached, () -> ifNotCalm(() -> strike(planned)));
                case Anchor.Doing doing ->
                    disk(doing.node()).awaitNth(doing.moment(), doing.nth(), () -> ifNotCalm(() -> strike(planned)));
            }
        }
    }

    /// A node has come into a situation, for which faults may wait.
    public void reached(int node, Sometimes point) {
        situations.reached(node, point);
        landmarks.reached(node, point, world.queue().now());
    }

    /// Other words for the times of the faults that have struck at one, by their ids; the best first.
    public Map<Integer, List<Anchor>> anchors() {
        return anchors;
    }

    private void strike(PlannedFault planned) {
        Fault fault = planned.anchor() instanceof Anchor.At
                ? planned.fault()
                : Ending.within(calmMicros - world.queue().now(), planned.fault());
        observer.happened(nodeOf(fault), "fault", fault.toString());
        observer.comes(fault);
        if (planned.anchor() instanceof Anchor.At) {
            anchors.put(planned.id(), landmarks.before(nodeOf(fault), world.queue().now()));
        }
        strikes.comes(fault);
        carryOut(fault, Cause.fault(planned.id()));
    }

    private void carryOut(Fault fault, long cause) {
        switch (fault) {
            case Fault.Crash crash -> world.crash(crash.node(), crash.downMicros(), cause);
            case Fault.PowerCut cut -> {
                for (int node : cut.nodes()) {
                    world.powerCut(node, cut.keep(), cut.downMicros(), cause);
                }
            }
            case Fault.CrashAt crash ->
                await(crash.node(), crash.moment(), () -> {
                    strikes.atProcess(FaultWord.CRASH_AT, crash.node());
                    world.crash(crash.node(), crash.downMicros(), cause);
                });
            case Fault.PowerCutAt cut ->
                await(cut.node(), cut.moment(), () -> {
                    strikes.at(FaultWord.POWER_CUT_AT, cut.node());
                    world.powerCut(cut.node(), cut.keep(), cut.downMicros(), cause);
                });
            case Fault.Pause pause -> world.pause(pause.node(), pause.micros());
            case Fault.SlowProcess slow -> world.slow(slow.node(), slow.factor(), slow.micros());
            case Fault.ClockJump jump -> world.jumpWallClock(jump.node(), jump.millis());
            case Fault.Partition partition -> partition(partition);
            case Fault.CutPair pair -> {
                cutFor(pair.one(), pair.other(), pair.micros());
                cutFor(pair.other(), pair.one(), pair.micros());
            }
            case Fault.Clog clog -> clogFor(clog.from(), clog.to(), clog.micros());
            case Fault.Swizzle swizzle -> swizzle(swizzle);
            case Fault.ArmDisk arm -> disk(arm.node()).arm(arm.fault(), cause);
            case Fault.WriteBack back -> disk(back.node()).writeBack(back.files(), cause);
            case Fault.DropCaches drop -> world.dropCaches(drop.node(), drop.files());
            case Fault.FillDisk fill -> disk(fill.node()).fill(fill.leavingBytes(), world.queue().now() + fill.micros());
            case Fault.SlowDisk slow -> disk(slow.node()).slow(slow.factor(), world.queue().now() + slow.micros());
            case Fault.StallDisk stall -> disk(stall.node()).stall(world.queue().now() + stall.micros());
            case Fault.Rot rot -> rot(rot, cause);
            case Fault.LoseDisk lose -> strikes.unlessRefused(FaultWord.LOSE_DISK, List.of(lose.node()),
                    () -> world.driveFaults().lose(lose.node(), lose.downMicros(), lose.replaceMicros(), cause));
            case Fault.Unmount unmount -> strikes.unlessRefused(FaultWord.UNMOUNT, List.of(unmount.node()),
                    () -> world.driveFaults().unmount(unmount.node(), unmount.micros(), cause));
            case Fault.SwapDisks swap -> strikes.unlessRefused(FaultWord.SWAP_DISKS, List.of(swap.one(), swap.other()),
                    () -> world.driveFaults().swap(swap.one(), swap.other(), swap.micros(), cause));
            case Fault.Transfer transfer -> transfer(transfer.target());
            case Fault.Lasting lasting -> world.lasting().leave(lasting.node(), lasting.ill(), cause);
        }
    }

    private SimDisk disk(int node) {
        return world.ownDrive(node).disk();
    }

    // ---- network -------------------------------------------------------------------------------------------

    private void partition(Fault.Partition partition) {
        for (int inside : partition.side()) {
            for (int outside = 1; outside <= world.nodes(); outside++) {
                if (partition.side().contains(outside)) {
                    continue;
                }
                switch (partition.direction()) {
                    case BOTH -> {
                        cutFor(inside, outside, partition.micros());
                        cutFor(outside, inside, partition.micros());
                    }
                    case INTO -> cutFor(outside, inside, partition.micros());
                    case OUT_OF -> cutFor(inside, outside, partition.micros());
                }
            }
        }
    }

    private void cutFor(int from, int to, long micros) {
        SimNetwork network = world.network();
        network.cut(from, to);
        world.queue().after(micros, () -> ifNotCalm(() -> network.join(from, to)));
    }

    private void clogFor(int from, int to, long micros) {
        SimNetwork network = world.network();
        network.clog(from, to);
        world.queue().after(micros, () -> ifNotCalm(() -> network.unclog(from, to)));
    }

    /// After the calm every link is open already.
    private void ifNotCalm(Runnable repair) {
        if (!world.isCalm()) {
            repair.run();
        }
    }

    /// Clogs the nodes one after the other, then unclogs them in another order: the last one first.
    private void swizzle(Fault.Swizzle swizzle) {
        List<Integer> nodes = swizzle.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            int node = nodes.get(i);
            long begin = i * swizzle.stepMicros();
            long end = (2L * nodes.size() - i) * swizzle.stepMicros();
            world.queue().after(begin, () -> ifNotCalm(() -> clogAround(node, end - begin)));
        }
    }

    private void clogAround(int node, long micros) {
        strikes.at(FaultWord.SWIZZLE, node);
        for (int peer = 1; peer <= world.nodes(); peer++) {
            if (peer != node) {
                clogFor(node, peer, micros);
                clogFor(peer, node, micros);
            }
        }
    }

    // ---- moments of a disk ---------------------------------------------------------------------------------

    /// The calm heals the disk, which then forgets what it was to wait for.
    private void await(int node, DiskMoment moment, Runnable then) {
        disk(node).awaitNext(moment, () -> {
            observer.happened(node, "moment", moment.afterMicros() + " us after the disk began to "
                    + moment.act().text() + " (" + moment.files().text() + ")");
            then.run();
        });
    }

    // ---- media ---------------------------------------------------------------------------------------------

    /// Refused beyond a minority: then no store could keep its promises, and a red run would say nothing.
    private void rot(Fault.Rot rot, long cause) {
        boolean isFresh = !world.condition(rot.node()).isBeyondRepair();
        if (isFresh && world.beyondRepair() >= world.tolerated()) {
            observer.happened(rot.node(), "refused", "a minority is damaged already");
            return;
        }
        long draw = world.entropy().bits(Purpose.DISK_GARBAGE, rot.node(), cause);
        RotTargets.Target target = rotTargets.choose(rot.node(), rot.latent(), draw);
        if (target == null) {
            observer.happened(rot.node(), "refused", "nothing on this medium is proven yet");
            return;
        }
        boolean struck = rot.latent()
                ? disk(rot.node()).latentError(target.file(), target.position() / SECTOR)
                : disk(rot.node()).rot(target.file(), target.position(), 1 << (draw & (BITS_PER_BYTE - 1)));
        if (struck && rot.latent()) {
            world.markUnreadable(rot.node());
        } else if (struck) {
            world.markRotten(rot.node());
        }
        if (struck) {
            strikes.at(FaultWord.ROT, rot.node());
            observer.happened(rot.node(), "rot", target.file() + " at " + target.position());
        }
    }

    // ---- the operator --------------------------------------------------------------------------------------

    private void transfer(int target) {
        int leader = world.leader();
        if (leader != 0 && leader != target) {
            strikes.at(FaultWord.TRANSFER, leader);
            strikes.at(FaultWord.TRANSFER, target);
            world.askLeader(new ClientRequest.TransferLeadership(target));
        }
    }

    // ---- telling -------------------------------------------------------------------------------------------

    private static int nodeOf(Fault fault) {
        return switch (fault) {
            case Fault.Crash f -> f.node();
            case Fault.CrashAt f -> f.node();
            case Fault.PowerCutAt f -> f.node();
            case Fault.Pause f -> f.node();
            case Fault.SlowProcess f -> f.node();
            case Fault.ClockJump f -> f.node();
            case Fault.ArmDisk f -> f.node();
            case Fault.WriteBack f -> f.node();
            case Fault.DropCaches f -> f.node();
            case Fault.FillDisk f -> f.node();
            case Fault.SlowDisk f -> f.node();
            case Fault.StallDisk f -> f.node();
            case Fault.Rot f -> f.node();
            case Fault.LoseDisk f -> f.node();
            case Fault.Unmount f -> f.node();
            case Fault.Lasting f -> f.node();
            case Fault.PowerCut _, Fault.Partition _, Fault.CutPair _, Fault.Clog _, Fault.Swizzle _, Fault.Transfer _,
                    Fault.SwapDisks _ -> 0;
        };
    }
}
