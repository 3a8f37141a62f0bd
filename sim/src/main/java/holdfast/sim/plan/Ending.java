package holdfast.sim.plan;

/// No fault outlasts the calm.
public final class Ending {

    private Ending() {}

    /// The same fault, or as much of it as there is time for.
    public static Fault within(long most, Fault fault) {
        return switch (fault) {
            case Fault.Crash f -> new Fault.Crash(f.node(), Math.min(most, f.downMicros()));
            case Fault.PowerCut f -> new Fault.PowerCut(f.nodes(), f.keep(), Math.min(most, f.downMicros()));
            case Fault.CrashAt f -> new Fault.CrashAt(f.node(), f.moment(), Math.min(most, f.downMicros()));
            case Fault.PowerCutAt f ->
                new Fault.PowerCutAt(f.node(), f.moment(), f.keep(), Math.min(most, f.downMicros()));
            case Fault.Pause f -> new Fault.Pause(f.node(), Math.min(most, f.micros()));
            case Fault.SlowProcess f -> new Fault.SlowProcess(f.node(), f.factor(), Math.min(most, f.micros()));
            case Fault.Partition f -> new Fault.Partition(f.side(), f.direction(), Math.min(most, f.micros()));
            case Fault.CutPair f -> new Fault.CutPair(f.one(), f.other(), Math.min(most, f.micros()));
            case Fault.Clog f -> new Fault.Clog(f.from(), f.to(), Math.min(most, f.micros()));
            case Fault.FillDisk f -> new Fault.FillDisk(f.node(), f.leavingBytes(), Math.min(most, f.micros()));
            case Fault.SlowDisk f -> new Fault.SlowDisk(f.node(), f.factor(), Math.min(most, f.micros()));
            case Fault.StallDisk f -> new Fault.StallDisk(f.node(), Math.min(most, f.micros()));
            case Fault.Unmount f -> new Fault.Unmount(f.node(), Math.min(most, f.micros()));
            case Fault.SwapDisks f -> new Fault.SwapDisks(f.one(), f.other(), Math.min(most, f.micros()));
            case Fault.LoseDisk f -> new Fault.LoseDisk(f.node(), Math.min(most, f.downMicros()), f.replaceMicros());
            case Fault.ClockJump _, Fault.Swizzle _, Fault.ArmDisk _, Fault.WriteBack _, Fault.DropCaches _,
                    Fault.Rot _, Fault.Transfer _, Fault.Lasting _ -> fault;
        };
    }
}
