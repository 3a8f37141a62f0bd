package holdfast.raft;

import holdfast.Sometimes;
import holdfast.raft.Message.AppendAccepted;
import holdfast.raft.Message.AppendEntries;
import holdfast.raft.Message.AppendRejected;
import holdfast.raft.Message.InstallSnapshot;
import holdfast.raft.Message.InstallSnapshotReply;
import holdfast.raft.Message.PreVoteReply;
import holdfast.raft.Message.PreVoteRequest;
import holdfast.raft.Message.ReadIndexReply;
import holdfast.raft.Message.ReadIndexRequest;
import holdfast.raft.Message.TimeoutNow;
import holdfast.raft.Message.VoteReply;
import holdfast.raft.Message.VoteRequest;

/// What other nodes say: who is listened to at all, the rule for terms (Raft §5.1), and which topic a message belongs to.
final class Reception {

    /// By how much one message may raise the own term: more than a cluster gets through in ten years of elections. Terms never
    /// go back, so one message with a far greater one would bring all nodes to the end of all terms for good. A node that is
    /// really so far behind, because its disk is new or somebody else was lied to, gets there message by message: whoever
    /// would not follow at all could never be led again.
    private static final long TERMS_AHEAD_MAX = 1L << 32;

    private final State state;
    private final Election election;
    private final Replication replication;
    private final Tenure tenure;
    private final Binding binding;

    Reception(State state, Election election, Replication replication, Tenure tenure, Binding binding) {
        this.state = state;
        this.election = election;
        this.replication = replication;
        this.tenure = tenure;
        this.binding = binding;
    }

    /// Raft §5.1, the rule for terms: a higher one is adopted, a message of an older one is not acted upon. Returns whether
    /// the message was one of this term, from a node that is listened to.
    boolean onMessage(Sender sender, Message message) {
        if (!isAdmitted(sender)) {
            return false;
        }
        int from = sender.id();
        if (message instanceof PreVoteRequest request) {
            election.onPreVoteRequest(from, request);
            return true;
        }
        if (message instanceof VoteRequest request && isIgnoredForLeader(request)) {
            state.probe.reached(Sometimes.VOTE_IGNORED_FOR_LEADER);
            return false;
        }
        if (message.term() - state.term() > TERMS_AHEAD_MAX) {
            state.probe.reached(Sometimes.FOREIGN_WORDS_DROPPED);
            adoptTerm(state.term() + TERMS_AHEAD_MAX);
            return false;
        }
        if (message.term() > state.term()) {
            adoptTerm(message.term());
        } else if (message.term() < state.term()) {
            state.probe.reached(Sometimes.STALE_TERM_MESSAGE);
            onStale(sender, message);
            return false;
        }
        if (state.role() instanceof Leader leader && !state.membership().member(from).isOn(sender.disk())) {
            binding.heard(leader, sender);
            return false;
        }
        if (isOfAnotherLeader(from, message)) {
            state.probe.reached(Sometimes.FOREIGN_WORDS_DROPPED);
            return false;
        }
        dispatch(sender, message);
        return true;
    }

    /// A term has one leader (Election Safety, Raft §5.2). Whoever else speaks as such runs other code, or has forgotten a
    /// vote; whom this node follows already has been elected by a majority.
    private boolean isOfAnotherLeader(int from, Message message) {
        boolean isLeaders = switch (message) {
            case AppendEntries _, InstallSnapshot _, ReadIndexReply _ -> true;
            case PreVoteRequest _, PreVoteReply _, VoteRequest _, VoteReply _, AppendAccepted _, AppendRejected _,
                    InstallSnapshotReply _, TimeoutNow _, ReadIndexRequest _ -> false;
        };
        return isLeaders && switch (state.role()) {
            case Leader _ -> true;
            case Follower follower -> follower.leader() != Follower.UNKNOWN && follower.leader() != from;
            case Candidate _ -> false;
        };
    }

    private boolean isAdmitted(Sender sender) {
        return switch (state.peers.admit(sender, state.commitIndex)) {
            case ADMITTED -> true;
            case NO_VOTER -> false;
            case REPLACED -> {
                state.probe.reached(Sometimes.REPLACED_DISK_IGNORED);
                yield false;
            }
            case ROLLED_BACK -> {
                state.probe.reached(Sometimes.OLDER_LIFE_IGNORED);
                yield false;
            }
        };
    }

    /// Whoever has heard a leader lately does not let a higher term depose it, unless the leader asked for it
    /// (thesis §4.2.3).
    private boolean isIgnoredForLeader(VoteRequest request) {
        return request.term() > state.term() && !request.transfer() && state.isLeaderProtected();
    }

