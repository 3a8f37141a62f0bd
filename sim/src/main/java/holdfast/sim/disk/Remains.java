package holdfast.sim.disk;

import holdfast.env.DiskOp;
import holdfast.env.DiskResult;

/// What a power cut would leave of a disk, in the hands of a process that starts from it: every operation happens at once,
/// outside of time, and nothing fails. The disk of which these are the remains goes on untouched.
public final class Remains {

    private final SimFileSystem fs;
    private final DiskOps ops;

    /// @param draw keys the choice of what survives
    Remains(SimFileSystem before, PowerCutKeep keep, long draw) {
        fs = PowerCut.of(before, draw, keep);
        fs.faults().clear();
        ops = new DiskOps(fs);
    }

    public DiskResult perform(DiskOp op) {
        return ops.perform(op);
    }

    /// What a further power cut at this point would leave.
    public Remains afterPowerCut(PowerCutKeep keep, long draw) {
        return new Remains(fs, keep, draw);
    }
}
