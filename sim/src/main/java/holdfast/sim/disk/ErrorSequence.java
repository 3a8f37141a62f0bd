package holdfast.sim.disk;

/// The write-back error record of an inode, after Linux `lib/errseq.c` (`storage.md` §1.3): 12 bits of errno, a
/// bit that says whether anybody has seen it, and a counter that moves only when a seen error is overwritten.
///
/// So every descriptor open at the time hears of an error once, one opened later hears of it only while nobody
/// has, several errors between two checks are one, and the record dies with the inode.
final class ErrorSequence {

    /// No error ever.
    static final int NONE = 0;

    private static final int ERRNO = 0xFFF;
    private static final int SEEN = ERRNO + 1;
    private static final int ONE = SEEN << 1;

    private ErrorSequence() {}

    static int withError(int current, Answer error) {
        int counter = current & ~(ERRNO | SEEN);
        return ((current & SEEN) == 0 ? counter : counter + ONE) | error.errno();
    }

    /// What a descriptor remembers at open: an unseen error is left for it to find.
    static int sample(int current) {
        return (current & SEEN) == 0 ? NONE : current;
    }

    /// The record after somebody has looked; it becomes the looker's mark.
    static int seen(int current) {
        return current == NONE ? NONE : current | SEEN;
    }

    static Answer error(int current) {
        return Answer.ofErrno(current & ERRNO);
    }
}
