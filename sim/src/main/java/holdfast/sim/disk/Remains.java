package holdfast.sim.disk;

import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import java.util.Comparator;
import java.util.List;

/// What a power cut would leave of a disk, in the hands of a process that starts from it: every operation happens at once,
/// outside of time, and nothing fails. The disk of which these are the remains goes on untouched.
public final class Remains {

    // Of the bits of a draw.
    private static final int FILE_BITS = 8;
    private static final int SECTOR_BITS = 24;

    /// Of the end of the log: some batches and what proves them.
    private static final int TAIL_SECTORS = 4 * Page.SECTORS;

    private final SimFileSystem fs;
    private final DiskOps ops;

    /// @param draw keys the choice of what survives
    Remains(SimFileSystem before, PowerCutKeep keep, long draw) {
        fs = PowerCut.of(before, draw, keep);
        fs.faults().clear();
        fs.ledger().limit(DiskLedger.UNLIMITED);
        ops = new DiskOps(fs);
    }

    public DiskResult perform(DiskOp op) {
        return ops.perform(op);
    }

    /// Makes one sector unreadable: where the newest of the log stands, or in one of four cases anywhere.
    public void latentError(long draw) {
        List<Inode> files = fs.inodes().stream().filter(file -> file.medium.size() > 0).toList();
        boolean isAnywhere = (draw & 3) == 0;
        Inode newest = files.stream()
                .filter(file -> FileRole.WAL.matches(file.name) && usedPages(file) > 1)
                .max(Comparator.comparing(file -> file.name)).orElse(null);
        if (files.isEmpty() || newest == null) {
            return;
        }
        Inode struck = isAnywhere ? files.get((int) Long.remainderUnsigned(draw >>> FILE_BITS, files.size())) : newest;
        long end = (long) usedPages(struck) * Page.SECTORS;
        long reach = isAnywhere ? end : Math.min(end, TAIL_SECTORS);
        if (reach > 0) {
            MediaDamage.latentError(fs, struck, end - 1 - Long.remainderUnsigned(draw >>> SECTOR_BITS, reach));
        }
    }

    /// Up to the last one that is not all zeros.
    private static int usedPages(Inode file) {
        int pages = file.medium.pages();
        while (pages > 0 && file.medium.page(pages - 1) == null) {
            pages--;
        }
        return pages;
    }

    /// What a further power cut at this point would leave.
    public Remains afterPowerCut(PowerCutKeep keep, long draw) {
        return new Remains(fs, keep, draw);
    }
}
