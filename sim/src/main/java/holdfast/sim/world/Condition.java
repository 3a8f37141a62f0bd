package holdfast.sim.world;

/// What is wrong with one machine beyond being down: the fault budget is kept in these terms.
///
/// A node is *excused* while its disk has told it something untrue, or its medium is damaged: then it may believe
/// that it holds what it does not, and no software could know. The world keeps the number of such nodes to a minority,
/// so that a red run is a bug. The excuse ends when the process is told: a failed sync is no lie.
public final class Condition {

    private long seenLies;
    private long seenForgotten;
    private boolean isLied;
    private boolean isTold;
    private boolean isMisled;
    private boolean isRotten;
    private boolean isUnreadable;
    private boolean isRetired;
    private boolean isForgetful;
    private boolean isLost;

    /// A disk operation was answered. `lies` counts the false successes so far, `damagedPages` what the drive put wrong,
    /// `forgottenPages` those of failed write-backs that are not in the page cache any more.
    void answered(long lies, long damagedPages, long forgottenPages) {
        isMisled |= damagedPages > 0;
        if (lies > seenLies) {
            isLied = true;
        }
        if (forgottenPages > seenForgotten) {
            forgot();
        }
        seenLies = lies;
        seenForgotten = forgottenPages;
    }

    /// Pages that only the page cache had have left it. If the disk had lied about them, the next process would lack what
    /// this one was told.
    void forgot() {
        isForgetful |= isLied;
    }

    /// The process knows that its disk has failed it, and must stop counting.
    void told() {
        isTold = true;
    }

    /// A new process does not know what the one before it was told.
    void booted() {
        isTold = false;
    }

    void rotted() {
        isRotten = true;
    }

    /// The drive cannot read something back, and says so.
    void becameUnreadable() {
        isUnreadable = true;
    }

    /// The machine has a new drive, and what was promised on the old one is gone.
    void lost() {
        isLost = true;
    }

    /// The new drive holds everything that makes it count.
    void recovered() {
        isLost = false;
    }

    public boolean isLost() {
        return isLost;
    }

    void retired() {
        isRetired = true;
    }

    /// May believe that it holds what it does not.
    public boolean isExcused() {
        return isMisled || isRotten || isRetired || (isLied && !isTold);
    }

    /// Its medium lacks something that it was told is there.
    public boolean isLied() {
        return isLied || isMisled;
    }

    /// A process that starts now lacks something that was promised, and nobody could tell what.
    boolean isForgetful() {
        return isForgetful;
    }

    /// Its medium is damaged: it may refuse to start. That something cannot be read is no excuse for having forgotten it.
    public boolean isRotten() {
        return isRotten || isUnreadable;
    }

    /// Never started again: it could not know what it lost.
    public boolean isRetired() {
        return isRetired;
    }

    /// Counts against the budget of a minority.
    public boolean isBeyondRepair() {
        return isRotten() || isRetired || isLost || isLied();
    }
}
