package holdfast.sim.disk;

/// What belongs to one disk's whole life, whatever is mounted on it: its counters, and the moment that keys its
/// random draws. A what-if copy has its own.
final class DiskLedger {

    private long changes;
    private long moment;
    private long failedSyncs;
    private long droppedPages;
    private long forgottenPages;
    private long damagedPages;
    private long lies;
    private int inodes;

    DiskLedger copy() {
        DiskLedger copy = new DiskLedger();
        copy.changes = changes;
        copy.moment = moment;
        copy.failedSyncs = failedSyncs;
        copy.droppedPages = droppedPages;
        copy.forgottenPages = forgottenPages;
        copy.damagedPages = damagedPages;
        copy.lies = lies;
        copy.inodes = inodes;
        return copy;
    }

    /// The number of a further change of the medium, above all before it.
    long nextChange() {
        return ++changes;
    }

    long changes() {
        return changes;
    }

    /// Draws from here on are keyed with this moment, virtual microseconds in a simulated world. An ordinal of
    /// failures would not do: without the first fault of a plan, the second would be drawn differently.
    void setMoment(long newMoment) {
        moment = newMoment;
    }

    long moment() {
        return moment;
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
