package holdfast.raft;

import holdfast.Sometimes;
import holdfast.raft.Message.PreVoteReply;
import holdfast.raft.Message.PreVoteRequest;
import holdfast.raft.Message.VoteReply;
import holdfast.raft.Message.VoteRequest;

/// Elections, both sides: asking for votes and giving them (Raft §5.2, §5.4.1; thesis §4.2.3, §9.6).
///
/// Two rules protect the promise "one vote a term, for ever":
///
/// - a vote is told only after term and vote are durable; until then the answer is held in one slot;
/// - a candidate asks only after its own term and vote are durable.
///
/// Two more keep a cluster calm: a pre-vote changes nothing, and nobody helps to depose a leader it has heard
/// within the minimum election timeout.
final class Election {

    /// A vote that waits for the disk. One is enough: there is one vote a term.
    private record HeldReply(int to, VoteReply reply) {}

    private final State state;
    private HeldReply held;

    Election(State state) {
        this.state = state;
    }

    /// The election timeout has passed without a leader or a winner.
    void onTimeout() {
        state.drawElectionDeadline();
        if (!state.isBound()) {
            state.probe.reached(Sometimes.ELECTION_WITHOUT_PLACE);
            return;
        }
        tellLost();
        state.probe.reached(Sometimes.ELECTION_STARTED);
        Candidate candidate = state.becomePreCandidate();
        LogPosition last = state.log.last();
        toPeers(new PreVoteRequest(state.term() + 1, last.index(), last.term()));
        countPreVote(candidate, state.self());
    }

    /// Whoever was a candidate until now has not won.
    private void tellLost() {
        if (state.role() instanceof Candidate before) {
            state.probe.reached(before.stage() == Candidate.Stage.PRE_VOTE
                    ? Sometimes.PRE_VOTE_REPEATED : Sometimes.ELECTION_REPEATED);
        }
    }

    /// Starts a real election, after a won pre-vote or because the leader asked for it (thesis §3.10).
    void campaign(boolean isTransfer) {
        held = null;
        state.drawElectionDeadline();
        state.becomeCandidate(isTransfer);
    }

    /// Term and vote are on disk as decided: whatever waited for that may go.
    void onHardStateDurable() {
        if (held != null) {
            state.send(held.to(), held.reply());
            held = null;
        }
        if (state.role() instanceof Candidate candidate && candidate.stage() == Candidate.Stage.VOTE_UNSAFE) {
            candidate.asked();
            LogPosition last = state.log.last();
            toPeers(new VoteRequest(state.term(), last.index(), last.term(), candidate.isTransfer()));
            countVote(candidate, state.self());
        }
    }

    /// A pre-vote binds nobody: it says whether a real request would be granted now. Whoever asks for a term that has
    /// begun already is told so by the term of the refusal, even while a leader is protected: it deposes nobody by
    /// learning a term that exists.
    void onPreVoteRequest(int from, PreVoteRequest request) {
        if (!state.mayVote()) {
            return;
        }
        if (request.term() > state.term() && state.isLeaderProtected()) {
            state.probe.reached(Sometimes.PRE_VOTE_IGNORED_FOR_LEADER);
            return;
        }
        boolean granted = request.term() > state.term() && isUpToDate(request.lastIndex(), request.lastTerm());
        if (!granted) {
            state.probe.reached(request.term() <= state.term()
                    ? Sometimes.PRE_VOTE_OF_PAST_TERM : Sometimes.PRE_VOTE_REJECTED);
        }
        state.send(from, new PreVoteReply(state.term(), request.term(), granted));
    }

    /// A grant counts whatever term its voter is in: that changes nothing at either end, so the voter has not adopted
    /// the term that it was asked about.
    void onPreVoteReply(Sender from, PreVoteReply reply) {
        if (reply.granted()
                && reply.askedTerm() == state.term() + 1
                && state.role() instanceof Candidate candidate
                && candidate.stage() == Candidate.Stage.PRE_VOTE) {
            countPreVote(candidate, from);
        }
    }

    /// The request's term is this node's term: an older one was refused before, a higher one adopted.
    void onVoteRequest(int from, VoteRequest request) {
        if (!state.mayVote()) {
            return;
        }
        int votedFor = state.hardState.current().votedFor();
        boolean isFree = votedFor == HardState.NOBODY || votedFor == from;
        boolean isUpToDate = isUpToDate(request.lastIndex(), request.lastTerm());
        boolean granted = isFree && isUpToDate;
        if (!isFree) {
            state.probe.reached(Sometimes.VOTE_REJECTED_ALREADY_VOTED);
        } else if (!isUpToDate) {
            state.probe.reached(Sometimes.VOTE_REJECTED_STALE_LOG);
        }
        if (granted && votedFor == HardState.NOBODY) {
            state.becomeFollower(state.term(), Follower.UNKNOWN);
            state.hardState.change(new HardState(state.term(), from), state.effects);
            state.drawElectionDeadline();
        }
        if (granted) {
            if (votedFor == from) {
                state.probe.reached(Sometimes.VOTE_TOLD_AGAIN);
            }
            voteWhenDurable(from);
        } else {
            // A refusal promises nothing, so it neither waits for the disk nor takes the place of a vote that does.
            state.send(from, new VoteReply(state.term(), false));
        }
    }

    void onVoteReply(Sender from, VoteReply reply) {
        if (reply.granted()
                && state.role() instanceof Candidate candidate
                && candidate.stage() == Candidate.Stage.VOTE) {
            countVote(candidate, from);
        }
    }

    /// A vote promised in an older term must not be told in this one.
    void onTermChanged() {
        if (held != null) {
            state.probe.reached(Sometimes.VOTE_LOST_WITH_TERM);
        }
        held = null;
    }

    private void voteWhenDurable(int to) {
        VoteReply vote = new VoteReply(state.term(), true);
        if (state.hardState.isAllDurable()) {
            state.send(to, vote);
        } else {
            held = new HeldReply(to, vote);
            state.probe.reached(Sometimes.VOTE_HELD_FOR_DISK);
        }
    }

    /// Raft §5.4.1: the later last term wins; in the same term, the longer log.
    private boolean isUpToDate(long lastIndex, long lastTerm) {
        LogPosition mine = state.log.last();
        return lastTerm > mine.term() || (lastTerm == mine.term() && lastIndex >= mine.index());
    }

    private void countPreVote(Candidate candidate, Sender voter) {
        if (isQuorum(candidate, voter)) {
            campaign(false);
        }
    }

    /// Whether the vote counts, and makes the last one that was missing.
    private boolean isQuorum(Candidate candidate, Sender voter) {
        Membership membership = state.membership();
        return membership.counts(voter) && candidate.granted(voter.id()) >= membership.quorum();
    }

    private void countVote(Candidate candidate, Sender voter) {
        if (isQuorum(candidate, voter)) {
            tellWon(candidate);
            Leader leader = state.becomeLeader();
            // Raft §8: an entry of the own term, so that everything before it can be committed and read.
            leader.startTerm(state);
        }
    }

    private void tellWon(Candidate candidate) {
        if (state.membership().voters().size() == 1) {
            state.probe.reached(Sometimes.ELECTED_ALONE);
        } else if (candidate.isTransfer()) {
            state.probe.reached(Sometimes.ELECTED_BY_TRANSFER);
        }
    }

    private void toPeers(Message message) {
        for (int peer : state.membership().voters()) {
            if (peer != state.config.self()) {
                state.send(peer, message);
            }
        }
    }
}
