package holdfast.sim.world;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.raft.Membership;
import holdfast.sim.disk.SimDisk;
import holdfast.sim.kernel.Cause;
import holdfast.wal.Formatting;
import holdfast.wal.StoreId;

/// Makes the store of a machine before the universe begins, by the production code: what is simulated is the life of
/// stores, not how they came into being. No event happens, no time passes, no fault strikes.
public final class Forming {

    private Forming() {}

    /// The disk is empty and has not been used.
    public static void format(SimDisk disk, StoreId owner, Membership first) {
        Formatting formatting = new Formatting(owner, first, Bytes.EMPTY);
        formatting.runOn(disk::performEarly);
        Check.that(formatting.outcome() instanceof Formatting.Outcome.Formatted, "an empty disk can be formatted");
        disk.processCrash(Cause.stop(0));
    }
}
