package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.raft.Message;
import holdfast.sim.world.Onlooker;
import holdfast.sim.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A node makes a promise and comes back with its own disk, or with the disk of somebody who never made it.
class KeptPromisesTest {

    private static final String NAME = "kept-promises";

    private final World world = new Onlooker(Onlooker.plan(3)).world();
    private final KeptPromises oracle = new KeptPromises(world);
    private final LoneNode node = new LoneNode(1);
    private final LoneNode stranger = new LoneNode(1);
    private final Entries log = new Entries(node.last()).create(4).append(4, 'a', 10);

    @BeforeEach
    void runs() {
        oracle.afterTurn(1, node.replica());
    }

    private void says(int to, Message message) {
        oracle.sent(1, to, message, node.replica());
        oracle.afterTurn(1, node.replica());
    }

    private void comesBackAs(LoneNode other) {
        oracle.processEnded(1);
        if (other == node) {
            node.crash();
            node.boot();
        }
        oracle.afterTurn(1, other.replica());
    }

    @Test
    @DisplayName("is silent about a node that comes back with all it has promised")
    void kept() {
        node.follows(2, log, 0);
        says(2, new Message.AppendAccepted(4, 3, 3, 1));
        says(2, new Message.VoteReply(4, false));
        comesBackAs(node);
        assertEquals(3, node.last().index());
    }

    @Test
    @DisplayName("objects to a log without an acknowledged entry")
    void forgottenEntry() {
        node.follows(2, log, 0);
        says(2, new Message.AppendAccepted(4, 3, 3, 1));
        stranger.follows(2, 4, log.first(), 0, log.get(2));
        objects(NAME, "came back with its log at index 2 of term 4 after it had acknowledged index 3",
                () -> comesBackAs(stranger));
    }

    @Test
    @DisplayName("objects to another entry in its place")
    void otherEntry() {
        node.follows(2, log, 0);
        says(2, new Message.AppendAccepted(4, 3, 3, 1));
        stranger.follows(2, new Entries(log.first()).create(4).append(4, 'b', 10), 0);
        objects(NAME, "after it had acknowledged index 3 of term 4", () -> comesBackAs(stranger));
    }

    @Test
    @DisplayName("a leader promises what is durable on its own disk")
    void leader() {
        oracle.afterTurn(1, node.follows(2, log, 0).leads(6).replica());
        objects(NAME, "after it had acknowledged index 4 of term 6", () -> comesBackAs(stranger.leads(6)));
    }

    @Test
    @DisplayName("what a newer leader made it drop is no longer promised")
    void dropped() {
        node.follows(2, log, 0);
        says(2, new Message.AppendAccepted(4, 3, 3, 1));
        oracle.afterTurn(1, node.follows(3, 5, log.at(2), 0, new Entries(log.at(2)).noop(5).all()).replica());
        comesBackAs(node);
        assertEquals(5, node.last().term());
    }

    @Test
    @DisplayName("objects to a vote that is forgotten or was changed")
    void vote() {
        node.hears(2, new Message.VoteRequest(4, 9, 3, true));
        says(2, new Message.VoteReply(4, true));
        comesBackAs(node);
        assertEquals(2, node.replica().raft().hardState().votedFor());
        stranger.hears(3, new Message.VoteRequest(4, 9, 3, true));
        objects(NAME, "came back with term 4 and its vote for 3 after it had told its vote for 2",
                () -> comesBackAs(stranger));
    }

    @Test
    @DisplayName("objects to a candidate that forgets that it voted for itself")
    void ownVote() {
        node.leads(4);
        says(2, new Message.VoteRequest(4, 1, 0, false));
        stranger.follows(2, 4, stranger.last(), 0);
        objects(NAME, "and its vote for 0 after it had told its vote for 1", () -> comesBackAs(stranger));
    }

    @Test
    @DisplayName("objects to a term that falls below one that it has spoken in")
    void term() {
        node.follows(2, log, 0);
        says(2, new Message.AppendRejected(4, 1, 0, 0, 1));
        objects(NAME, "came back in term 0 after it had spoken in 4", () -> comesBackAs(stranger));
    }

    @Test
    @DisplayName("a pre-vote names a term and promises nothing")
    void preVote() {
        says(2, new Message.PreVoteRequest(9, 1, 0));
        comesBackAs(stranger);
    }

    @Test
    @DisplayName("a node with a damaged medium may forget, and starts again from what it has")
    void excused() {
        node.follows(2, log, 0);
        says(2, new Message.AppendAccepted(4, 3, 3, 1));
        world.markRotten(1);
        comesBackAs(stranger);
        comesBackAs(stranger);
        assertTrue(stranger.last().index() < node.last().index());
    }
}
