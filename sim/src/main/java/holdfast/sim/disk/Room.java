package holdfast.sim.disk;

/// How much of a disk is taken, and how much is left: whole pages of the files that programs see.
final class Room {

    private final DiskLedger ledger;
    private final Directory directory;

    Room(DiskLedger ledger, Directory directory) {
        this.ledger = ledger;
        this.directory = directory;
    }

    /// What all files take together, in bytes.
    long used() {
        long bytes = 0;
        for (Inode inode : directory.cached().values()) {
            bytes += pagesOf(inode);
        }
        return bytes;
    }

    /// How long the file can become until the disk is full, in bytes.
    long reach(Inode inode) {
        return ledger.capacity() == DiskLedger.UNLIMITED
                ? DiskLedger.UNLIMITED
                : Math.max(0, ledger.capacity() - used() + pagesOf(inode));
    }

    private static long pagesOf(Inode inode) {
        return (long) Page.count(inode.size()) * Page.SIZE;
    }
}
