package holdfast.raft;

import java.util.TreeSet;

/// A node that asks for votes. It asks twice: first whether it *would* get them (pre-vote, thesis §9.6), so that
/// a node that cannot win does not raise the term of those that have a leader; then for real.
final class Candidate implements Role {

    enum Stage {
        /// Asking without having changed anything.
        PRE_VOTE,
        /// The own term and vote are on their way to the disk; nobody has been asked yet.
        VOTE_UNSAFE,
        VOTE
    }

    private final TreeSet<Integer> granted = new TreeSet<>();
    private final boolean isTransfer;
    private Stage stage;

    Candidate(Stage stage, boolean isTransfer) {
        this.stage = stage;
        this.isTransfer = isTransfer;
    }

    Stage stage() {
        return stage;
    }

    boolean isTransfer() {
        return isTransfer;
    }

    void asked() {
        stage = Stage.VOTE;
    }

    /// Counts each voter once, however often its answer arrives.
    int granted(int voter) {
        granted.add(voter);
        return granted.size();
    }
}
