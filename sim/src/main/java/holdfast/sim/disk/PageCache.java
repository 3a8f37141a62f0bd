package holdfast.sim.disk;

import holdfast.Bytes;
import holdfast.env.DiskResult;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;

/// Reads and writes of bytes: what goes in and out of the cached pages of an [Inode], and what has to be read
/// from the device for that.
final class PageCache {

    /// Chance that a page which is overwritten while dirty had been written back before, in parts per million.
    private static final int WRITTEN_BACK_BETWEEN = 250_000;

    private final Entropy entropy;
    private final ArmedFaults faults;
    private final DriveCache drive;

    PageCache(Entropy entropy, ArmedFaults faults, DriveCache drive) {
        this.entropy = entropy;
        this.faults = faults;
        this.drive = drive;
    }

    DiskResult read(Inode file, long position, int length) {
        long end = Math.min(position + length, file.size());
        if (position >= end) {
            return new DiskResult.Data(Bytes.EMPTY);
        }
        int to = Page.count(end);
        for (int page = (int) (position / Page.SIZE); page < to; page++) {
            if (!load(file, page)) {
                return Answer.EIO.result("read", file.name);
            }
        }
        return new DiskResult.Data(Page.gather(file::page, position, end));
    }

    /// False if a page that is only partly overwritten could not be read; the pages before it are written.
    boolean write(Inode file, long position, Bytes data) {
        file.writes++;
        fillGap(file, position);
        int done = 0;
        while (done < data.size()) {
            int page = (int) ((position + done) / Page.SIZE);
            int at = (int) ((position + done) % Page.SIZE);
            int length = Math.min(Page.SIZE - at, data.size() - done);
            if (length < Page.SIZE && !load(file, page)) {
                return false;
            }
            Bytes base = length < Page.SIZE ? file.page(page) : null;
            dirty(file, page, Page.overwrite(base, at, data, done, done + length));
            done += length;
            file.grow(position + done);
        }
        return true;
    }

    void zeroFill(Inode file, long length) {
        file.writes++;
        file.truncate(length);
        drive.forget(file, Page.count(length));
        file.grow(length);
        int pages = Page.count(length);
        for (int page = 0; page < pages; page++) {
            dirty(file, page, null);
        }
    }

    /// Old blocks behind the end of the file must not show when it grows over them.
    private void fillGap(Inode file, long position) {
        if (position <= file.size()) {
            return;
        }
        int to = Math.min((int) (position / Page.SIZE), file.medium.pages());
        for (int page = Page.count(file.size()); page < to; page++) {
            if (!file.isCached(page) && file.medium.page(page) != null) {
                dirty(file, page, null);
            }
        }
    }

    private void dirty(Inode file, int page, Bytes content) {
        boolean between = file.isDirty(page)
                && faults.isEmpty()
                && entropy.chance(Purpose.DISK_WRITE_BACK, file.key + page, file.writes, WRITTEN_BACK_BETWEEN);
        if (between) {
            drive.accept(file, page, file.page(page));
        }
        file.putDirty(page, content);
    }

    /// Brings the page into the cache; false if the device cannot read it.
    private boolean load(Inode file, int page) {
        if (!file.isCached(page)) {
            if (file.medium.isUnreadable(page) && drive.newest(file, page) < 0) {
                return false;
            }
            file.putClean(page, drive.read(file, page));
        }
        return true;
    }
}
