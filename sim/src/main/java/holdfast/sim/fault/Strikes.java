package holdfast.sim.fault;

import holdfast.sim.plan.Fault;
import holdfast.sim.plan.FaultWord;
import holdfast.sim.world.Doing;
import holdfast.sim.world.World;
import holdfast.sim.world.WorldObserver;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Tells whom a fault strikes, and what that node was doing. A fault that finds nobody, or that the world refuses, strikes
/// nobody.
final class Strikes {

    private final World world;
    private final WorldObserver observer;

    Strikes(World world, WorldObserver observer) {
        this.world = world;
        this.observer = observer;
    }

    /// This fault is about to strike the node.
    void at(FaultWord fault, int node) {
        observer.struck(node, fault, Doing.of(world.host(node)));
    }

    /// This fault is about to strike the process, if one runs there.
    void atProcess(FaultWord fault, int node) {
        if (world.host(node).isUp()) {
            at(fault, node);
        }
    }

    /// The fault strikes the nodes unless it returns false.
    void unlessRefused(FaultWord fault, List<Integer> nodes, BooleanSupplier happens) {
        List<Doing> before = nodes.stream().map(node -> Doing.of(world.host(node))).toList();
        if (happens.getAsBoolean()) {
            for (int i = 0; i < nodes.size(); i++) {
                observer.struck(nodes.get(i), fault, before.get(i));
            }
        }
    }

    /// The time of this fault has come. Those whose strike comes later or may be refused are told of then.
    void comes(Fault fault) {
        FaultWord word = FaultWord.of(fault);
        switch (fault) {
            case Fault.Crash f -> atProcess(word, f.node());
            case Fault.Pause f -> atProcess(word, f.node());
            case Fault.PowerCut f -> f.nodes().forEach(node -> at(word, node));
            case Fault.SlowProcess f -> at(word, f.node());
            case Fault.ClockJump f -> at(word, f.node());
            case Fault.Partition f -> f.side().forEach(node -> at(word, node));
            case Fault.CutPair f -> List.of(f.one(), f.other()).forEach(node -> at(word, node));
            case Fault.Clog f -> List.of(f.from(), f.to()).forEach(node -> at(word, node));
            case Fault.ArmDisk f -> at(word, f.node());
            case Fault.WriteBack f -> at(word, f.node());
            case Fault.DropCaches f -> at(word, f.node());
            case Fault.FillDisk f -> at(word, f.node());
            case Fault.SlowDisk f -> at(word, f.node());
            case Fault.StallDisk f -> at(word, f.node());
            case Fault.CrashAt _, Fault.PowerCutAt _, Fault.Swizzle _, Fault.Rot _, Fault.LoseDisk _, Fault.Unmount _,
                    Fault.SwapDisks _, Fault.Transfer _, Fault.Lasting _ -> {}
        }
    }
}
