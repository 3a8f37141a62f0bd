package holdfast.sim.work;

import holdfast.node.ClientReply;

/// Who leads, as far as somebody outside of the cluster can tell from what it is answered.
final class LeaderGuess {

    private static final int IGNORANT_MAX = 3;

    private int leader;
    /// Answers in a row that knew no leader.
    private int ignorant;

    /// 0 if nobody is taken for the leader.
    int leader() {
        return leader;
    }

    /// A node that says again and again that it does not lead, and does not know who does, is none to go on asking.
    void heard(ClientReply reply) {
        int hint = Requests.leaderHint(reply);
        boolean isDeposed = hint == 0
                && reply instanceof ClientReply.NotWritten refused && refused.cause() == ClientReply.Cause.NOT_LEADER;
        ignorant = isDeposed ? ignorant + 1 : 0;
        if (hint != 0 || ignorant > IGNORANT_MAX) {
            leader = hint;
        }
    }

    /// Whoever was asked does not answer.
    void heardNothing() {
        leader = 0;
    }
}
