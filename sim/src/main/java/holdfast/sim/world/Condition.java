package holdfast.sim.world;

/// What is wrong with one machine beyond being down: the fault budget is kept in these terms.
///
/// A node is *excused* while its disk has told it something untrue, or its medium is damaged: then it may believe
/// that it holds what it does not, and no software could know. The world keeps the number of such nodes to a minority,
/// so that a red run is a bug. The excuse ends when the process is told: a failed sync is no lie.
public final class Condition {

    private long seenLies;
    private boolean isLied;
    private boolean isTold;
    private boolean isRotten;
    private boolean isRetired;

    /// A disk operation was answered. `lies` counts the false successes so far.
    void answered(boolean failed, long lies) {
        isTold |= failed;
        if (lies > seenLies) {
            isLied = true;
        }
        seenLies = lies;
    }

    /// A new process does not know what the one before it was told.
    void booted() {
        isTold = false;
    }

    void rotted() {
        isRotten = true;
    }

    void retired() {
        isRetired = true;
    }

    /// May believe that it holds what it does not.
    public boolean isExcused() {
        return isRotten || isRetired || (isLied && !isTold);
    }

    /// Its medium lacks something that it was told is there.
    public boolean isLied() {
        return isLied;
    }

    /// Its medium is damaged: it may refuse to start.
    public boolean isRotten() {
        return isRotten;
    }

    /// Never started again: after a power cut it could not know what it lost.
    public boolean isRetired() {
        return isRetired;
    }

    /// Counts against the budget of a minority.
    public boolean isBeyondRepair() {
        return isRotten || isRetired || isLied;
    }
}