    private void adoptTerm(long term) {
        if (state.role() instanceof Leader leader) {
            state.probe.reached(Sometimes.LEADER_DEPOSED);
            leader.reads().refuseAll(state);
        } else if (state.role() instanceof Candidate) {
            state.probe.reached(Sometimes.CANDIDATE_DEPOSED);
        }
        state.becomeFollower(term, Follower.UNKNOWN);
        election.onTermChanged();
    }

    /// Tells an outdated leader or candidate about this term; without that, a node whose term is ahead could
    /// neither follow nor be elected. The refusal repeats nothing of what it refuses: its receiver may lead this very
    /// term by now, and would take the index and the round of its former leadership for those of the present one.
    private void onStale(Sender sender, Message message) {
        int from = sender.id();
        switch (message) {
            case AppendEntries _ -> state.send(
                    from, new AppendRejected(state.term(), 0, 0, 0, Message.NO_ROUND));
            case InstallSnapshot _ -> state.send(
                    from, new InstallSnapshotReply(state.term(), 0, 0, 0, false, Message.NO_ROUND));
            case VoteRequest _ -> state.send(from, new VoteReply(state.term(), false));
            case ReadIndexRequest m -> state.send(
                    from, new ReadIndexReply(state.term(), m.id(), ReadIndexReply.REFUSED));
            case PreVoteReply m -> {
                if (m.granted()) {
                    state.probe.reached(Sometimes.PRE_VOTE_OF_OLDER_VOTER);
                }
                election.onPreVoteReply(sender, m);
            }
            case PreVoteRequest _, VoteReply _, AppendAccepted _, AppendRejected _,
                    InstallSnapshotReply _, TimeoutNow _, ReadIndexReply _ -> {}
        }
    }

    private void dispatch(Sender sender, Message message) {
        int from = sender.id();
        switch (message) {
            case PreVoteRequest m -> election.onPreVoteRequest(from, m);
            case PreVoteReply m -> election.onPreVoteReply(sender, m);
            case VoteRequest m -> election.onVoteRequest(from, m);
            case VoteReply m -> election.onVoteReply(sender, m);
            case AppendEntries m -> replication.onAppendEntries(followerOf(from), from, m);
            case AppendAccepted m -> onAccepted(sender, m);
            case AppendRejected m -> onRejected(sender, m);
            case InstallSnapshot m -> followerOf(from).heard(from, m.round());
            case InstallSnapshotReply m -> onInstallSnapshotReply(sender, m);
            case TimeoutNow _ -> onTimeoutNow();
            case ReadIndexRequest m -> onReadIndexRequest(from, m);
            case ReadIndexReply m -> onReadIndexReply(m);
        }
    }

    /// This node, following the leader of its term.
    private Follower followerOf(int leader) {
        if (state.role() instanceof Candidate) {
            state.probe.reached(Sometimes.CANDIDATE_FOLLOWED);
            state.becomeFollower(state.term(), leader);
        }
        state.leaderHeardMicros = state.now;
        state.drawElectionDeadline();
        return (Follower) state.role();
    }

    private void onAccepted(Sender from, AppendAccepted message) {
        if (state.role() instanceof Leader leader) {
            replication.onAccepted(leader, from, message);
            tenure.goOnWithTransfer(leader);
        }
    }

    private void onRejected(Sender from, AppendRejected message) {
        if (state.role() instanceof Leader leader) {
            replication.onRejected(leader, from, message);
        }
    }

    private void onInstallSnapshotReply(Sender from, InstallSnapshotReply message) {
        if (state.role() instanceof Leader leader
                && !replication.isForeign(leader, message.lastIndex(), message.round())) {
            replication.heard(leader, from, message.round());
            if (message.installed()) {
                replication.onSnapshotInstalled(leader, from.id(), message.lastIndex(), message.round());
            }
            leader.reads().confirm(state, leader);
        }
    }

    private void onTimeoutNow() {
        if (state.role() instanceof Follower && state.isBound()) {
            election.campaign(true);
        }
    }

    private void onReadIndexRequest(int from, ReadIndexRequest message) {
        if (state.role() instanceof Leader leader) {
            leader.reads().ask(state, leader, from, message.id());
        } else {
            state.probe.reached(Sometimes.READ_ASKED_OF_NO_LEADER);
            state.send(from, new ReadIndexReply(state.term(), message.id(), ReadIndexReply.REFUSED));
        }
    }

    private void onReadIndexReply(ReadIndexReply message) {
        ReadBarrier.tell(state, message.id(), message.index());
    }
}
