package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;

import holdfast.raft.Message;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CountedVotesTest {

    private final CountedVotes oracle = new CountedVotes(LoneNode.NODES);
    private final LoneNode node = new LoneNode(1);

    @Test
    @DisplayName("who has the pre-votes of a majority campaigns; a grant for another term obliges to nothing")
    void preVotes() {
        oracle.sent(1, 2, new Message.PreVoteRequest(1, 0, 0), node.replica());
        oracle.taking(1, 2, new Message.PreVoteReply(0, 2, true), node.replica().raft());
        oracle.taking(1, 2, new Message.PreVoteReply(0, 1, false), node.replica().raft());
        oracle.afterTurn(1, node.replica());
        oracle.taking(1, 2, new Message.PreVoteReply(0, 1, true), node.replica().raft());
        objects("counted-votes", "has taken the pre-votes of [2] for term 1", () -> oracle.afterTurn(1, node.replica()));
    }

    @Test
    @DisplayName("a process that has ended asks no longer")
    void ended() {
        oracle.sent(1, 2, new Message.PreVoteRequest(1, 0, 0), node.replica());
        oracle.taking(1, 2, new Message.PreVoteReply(0, 1, true), node.replica().raft());
        oracle.processEnded(1);
        oracle.afterTurn(1, node.replica());
    }

    @Test
    @DisplayName("a vote that the disk has is told")
    void votes() {
        oracle.afterTurn(1, node.replica());
        node.hearsAtOnce(2, new Message.VoteRequest(1, 9, 0, false));
        oracle.afterTurn(1, node.replica());
        while (node.diskWorks()) {
            if (!node.replica().raft().isHardStateDurable()) {
                oracle.afterTurn(1, node.replica());
            }
        }
        objects("counted-votes", "has its vote for 2 in term 1", () -> oracle.afterTurn(1, node.replica()));
        oracle.sent(1, 3, new Message.VoteReply(1, true), node.replica());
        objects("counted-votes", "does not tell it", () -> oracle.afterTurn(1, node.replica()));
        oracle.sent(1, 2, new Message.VoteReply(1, true), node.replica());
        oracle.afterTurn(1, node.replica());
    }
}
