package holdfast.sim.plan;

/// The sorts of [Fault] as plan files name them: the rows of a campaign's table of what was struck while it did what.
public enum FaultWord {
    CRASH("crash", Fault.Kind.CRASH),
    CRASH_AT("crash-at", Fault.Kind.CRASH),
    POWER_CUT("power-cut", Fault.Kind.POWER),
    POWER_CUT_AT("power-cut-at", Fault.Kind.POWER),
    PAUSE("pause", Fault.Kind.PAUSE),
    SLOW_PROCESS("slow-process", Fault.Kind.PAUSE),
    CLOCK_JUMP("clock-jump", Fault.Kind.CLOCK),
    PARTITION("partition", Fault.Kind.PARTITION),
    CUT_PAIR("cut-pair", Fault.Kind.PARTITION),
    CLOG("clog", Fault.Kind.CLOG),
    SWIZZLE("swizzle", Fault.Kind.CLOG),
    ARM_DISK("arm-disk", Fault.Kind.DISK_ERROR),
    WRITE_BACK("write-back", Fault.Kind.DISK_ERROR),
    DROP_CACHES("drop-caches", Fault.Kind.DISK_ERROR),
    FILL_DISK("fill-disk", Fault.Kind.DISK_ERROR),
    SLOW_DISK("slow-disk", Fault.Kind.DISK_SLOW),
    STALL_DISK("stall-disk", Fault.Kind.DISK_SLOW),
    ROT("rot", Fault.Kind.MEDIA),
    LOSE_DISK("lose-disk", Fault.Kind.DRIVE),
    UNMOUNT("unmount", Fault.Kind.DRIVE),
    SWAP_DISKS("swap-disks", Fault.Kind.DRIVE),
    TRANSFER("transfer", Fault.Kind.TRANSFER),
    LASTING("lasting", Fault.Kind.LASTING);

    private final String text;
    private final Fault.Kind kind;

    FaultWord(String text, Fault.Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    /// The first word of its line in a plan file.
    public String text() {
        return text;
    }

    /// The kind that `--faults` switches.
    public Fault.Kind kind() {
        return kind;
    }

    public static FaultWord of(Fault fault) {
        return switch (fault) {
            case Fault.Crash _ -> CRASH;
            case Fault.CrashAt _ -> CRASH_AT;
            case Fault.PowerCut _ -> POWER_CUT;
            case Fault.PowerCutAt _ -> POWER_CUT_AT;
            case Fault.Pause _ -> PAUSE;
            case Fault.SlowProcess _ -> SLOW_PROCESS;
            case Fault.ClockJump _ -> CLOCK_JUMP;
            case Fault.Partition _ -> PARTITION;
            case Fault.CutPair _ -> CUT_PAIR;
            case Fault.Clog _ -> CLOG;
            case Fault.Swizzle _ -> SWIZZLE;
            case Fault.ArmDisk _ -> ARM_DISK;
            case Fault.WriteBack _ -> WRITE_BACK;
            case Fault.DropCaches _ -> DROP_CACHES;
            case Fault.FillDisk _ -> FILL_DISK;
            case Fault.SlowDisk _ -> SLOW_DISK;
            case Fault.StallDisk _ -> STALL_DISK;
            case Fault.Rot _ -> ROT;
            case Fault.LoseDisk _ -> LOSE_DISK;
            case Fault.Unmount _ -> UNMOUNT;
            case Fault.SwapDisks _ -> SWAP_DISKS;
            case Fault.Transfer _ -> TRANSFER;
            case Fault.Lasting _ -> LASTING;
        };
    }
}
