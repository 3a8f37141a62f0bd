package holdfast.server.loop;

import holdfast.node.Replica;
import holdfast.raft.Raft;

/// Whether a node has what its leader has told to be committed. Once it has, it may be a little behind, as everybody is
/// under load; further behind, it has to catch up again.
final class CatchUp {

    /// Entries that a node which had caught up may be behind.
    static final long LAG_MAX = 4_096;

    private boolean hasCaughtUp;

    /// What this node still has to do before it is of use, or an empty text.
    String missing(Replica replica) {
        Raft raft = replica.raft();
        return raft.isLeader()
                ? missingOfLeader(raft.positionAt(raft.commitIndex()).term() == raft.term(),
                        replica.appliedIndex(), raft.last().index())
                : missing(replica.toldIndex(), replica.appliedIndex());
    }

    /// A leader knows what is committed when something of its own term is (Raft §5.4.2).
    String missingOfLeader(boolean hasCommitted, long applied, long last) {
        hasCaughtUp = hasCommitted;
        return hasCaughtUp ? "" : "leads, and has not committed anything in its term yet: applied " + applied + " of " + last;
    }

    String missing(long told, long applied) {
        long lag = told - applied;
        hasCaughtUp = told > 0 && (lag <= 0 || hasCaughtUp && lag <= LAG_MAX);
        if (hasCaughtUp) {
            return "";
        }
        return told == 0
                ? "no leader has said yet what is committed"
                : "catching up: applied " + applied + " of " + told;
    }
}
