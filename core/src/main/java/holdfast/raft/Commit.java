package holdfast.raft;

import holdfast.Sometimes;

/// The commit rules, both sides (Raft §5.3, §5.4.2). An entry is committed when a majority of voters has it on
/// stable storage and it, or an entry after it, is of the leader's own term.
final class Commit {

    /// How long a commit waits for entries or a heartbeat that take it along. Who writes one append after the other sends the
    /// next one within that, and no round is needed for a commit.
    private static final long TOLD_MICROS_MAX = 1_000;

    private final State state;

    Commit(State state) {
        this.state = state;
    }

    /// Called whenever a match index or the own durable index rose.
    void advance(Leader leader) {
        long candidate = majorityIndex(leader);
        if (candidate <= state.commitIndex) {
            return;
        }
        // Raft §5.4.2 and Figure 8: an entry of an older term may be on a majority and still be overwritten.
        if (state.log.termAt(candidate) != state.term()) {
            state.probe.reached(Sometimes.PREVIOUS_TERM_ENTRY_HELD_BACK);
            return;
        }
        if (candidate > state.durability.durableIndex()) {
            state.probe.reached(Sometimes.COMMITTED_BEFORE_OWN_SYNC);
        }
        if (state.log.termAt(state.commitIndex + 1) != state.term()) {
            state.probe.reached(Sometimes.OLDER_ENTRIES_COMMITTED);
        }
        leader.committed(state.log.bytesBetween(state.commitIndex, candidate));
        state.commitIndex = candidate;
        leader.tellCommitBy(state.now + TOLD_MICROS_MAX);
    }

    /// A follower learns the leader's commit index. It vouches only for entries that it knows to be the
    /// leader's: its own log may be longer and different beyond `matchedIndex`.
    void follow(long leaderCommit, long matchedIndex) {
        state.commitIndex = Math.max(state.commitIndex, Math.min(leaderCommit, matchedIndex));
    }

    /// The highest index that a majority of voters has durable. The leader's own disk is one vote like any
    /// other, and may be the last to say yes.
    private long majorityIndex(Leader leader) {
        Membership membership = state.membership();
        return membership.reachedByQuorum(voter -> {
            long durable = voter == state.config.self()
                    ? state.durability.durableIndex()
                    : leader.follower(voter).matchIndex();
            return durable >= membership.member(voter).since() ? durable : 0;
        });
    }
}
