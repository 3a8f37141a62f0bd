package holdfast.raft;

import holdfast.Sometimes;
import holdfast.raft.Message.TimeoutNow;

/// How leading goes on and how it ends without a higher term: no majority answers, the own disk hangs, or leadership
/// is handed over.
final class Tenure {

    /// So many election timeouts may pass without progress before the disk counts as hung.
    private static final int STALL_TIMEOUTS = 2;

    /// And the time that a write itself takes: a disk that takes in 8 MB/s does not hang. Three nodes that share one disk and
    /// prepare a segment for each large record are as slow as that.
    private static final int DISK_BYTES_PER_MICRO = 8;

    private final State state;

    Tenure(State state) {
        this.state = state;
    }

    long nextDeadline(Leader leader) {
        long heartbeat = leader.broadcastMicros() + state.config.heartbeatMicros();
        long broadcast = Math.min(heartbeat, leader.commitDeadline());
        long handover = Math.min(leader.transferDeadline(), leader.reads().nextDeadline());
        return Math.min(Math.min(broadcast, handover), Math.min(quorumDeadline(leader), stallDeadline()));
    }

    void onTime(Leader leader) {
        if (state.now >= quorumDeadline(leader)) {
            state.probe.reached(Sometimes.LEADER_LOST_QUORUM);
            stepDown(leader);
            return;
        }
        if (state.now >= stallDeadline()) {
            state.probe.reached(Sometimes.LEADER_DISK_STALLED);
            stepDown(leader);
            return;
        }
        if (state.now >= leader.transferDeadline()) {
            state.probe.reached(Sometimes.TRANSFER_TIMED_OUT);
            leader.endTransfer();
        }
        leader.reads().expire(state);
        boolean isHeartbeatDue = state.now - leader.broadcastMicros() >= state.config.heartbeatMicros();
        if (isHeartbeatDue || state.now >= leader.commitDeadline()) {
            if (!isHeartbeatDue) {
                state.probe.reached(Sometimes.COMMIT_TOLD_BY_A_ROUND);
            }
            leader.broadcastSoon();
        }
    }

    /// CheckQuorum: a leader that no majority has answered within an election timeout may have been replaced
    /// without knowing it; clients must not go on trusting it (thesis §6.2). Only answers move this deadline. Reads and
    /// commits move the next heartbeat, and may do so for ever.
    private long quorumDeadline(Leader leader) {
        long heard = state.membership().reachedByQuorum(
                voter -> voter == state.config.self() ? state.now : leader.follower(voter).heardMicros());
        return heard + state.config.electionTimeoutMicros();
    }

    /// A leader must prove itself by disk progress too: heartbeats alone would keep a hung disk in office.
    private long stallDeadline() {
        long stuck = state.durability.stuckSinceMicros();
        if (stuck == Long.MAX_VALUE) {
            return stuck;
        }
        return stuck + STALL_TIMEOUTS * state.config.electionTimeoutMicros()
                + state.durability.oldestBytes() / DISK_BYTES_PER_MICRO;
    }

    private void stepDown(Leader leader) {
        leader.reads().refuseAll(state);
        state.becomeFollower(state.term(), Follower.UNKNOWN);
    }

    // ---- handing over --------------------------------------------------------------------------------------

    /// Thesis §3.10: stop accepting, bring the target up to date, tell it to start an election at once. Given up
    /// after an election timeout.
    boolean startTransfer(Leader leader, int target) {
        if (!leader.followers().containsKey(target)) {
            return false;
        }
        leader.startTransfer(target, state.now + state.config.electionTimeoutMicros());
        goOnWithTransfer(leader);
        return true;
    }

    /// The target may be told as soon as it has everything.
    void goOnWithTransfer(Leader leader) {
        if (leader.isTransferring()
                && leader.follower(leader.transferTarget()).matchIndex() == state.log.lastIndex()
                && leader.claimTimeoutNow()) {
            state.probe.reached(Sometimes.LEADERSHIP_TRANSFERRED);
            state.send(leader.transferTarget(), new TimeoutNow(state.term()));
        }
    }
}
