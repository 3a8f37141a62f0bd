package holdfast.sim.disk;

import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import java.util.Map;
import java.util.TreeMap;

/// What a machine finds on its disk after it lost power (`storage.md` §2.2). The page cache is gone. Of what no
/// sync has confirmed, page writes survive one by one, in any subset ([SurvivingPages]), names by the rule of
/// the profile. What was confirmed survives always.
///
/// The old file system is left as it was: the new one is computed from it. So an oracle can ask what a power
/// cut would leave without cutting.
final class PowerCut {

    /// Of the unconfirmed changes of one cut, this many survive, in parts per million. All or none must not be
    /// rare, however many there are.
    private static final int[] SURVIVAL = {0, 100_000, 500_000, 900_000, 1_000_000};

    private final SimFileSystem before;
    private final SimFileSystem after;
    private final long cause;
    private final int survival;

    private PowerCut(SimFileSystem before, long cause, PowerCutKeep keep) {
        this.before = before;
        this.after = before.emptyTwin();
        this.cause = cause;
        this.survival = switch (keep) {
            case NONE -> 0;
            case ALL -> 1_000_000;
            case ANY -> SURVIVAL[(int) before.entropy().below(Purpose.DISK_POWER_CUT, before.diskKey(), cause, SURVIVAL.length)];
        };
    }

    /// @param cause keys the draws: the same [holdfast.sim.kernel.Cause], the same remains
    static SimFileSystem of(SimFileSystem before, long cause, PowerCutKeep keep) {
        PowerCut cut = new PowerCut(before, cause, keep);
        cut.mount(cut.survivingNames());
        return cut.after;
    }

    private TreeMap<String, Inode> survivingNames() {
        Directory directory = before.directory();
        if (before.mount().isLostByDevice()) {
            return directory.survivors(change -> false);
        }
        Entropy entropy = before.entropy();
        if (before.profile().powerLoss().namesInOrder()) {
            int changes = directory.pendingChanges();
            long kept = survival == 0 || survival == 1_000_000
                    ? changes * (survival / 1_000_000L)
                    : entropy.below(Purpose.DISK_POWER_CUT, before.diskKey() + 1, cause, changes + 1L);
            return directory.survivors(change -> change < kept);
        }
        return directory.survivors(
                change -> entropy.chance(Purpose.DISK_POWER_CUT, before.diskKey() + ((change + 1L) << 16), cause, survival));
    }

    private void mount(TreeMap<String, Inode> names) {
        TreeMap<String, Inode> durable = before.directory().durable();
        TreeMap<Integer, Inode> remains = new TreeMap<>();
        TreeMap<String, Inode> mounted = new TreeMap<>();
        for (Map.Entry<String, Inode> entry : names.entrySet()) {
            String name = entry.getKey();
            Inode file = entry.getValue();
            Inode remaining = remains.get(file.number);
            if (remaining == null) {
                MediumFile medium = new SurvivingPages(before, after, file, cause, survival).land();
                remaining = file.remounted(name, medium);
                remains.put(file.number, remaining);
            }
            if (durable.get(name) != file) {
                remaining.medium.changed(0, Integer.MAX_VALUE);
            }
            mounted.put(name, remaining);
        }
        for (Inode file : durable.values()) {
            if (!remains.containsKey(file.number)) {
                after.platter().free(file);
            }
        }
        boolean changed = !names.equals(durable);
        after.directory().mount(mounted, changed ? after.ledger().nextChange() : before.directory().lastChange());
    }
}
