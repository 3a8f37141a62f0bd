package holdfast.sim.disk;

/// An open file description: an inode, and how much of its errors this holder has heard.
final class OpenFile {

    final Inode inode;
    private int since;

    OpenFile(Inode inode) {
        this.inode = inode;
        this.since = ErrorSequence.sample(inode.errors);
        inode.openFiles++;
    }

    boolean hasNews() {
        return inode.errors != since;
    }

    /// `errseq_check_and_advance`: the error that this holder has not heard yet, now heard.
    Answer takeError() {
        if (!hasNews()) {
            return Answer.OK;
        }
        inode.errors = ErrorSequence.seen(inode.errors);
        since = inode.errors;
        return ErrorSequence.error(inode.errors);
    }
}
