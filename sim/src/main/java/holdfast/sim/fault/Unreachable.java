package holdfast.sim.fault;

import holdfast.sim.plan.FaultWord;
import holdfast.sim.world.Doing;

/// Which sorts of faults can never strike a node that is doing this, each with the line that forbids it. The sentences stand
/// in `docs/faults.md` as well.
public final class Unreachable {

    private Unreachable() {}

    /// What forbids that this fault strikes a node that is doing this; empty if nothing does.
    public static String because(FaultWord fault, Doing doing) {
        return switch (fault) {
            case CRASH, CRASH_AT -> doing == Doing.DOWN ? "World.crash: there is no process that could die" : "";
            case PAUSE -> doing == Doing.DOWN ? "Host.pauseUntil: there is no process that could stand still" : "";
            case POWER_CUT, POWER_CUT_AT, SLOW_PROCESS, CLOCK_JUMP, PARTITION, CUT_PAIR, CLOG, SWIZZLE, ARM_DISK, WRITE_BACK,
                    DROP_CACHES, FILL_DISK, SLOW_DISK, STALL_DISK, ROT, LOSE_DISK, UNMOUNT, SWAP_DISKS, TRANSFER, LASTING -> "";
        };
    }
}
