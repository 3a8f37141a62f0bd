package holdfast.sim.shrink;

import holdfast.sim.plan.Fault;

/// The same fault for half the time.
final class Shorter {

    private Shorter() {}

    /// Equal to `fault` if it has no duration.
    static Fault than(Fault fault) {
        return switch (fault) {
            case Fault.Crash f -> new Fault.Crash(f.node(), f.downMicros() / 2);
            case Fault.PowerCut f -> new Fault.PowerCut(f.nodes(), f.keep(), f.downMicros() / 2);
            case Fault.CrashAt f -> new Fault.CrashAt(f.node(), f.moment(), f.downMicros() / 2);
            case Fault.PowerCutAt f -> new Fault.PowerCutAt(f.node(), f.moment(), f.keep(), f.downMicros() / 2);
            case Fault.Pause f -> new Fault.Pause(f.node(), f.micros() / 2);
            case Fault.SlowProcess f -> new Fault.SlowProcess(f.node(), f.factor(), f.micros() / 2);
            case Fault.Partition f -> new Fault.Partition(f.side(), f.direction(), f.micros() / 2);
            case Fault.CutPair f -> new Fault.CutPair(f.one(), f.other(), f.micros() / 2);
            case Fault.Clog f -> new Fault.Clog(f.from(), f.to(), f.micros() / 2);
            case Fault.Swizzle f -> new Fault.Swizzle(f.nodes(), f.stepMicros() / 2);
            case Fault.FillDisk f -> new Fault.FillDisk(f.node(), f.leavingBytes(), f.micros() / 2);
            case Fault.SlowDisk f -> new Fault.SlowDisk(f.node(), f.factor(), f.micros() / 2);
            case Fault.StallDisk f -> new Fault.StallDisk(f.node(), f.micros() / 2);
            case Fault.LoseDisk f -> new Fault.LoseDisk(f.node(), f.downMicros() / 2, f.replaceMicros() / 2);
            case Fault.Unmount f -> new Fault.Unmount(f.node(), f.micros() / 2);
            case Fault.SwapDisks f -> new Fault.SwapDisks(f.one(), f.other(), f.micros() / 2);
            case Fault.ClockJump _, Fault.ArmDisk _, Fault.WriteBack _, Fault.DropCaches _, Fault.Rot _, Fault.Transfer _,
                    Fault.Lasting _ -> fault;
        };
    }
}
