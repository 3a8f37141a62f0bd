package holdfast.sim.check;

import holdfast.node.Replica;
import holdfast.raft.HardState;
import holdfast.raft.LogPosition;
import holdfast.raft.Message;
import holdfast.raft.Raft;

/// A voter refuses nobody whom it could grant its vote (Raft §5.4.1: the later last term wins, and in the same term the longer
/// log), and promises no pre-vote that it would not keep. Who refuses too much loses no record: it may end all elections of a
/// majority that is up, and only a universe in which no other majority is there would show it.
public final class FairVotes implements NodeOracle {

    private static final String NAME = "fair-votes";

    /// What a node says of itself when it asks for a vote.
    private record Claim(long term, long lastIndex, long lastTerm) {

        boolean isUpToDate(LogPosition voter) {
            return lastTerm == voter.term() ? lastIndex >= voter.index() : lastTerm > voter.term();
        }
    }

    /// By voter: what it was asked in this turn, or null.
    private final Claim[] asked;

    public FairVotes(int nodes) {
        asked = new Claim[nodes + 1];
    }

    /// Node `node` is about to act upon a message.
    public void taking(int node, Message message) {
        if (message instanceof Message.VoteRequest asks) {
            asked[node] = new Claim(asks.term(), asks.lastIndex(), asks.lastTerm());
        } else if (message instanceof Message.PreVoteRequest asks) {
            asked[node] = new Claim(asks.term(), asks.lastIndex(), asks.lastTerm());
        }
    }

    public void sent(int from, int to, Message message, Replica replica) {
        Claim claim = asked[from];
        if (claim == null) {
            return;
        }
        Raft voter = replica.raft();
        boolean isUpToDate = claim.isUpToDate(voter.last());
        if (message instanceof Message.VoteReply reply && !reply.granted() && reply.term() == claim.term) {
            int votedFor = voter.hardState().votedFor();
            if (isUpToDate && (votedFor == HardState.NOBODY || votedFor == to)) {
                throw new Violation(NAME, "node " + from + " refuses node " + to + " its vote, although it has voted for nobody "
                        + "else and its log, which ends at " + voter.last() + ", is not ahead of " + claim);
            }
        } else if (message instanceof Message.PreVoteReply reply
                && reply.granted() != (isUpToDate && claim.term > voter.term())) {
            throw new Violation(NAME, "node " + from + (reply.granted() ? " grants" : " refuses") + " node " + to
                    + " a pre-vote in term " + voter.term() + "; its log ends at " + voter.last() + ", and it was asked by "
                    + claim);
        }
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        asked[node] = null;
    }

    @Override
    public void processEnded(int node) {
        asked[node] = null;
    }
}
