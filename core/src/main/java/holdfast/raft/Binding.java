package holdfast.raft;

import holdfast.Digest;
import holdfast.Sometimes;

/// Which disk stands for which voter, decided by the leader through entries of the log.
///
/// - *Binding.* A voter that never had a disk gets the one that the leader hears.
/// - *Replacing.* An operator says that a disk is lost; another one takes its place.
///
/// Why no promise is lost (`docs/decisions/0013-a-voter-is-an-id-and-a-disk.md` has the whole argument):
///
/// - A vote or an acknowledgement counts only from the bound disk ([Membership#counts]).
/// - Binding adds a disk that nobody has counted before, so any two quorums still meet in a disk that remembers.
/// - The leader sends nothing to a replacement before its entry is committed, so that entry is committed by a majority of
///   all voters without the replaced one, and such a majority meets every majority that the lost disk was in.
/// - A replacement counts only once its own log holds that entry, and holding it means that it is committed.
/// - A membership entry leaves the leader only when the leader's own disk has it: a founder that others have heard of the
///   new quorum from never acts alone again.
final class Binding {

    private final State state;

    Binding(State state) {
        this.state = state;
    }

    /// A voter speaks from a disk that it is not bound to. If it has none, that will be its disk.
    void heard(Leader leader, Sender sender) {
        if (!state.membership().member(sender.id()).isBound() && !state.membership().hasDisk(sender.disk())) {
            leader.unbound().put(sender.id(), sender.disk());
        }
    }

    /// End of a turn: binds who was heard. A store that is forming waits until that makes a majority.
    void flush(Leader leader) {
        if (leader.unbound().isEmpty() || !mayChange(leader)) {
            return;
        }
        Membership next = state.membership().bind(leader.unbound());
        if (next.isForming()) {
            return;
        }
        leader.unbound().clear();
        if (!next.equals(state.membership())) {
            change(leader, next);
            state.probe.reached(Sometimes.DISK_BOUND);
        }
    }

    /// One change at a time, and none before an entry of the own term is committed: otherwise two leaders could change one
    /// committed membership into two whose quorums do not meet (Ongaro's correction of July 2015 to thesis §4.1).
    boolean mayChange(Leader leader) {
        return state.commitIndex >= leader.termStartIndex() && state.memberships.latestIndex() <= state.commitIndex;
    }

    /// Whether a voter's disk can be replaced by that one: the voter has a disk, it is not the leader itself, and the other
    /// disk is nobody's.
    boolean isReplaceable(int node, Digest disk) {
        Member member = state.membership().member(node);
        return member != null
                && member.isBound()
                && node != state.config.self()
                && !disk.equals(Digest.ZERO)
                && !state.membership().hasDisk(disk);
    }

    /// Returns the index of the entry.
    long replace(Leader leader, int node, Digest disk) {
        state.probe.reached(Sometimes.DISK_REPLACED);
        return change(leader, state.membership().replace(node, disk, state.log.lastIndex() + 1));
    }

    /// The leader follows each voter's new disk from the beginning.
    private long change(Leader leader, Membership next) {
        Membership before = state.membership();
        long index = leader.append(state, EntryType.CONFIG, next.encode()).index();
        for (Member member : next.members()) {
            if (!member.equals(before.member(member.id()))) {
                leader.restart(member.id(), index, state.config.windowMessages(), state.now);
            }
        }
        return index;
    }
}
