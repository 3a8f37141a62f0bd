package holdfast.node;

import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.raft.Raft;
import holdfast.wal.Wal;

/// What a leader does whose own disk is full: it refuses what would have to wait until somebody makes room, and hands
/// leadership to a voter that may have some. If no voter has room, leadership goes round at a bounded rate.
final class FullDisk {

    /// Election timeouts between two attempts to hand over.
    private static final int PAUSE_TIMEOUTS = 8;

    private final NodeConfig config;
    private final Raft raft;
    private final Wal wal;
    private final Probe probe;
    private boolean hasRefused;
    private long nextHandover;

    FullDisk(NodeConfig config, Raft raft, Wal wal, Probe probe) {
        this.config = config;
        this.raft = raft;
        this.wal = wal;
        this.probe = probe;
    }

    /// Whether a payload of that size is refused.
    boolean refuses(int payloadBytes) {
        if (!wal.lacksRoomFor(payloadBytes)) {
            return false;
        }
        probe.reached(Sometimes.APPEND_LACKED_ROOM);
        hasRefused = true;
        return true;
    }

    /// Hands over after a refusal.
    void handOverIfDue(long now) {
        if (!hasRefused || now < nextHandover) {
            return;
        }
        hasRefused = false;
        int target = raft.isLeader() ? mostAdvanced() : 0;
        if (target != 0) {
            nextHandover = now + PAUSE_TIMEOUTS * config.raft().electionTimeoutMicros();
            probe.reached(Sometimes.FULL_DISK_HANDED_OVER);
            raft.transferTo(now, target);
        }
    }

    /// Of the others the one that has most of the log; among equals the next one by id, so that leadership goes round.
    /// 0 if this voter is alone.
    private int mostAdvanced() {
        int self = config.raft().self();
        int best = 0;
        for (int voter : raft.membership().voters()) {
            boolean isBetter = voter != self && (best == 0 || raft.matchIndex(voter) > raft.matchIndex(best)
                    || raft.matchIndex(voter) == raft.matchIndex(best) && best < self && voter > self);
            best = isBetter ? voter : best;
        }
        return best;
    }
}
