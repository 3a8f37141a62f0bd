package holdfast.sim.check;

import holdfast.node.Replica;
import java.util.Arrays;

/// A leader that no majority has reached for a while must not go on leading (CheckQuorum, thesis §6.2): its
/// clients would wait for ever, and with links that work in one direction only its heartbeats would keep the
/// others from electing a better one.
///
/// Generous on purpose: any packet counts as contact, and the bound is three election timeouts.
public final class LeaderContact implements NodeOracle {

    private static final int TIMEOUTS_ALLOWED = 3;

    private final long[][] heard;
    /// Since when each has led with as many voters as it needs now: while a store is forming, a founder needs none but itself.
    private final long[] leaderSince;
    private final int[] needed;
    private final long boundMicros;
    /// Until when each process last stood still: what waited in its inbox meanwhile looks fresh to it afterwards.
    private final long[] stoodUntil;
    private long now;

    public LeaderContact(int nodes, long electionTimeoutMicros) {
        heard = new long[nodes + 1][nodes + 1];
        leaderSince = new long[nodes + 1];
        needed = new int[nodes + 1];
        stoodUntil = new long[nodes + 1];
        Arrays.fill(leaderSince, -1);
        boundMicros = TIMEOUTS_ALLOWED * electionTimeoutMicros;
    }

    public void timeIs(long micros) {
        now = micros;
    }

    /// The process of `node` stands, or stood, still until this time.
    public void standsStill(int node, long untilMicros) {
        stoodUntil[node] = Math.max(stoodUntil[node], untilMicros);
    }

    /// A packet from `from` reached the machine of `node`, whose process can take it at `takenMicros` at the earliest.
    public void delivered(int node, int from, long takenMicros) {
        heard[node][from] = Math.max(heard[node][from], takenMicros);
    }

    @Override
    public void afterTurn(int node, Replica replica) {
        if (!replica.raft().isLeader()) {
            leaderSince[node] = -1;
            return;
        }
        int quorum = replica.raft().membership().quorum();
        if (leaderSince[node] < 0 || quorum != needed[node]) {
            leaderSince[node] = now;
            needed[node] = quorum;
        }
        long contact = replica.raft().membership().reachedByQuorum(
                peer -> peer == node ? now : lastContact(node, peer));
        if (now - contact >= boundMicros) {
            throw new Violation("leader-contact", "node " + node + " still leads term " + replica.raft().term()
                    + " although no majority has reached it for " + boundMicros + " us");
        }
    }

    private long lastContact(int node, int peer) {
        return Math.max(Math.max(heard[node][peer], leaderSince[node]), stoodUntil[node]);
    }

    @Override
    public void processEnded(int node) {
        leaderSince[node] = -1;
    }
}
