package holdfast.sim.disk;

/// What belongs to one disk's whole life, whatever is mounted on it: its counters. A what-if copy has its own.
final class DiskLedger {

    /// More than anybody ever writes.
    static final long UNLIMITED = Long.MAX_VALUE;

    private long changes;
    private long failedSyncs;
    private long droppedPages;
    private long forgottenPages;
    private long damagedPages;
    private long lies;
    private int inodes;
    private long capacity = UNLIMITED;

    DiskLedger copy() {
        DiskLedger copy = new DiskLedger();
        copy.changes = changes;
        copy.failedSyncs = failedSyncs;
        copy.droppedPages = droppedPages;
        copy.forgottenPages = forgottenPages;
        copy.damagedPages = damagedPages;
        copy.lies = lies;
        copy.inodes = inodes;
        copy.capacity = capacity;
        return copy;
    }

    /// The number of a further change of the medium, above all before it.
    long nextChange() {
        return ++changes;
    }

    long changes() {
        return changes;
    }

    /// How many bytes the files may have together, whole pages each.
    long capacity() {
        return capacity;
    }

    void limit(long bytes) {
        capacity = bytes;
    }

    int nextInode() {
        return ++inodes;
    }

    void countFailedSync() {
        failedSyncs++;
    }

    long failedSyncs() {
        return failedSyncs;
    }

    void countDroppedPage() {
        droppedPages++;
    }

    long droppedPages() {
        return droppedPages;
    }

    void countForgottenPage() {
        forgottenPages++;
    }

    long forgottenPages() {
        return forgottenPages;
    }

    void countDamagedPage() {
        damagedPages++;
    }

    long damagedPages() {
        return damagedPages;
    }

    void countLie() {
        lies++;
    }

    long lies() {
        return lies;
    }
}
