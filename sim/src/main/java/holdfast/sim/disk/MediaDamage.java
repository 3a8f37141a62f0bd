package holdfast.sim.disk;

import holdfast.Check;

/// Damage to what already lies on the medium. A clean page leaves the cache with it, for a fault that nobody can
/// see is none; a dirty page stays, and heals the damage when it is written.
final class MediaDamage {

    private MediaDamage() {}

    /// Flips the bits of `mask` in one byte. A file system with checksums answers EIO from then on.
    static void rot(SimFileSystem fs, Inode file, long position, int mask) {
        Check.that(position >= 0 && position < file.medium.size(), "a byte on the medium", position, file.medium.size());
        int page = (int) (position / Page.SIZE);
        file.medium.put(page, Page.flip(file.medium.page(page), (int) (position % Page.SIZE), mask));
        file.medium.changed(page, page + 1);
        if (fs.profile().checksums()) {
            file.medium.makeUnreadable(page, Page.ALL_SECTORS);
        }
        fs.evict(file, page);
    }

    /// The sector cannot be read until its page is written again.
    static void latentError(SimFileSystem fs, Inode file, long sector) {
        int page = (int) (sector / Page.SECTORS);
        file.medium.makeUnreadable(page, 1 << (sector % Page.SECTORS));
        fs.evict(file, page);
    }
}
