package holdfast.sim.disk;

import holdfast.Bytes;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import java.util.BitSet;

/// One file's part of a [PowerCut]: which of its unconfirmed page writes are on the medium afterwards, how torn,
/// and which size shows them.
///
/// Unless the profile exposes unwritten blocks, a new size survives only together with the data that the drive
/// had accepted for it; a new page that had not been written back is a hole of zeros.
final class SurvivingPages {

    /// Of the surviving writes that may tear, in parts per million.
    private static final int TORN = 500_000;

    private static final int HALF = 500_000;
    private static final int TORN_KEYS = 1 << 20;

    /// What becomes of one write that no sync has confirmed.
    private enum Fate { LOST, TORN, WHOLE }

    private final Entropy entropy;
    private final PowerLoss rules;
    private final DriveCache drive;
    private final Platter platter;
    private final Inode file;
    private final MediumFile medium;
    private final long cause;
    private final int survival;
    private final boolean reachable;
    private final boolean sizeSurvives;
    private final BitSet landed = new BitSet();
    private long writtenEnd;
    private int draws;

    /// @param survival of each unconfirmed write, in parts per million
    SurvivingPages(SimFileSystem before, SimFileSystem after, Inode file, long cause, int survival) {
        this.entropy = before.entropy();
        this.rules = before.profile().powerLoss();
        this.drive = before.drive();
        this.platter = after.platter();
        this.file = file;
        this.medium = file.medium.copy(after.ledger());
        this.cause = cause;
        this.survival = survival;
        this.reachable = !before.mount().isLostByDevice();
        this.sizeSurvives = reachable && survival > 0
                && (survival == 1_000_000 || entropy.chance(Purpose.DISK_POWER_CUT, file.key, cause, HALF));
    }

    MediumFile land() {
        writtenEnd = file.writtenSize();
        for (int entry = 0; entry < drive.count(); entry++) {
            if (drive.file(entry) == file) {
                int page = drive.page(entry);
                boolean ordered = sizeSurvives && !rules.exposes() && medium.isNew(page);
                land(page, drive.content(entry), ordered ? Fate.WHOLE : fate(page));
            }
        }
        for (int i = 0; reachable && i < file.dirtyCount(); i++) {
            int page = file.dirtyPage(i);
            land(page, file.page(page), fate(page));
        }
        if (sizeSurvives) {
            changeSize();
        }
        medium.cutTail();
        return medium;
    }

    private Fate fate(int page) {
        long key = key(page, draws++);
        if (!entropy.chance(Purpose.DISK_POWER_CUT, key, cause, survival)) {
            return Fate.LOST;
        }
        boolean mayTear = survival < 1_000_000 && rules.tears() && (rules.exposes() || !medium.isNew(page));
        return mayTear && entropy.chance(Purpose.DISK_TORN, key, cause, TORN) ? Fate.TORN : Fate.WHOLE;
    }

    private void land(int page, Bytes fresh, Fate fate) {
        if (fate == Fate.LOST) {
            return;
        }
        medium.put(page, fate == Fate.TORN ? torn(page, medium.page(page), fresh) : fresh);
        medium.changed(page, page + 1);
        landed.set(page);
        writtenEnd = Math.max(writtenEnd, Math.min(file.size(), (page + 1L) * Page.SIZE));
    }

    /// A mixture of the two that is neither of them; the new one where there is no such mixture. Most writes change few
    /// bytes of a page, and a tear that separates nothing would be none.
    private Bytes torn(int page, Bytes old, Bytes fresh) {
        long key = key(page, TORN_KEYS + draws);
        int first = Page.firstDifference(old, fresh);
        int last = Page.lastDifference(old, fresh);
        int sectors = Page.differentSectors(old, fresh);
        boolean severalSectors = Integer.bitCount(sectors) > 1;
        boolean tearsSector = rules.tearsSectors()
                && first < last
                && (!severalSectors || entropy.chance(Purpose.DISK_TORN, key, cause, HALF));
        if (tearsSector) {
            int end = (int) entropy.between(Purpose.DISK_TORN, key + 1, cause, first + 1, last);
            return Page.mixBytes(old, fresh, end);
        }
        return severalSectors ? Page.mixSectors(old, fresh, someOf(sectors, key + 1)) : fresh;
    }

    /// At least one of these sectors, and not all of them.
    private int someOf(int sectors, long key) {
        int choice = (int) entropy.between(Purpose.DISK_TORN, key, cause, 1, (1L << Integer.bitCount(sectors)) - 2);
        return Integer.expand(choice, sectors);
    }

    private void changeSize() {
        long old = medium.size();
        if (writtenEnd > old || file.writtenSize() >= old) {
            long end = Math.max(old, writtenEnd);
            boolean goesOn = rules.exposes() && survival < 1_000_000 && file.size() > end;
            long more = goesOn ? entropy.below(Purpose.DISK_POWER_CUT, file.key + 1, cause, file.size() - end + 1) : 0;
            expose(old, end + more);
            medium.commitSize(end + more);
        } else {
            medium.commitSize(writtenEnd);
        }
    }

    /// New blocks that nothing was written to show what was there before, in half of the cases.
    private void expose(long old, long size) {
        for (int page = Page.count(old); rules.exposes() && page < Page.count(size); page++) {
            if (!landed.get(page) && entropy.chance(Purpose.DISK_GARBAGE, key(page, 0), cause, HALF)) {
                medium.put(page, platter.stale(key(page, 1), cause));
            }
        }
    }

    private long key(int page, int draw) {
        return file.key + ((long) page << 24) + draw * 2L;
    }
}
