package holdfast.wal;

import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.env.DiskResult;

/// Whether the store of this process still may do anything. After a write, sync or change of names has failed,
/// nobody knows what the medium holds, and asking again would be answered with a lie (`papers/fsync-failures.md`).
/// So the first failure is the last thing that the log and the snapshots of this process hear.
final class Poison {

    private final Probe probe;
    private boolean isStruck;

    Poison(Probe probe) {
        this.probe = probe;
    }

    boolean isStruck() {
        return isStruck;
    }

    /// Returns whether `result` is a failure; if so, the store is poisoned from here on.
    boolean strikes(DiskResult result, String during, WalEvents events) {
        if (!(result instanceof DiskResult.Failed failed)) {
            return false;
        }
        isStruck = true;
        probe.reached(switch (failed.reason()) {
            case NO_SPACE -> Sometimes.STORE_POISONED_FULL;
            case READ_ONLY -> Sometimes.STORE_POISONED_READ_ONLY;
            case IO_ERROR, NOT_FOUND -> Sometimes.STORE_POISONED;
        });
        events.poisoned("the store failed while " + during + ": " + failed.detail()
                + ". What it holds since the last good sync is unknown, so this process stops;"
                + " the next start copies the unproven tail into a new file. " + DiskAdvice.about(failed));
        return true;
    }

    /// The disk refuses to read what it has: nobody should trust it with more.
    void strikesReading(DiskResult.Failed failed, WalEvents events) {
        isStruck = true;
        probe.reached(Sometimes.STORE_POISONED_READING);
        events.poisoned("the disk could not be read while the node was serving: " + failed.detail()
                + ". That is no damage of the store as far as anybody knows. " + DiskAdvice.about(failed));
    }
}
