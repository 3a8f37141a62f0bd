package holdfast.sim.disk;

import holdfast.Bytes;
import holdfast.sim.disk.ArmedFaults.FailedBlocks;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import java.util.function.IntPredicate;

/// Moves dirty pages from the page cache to the drive, by a sync or in the background, and does to cache,
/// medium and error record what the profile says if the device refuses (`storage.md` §1.6.3).
final class WriteBack {

    private final long diskKey;
    private final FsProfile profile;
    private final Entropy entropy;
    private final ArmedFaults faults;
    private final DiskLedger ledger;
    private final DriveCache drive;
    private final Platter platter;
    private int[] batch = new int[16];

    WriteBack(
            long diskKey,
            FsProfile profile,
            Entropy entropy,
            ArmedFaults faults,
            DiskLedger ledger,
            DriveCache drive,
            Platter platter) {
        this.diskKey = diskKey;
        this.profile = profile;
        this.entropy = entropy;
        this.faults = faults;
        this.ledger = ledger;
        this.drive = drive;
        this.platter = platter;
    }

    /// Writes all dirty pages of the file. Returns what failed, in the words of the profile, or null.
    SyncFailure all(Inode file) {
        int count = take(file);
        if (!faults.isEmpty() && count > 0) {
            return under(file, count);
        }
        for (int i = 0; i < count; i++) {
            accept(file, batch[i]);
        }
        return null;
    }

    /// Writes the dirty pages that `chosen` picks, as the kernel may do at any time.
    SyncFailure some(Inode file, IntPredicate chosen) {
        int count = take(file);
        int picked = 0;
        for (int i = 0; i < count; i++) {
            if (chosen.test(batch[i])) {
                batch[picked++] = batch[i];
            } else {
                file.stayDirty(batch[i]);
            }
        }
        return picked == 0 ? null : under(file, picked);
    }

    /// The device takes nothing.
    SyncFailure none(Inode file) {
        int count = take(file);
        return fail(file, count, FailedBlocks.all(Answer.EIO));
    }

    private int take(Inode file) {
        if (batch.length < file.dirtyCount()) {
            batch = new int[2 * file.dirtyCount()];
        }
        return file.takeDirty(batch);
    }

    private SyncFailure under(Inode file, int count) {
        FailedBlocks failed = faults.strikeWriteBack(file, batch, count);
        if (failed != null) {
            return fail(file, count, failed);
        }
        for (int i = 0; i < count; i++) {
            acceptUnderFaults(file, batch[i]);
        }
        return null;
    }

    // ---- failure -------------------------------------------------------------------------------------------

    private SyncFailure fail(Inode file, int count, FailedBlocks failed) {
        int way = profile.failures().size() == 1
                ? 0
                : (int) entropy.below(Purpose.DISK_PROFILE, diskKey ^ file.key, faults.cause(), profile.failures().size());
        SyncFailure failure = profile.failures().get(way);
        file.errors = ErrorSequence.withError(file.errors, failed.error());
        file.reportsLate |= failure.late();
        for (int i = 0; i < count; i++) {
            int page = batch[i];
            int sectors = failure.wholeSync() ? Page.ALL_SECTORS : failed.sectorsOf(page);
            if (sectors == 0) {
                accept(file, page);
            } else {
                failPage(file, page, sectors, failure);
            }
        }
        return failure;
    }

    private void failPage(Inode file, int page, int failedSectors, SyncFailure failure) {
        Bytes fresh = file.page(page);
        if (failure.staleBlocks() && file.medium.isNew(page)) {
            file.medium.put(page, platter.stale(file.key + page, faults.cause()));
        }
        if (failedSectors != Page.ALL_SECTORS) {
            int written = Page.ALL_SECTORS & ~failedSectors;
            drive.accept(file, page, Page.mixSectors(drive.read(file, page), fresh, written));
        }
        if (failure.sizeSurvives()) {
            file.written(page);
        }
        switch (failure.page()) {
            case KEEP_NEW -> file.clean(page);
            case DROP -> {
                file.drop(page);
                ledger.countForgottenPage();
            }
            case KEEP_DIRTY -> file.stayDirty(page);
        }
        if (failure.page() != SyncFailure.PageFate.KEEP_DIRTY) {
            file.hasUntoldLoss = true;
            ledger.countDroppedPage();
        }
    }

    // ---- success, or so it seems ---------------------------------------------------------------------------

    private void accept(Inode file, int page) {
        file.clean(page);
        file.written(page);
        drive.accept(file, page, file.page(page));
    }

    private void acceptUnderFaults(Inode file, int page) {
        if (faults.strikes(FaultKind.LYING_DRIVE, file.name)) {
            file.clean(page);
            damaged(file, page);
        } else if (faults.strikes(FaultKind.LOSE_WRITE, file.name)) {
            file.clean(page);
            file.written(page);
            damaged(file, page);
        } else if (faults.strikes(FaultKind.MISDIRECT_WRITE, file.name)) {
            misdirect(file, page);
        } else {
            accept(file, page);
        }
    }

    private void misdirect(Inode file, int page) {
        file.clean(page);
        file.written(page);
        int pages = Page.count(Math.max(file.size(), file.medium.size()));
        int step = pages < 2 ? 0 : 1 + (int) entropy.below(Purpose.DISK_GARBAGE, file.key + page, faults.cause(), pages - 1);
        int victim = (page + step) % pages;
        damaged(file, page);
        if (victim != page) {
            file.medium.put(victim, file.page(page));
            file.medium.changed(victim, victim + 1);
            damaged(file, victim);
        }
    }

    /// The block is not what was last written to it.
    private void damaged(Inode file, int page) {
        ledger.countDamagedPage();
        ledger.countDroppedPage();
        if (profile.checksums()) {
            file.medium.makeUnreadable(page, Page.ALL_SECTORS);
        }
    }
}
