package holdfast.sim.run;

import holdfast.env.DiskOp;
import holdfast.sim.check.Violation;
import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.disk.Remains;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.world.Rehearsal;
import holdfast.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Asks at sampled moments what would become of a machine that lost power right then: the production recovery runs on what
/// would be left of its disk; in half of the cases it is cut short itself and runs again. Nothing that the node has promised
/// may be missing then, and the store must not be refused. In a quarter of the cases a sector has become unreadable besides: then
/// it may be refused, and still nothing may be missing. The universe does not notice, so no plan has to be lucky.
final class CrashProbes {

    private static final String NAME = "crash-probe";

    /// Moments after a change of names are few, and what they leave is the most varied: one in so many is tried.
    private static final int NAMES_PPM = 40_000;

    /// Of all other moments at which a disk has done something.
    private static final int OTHERS_PPM = 1_400;

    /// A start reads the whole disk. The more there is beyond this, the fewer moments are tried.
    private static final long BYTES_FREELY = 512 << 10;

    /// More steps than the recovery of a store of simulated size takes.
    private static final int RECOVERY_STEPS_MAX = 1_000_000;

    /// A recovery is cut short within so many of its steps.
    private static final int CUT_STEPS = 60;

    // Of the bits of a draw.
    private static final int IS_CUT_BIT = 40;
    private static final int OTHER_KEEP_BITS = 8;
    private static final int COST_BITS = 16;
    private static final int IS_UNREADABLE_BITS = 42;
    private static final int SECTOR_BITS = 12;

    private final World world;
    private final Oracles oracles;
    private final Entropy entropy;
    /// By node: operations under way that change names.
    private final List<TreeSet<Long>> nameChanges = new ArrayList<>();
    private final long[] moments;

    CrashProbes(World world, Oracles oracles) {
        this.world = world;
        this.oracles = oracles;
        entropy = world.entropy();
        moments = new long[world.nodes() + 1];
        for (int node = 0; node <= world.nodes(); node++) {
            nameChanges.add(new TreeSet<>());
        }
    }

    void submitted(int node, DiskOp operation) {
        switch (operation) {
            case DiskOp.Rename _, DiskOp.Delete _, DiskOp.SyncDirectory _ -> nameChanges.get(node).add(operation.id());
            case DiskOp.List _, DiskOp.Read _, DiskOp.ZeroFill _, DiskOp.Write _, DiskOp.Sync _ -> {}
        }
    }

    void processEnded(int node) {
        nameChanges.get(node).clear();
    }

    /// The operation has taken effect, and the process does not know it yet.
    void diskDone(int node, long operation) {
        int chance = nameChanges.get(node).remove(operation) ? NAMES_PPM : OTHERS_PPM;
        long moment = ++moments[node];
        if (entropy.chance(Purpose.CRASH_PROBE, node, moment, chance) && isSound(node)) {
            probe(node, moment);
        }
    }

    /// Of a disk that has lied nothing can be expected, and one in a foreign machine keeps nobody's promises.
    private boolean isSound(int node) {
        return !world.condition(node).isBeyondRepair()
                && !world.isMisplaced(node)
                && !world.host(node).disk().isLost();
    }

    private void probe(int node, long moment) {
        long draw = entropy.bits(Purpose.CRASH_PROBE, -node, moment);
        if (Long.remainderUnsigned(draw >>> COST_BITS, world.host(node).disk().bytes() + 1) > BYTES_FREELY) {
            return;
        }
        Remains remains = world.host(node).disk().remains(keep(draw), draw);
        if ((draw >> IS_UNREADABLE_BITS & 3) == 0) {
            remains.latentError(draw >>> SECTOR_BITS);
            finishDamaged(node, world.host(node).rehearse(remains));
            return;
        }
        Rehearsal start = world.host(node).rehearse(remains);
        if ((draw >> IS_CUT_BIT & 1) == 0) {
            finish(node, start, "a power cut at this moment");
        } else {
            start.run((int) Long.remainderUnsigned(draw, CUT_STEPS));
            finish(
                    node, start.cutAgain(keep(draw >> OTHER_KEEP_BITS), draw + 1),
                    "a power cut at this moment and another one while it starts");
        }
    }

    /// All of one, nothing, or a mixture; mostly that.
    private static PowerCutKeep keep(long draw) {
        return switch ((int) (draw & 7)) {
            case 0 -> PowerCutKeep.NONE;
            case 1 -> PowerCutKeep.ALL;
            default -> PowerCutKeep.ANY;
        };
    }

    private void finish(int node, Rehearsal start, String after) {
        start.run(RECOVERY_STEPS_MAX);
        if (start.replica() == null) {
            throw new Violation(NAME, "after " + after + " node " + node + " would not start: "
                    + (start.end().isEmpty() ? "its recovery waits for nothing" : start.end()));
        }
        oracles.wouldStart(node, start.replica(), after);
    }

    /// A node may refuse a disk of which it cannot read everything, and it may not take what it cannot read for nothing.
    private void finishDamaged(int node, Rehearsal start) {
        start.run(RECOVERY_STEPS_MAX);
        if (start.replica() != null) {
            oracles.wouldStart(node, start.replica(), "a power cut at this moment and a sector that cannot be read");
        } else if (start.end().isEmpty()) {
            throw new Violation(NAME, "after a power cut at this moment and a sector that cannot be read, the recovery of node "
                    + node + " waits for nothing");
        }
    }
}
