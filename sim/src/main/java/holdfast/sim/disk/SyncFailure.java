package holdfast.sim.disk;

/// What a file system does when the device refuses data blocks during write-back (`fault-lab.md` §3.1,
/// `storage.md` §1.6.3).
///
/// @param page what the page cache holds afterwards
/// @param wholeSync true if one failed sector undoes everything that this sync wrote (copy on write)
/// @param sizeSurvives true if the new size becomes durable at the next commit although the data did not
/// @param staleBlocks true if a block that was new to the file shows what was on the platter before, not zeros
/// @param late true if this sync answers OK and the next one hears of it
/// @param abortsJournal true if the file system refuses all further changes
public record SyncFailure(
        PageFate page,
        boolean wholeSync,
        boolean sizeSurvives,
        boolean staleBlocks,
        boolean late,
        boolean abortsJournal) {

    /// What becomes of a page whose write failed.
    public enum PageFate {
        /// Clean, with the new bytes: reads show what the medium does not have.
        KEEP_NEW,
        /// Dropped: the next read shows the medium.
        DROP,
        /// Still dirty: the next sync tries again.
        KEEP_DIRTY
    }
}
