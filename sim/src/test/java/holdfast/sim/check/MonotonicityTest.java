package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.raft.Message;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A node is shown to the oracle in one state and then in another that it could not have come to: the state of a node
/// with another past.
class MonotonicityTest {

    private static final String NAME = "monotonicity";

    private final Monotonicity oracle = new Monotonicity(LoneNode.NODES);
    private final LoneNode before = new LoneNode(1);
    private final LoneNode after = new LoneNode(1);
    private final Entries log = new Entries(before.last()).create(4).append(4, 'a', 10).append(4, 'b', 10);

    private void show(LoneNode node) {
        oracle.afterTurn(1, node.replica());
    }

    @Test
    @DisplayName("is silent as long as a node lives its own life")
    void silent() {
        show(before);
        show(before.follows(2, log, 2));
        show(before.follows(2, log, 4));
        show(before.leads(7));
        show(before.hears(2, new Message.AppendAccepted(7, 5, 5, 1)));
        show(before.hears(3, new Message.AppendEntries(8, log.last(), new java.util.ArrayList<>(), 4, 1)));
        assertEquals(8, before.replica().raft().term());
    }

    @Test
    @DisplayName("objects to a term that falls")
    void term() {
        show(before.leads(4));
        after.leads(3);
        objects(NAME, "node 1: the term fell from 4 to 3", () -> show(after));
    }

    @Test
    @DisplayName("objects to a commit index that falls")
    void commitIndex() {
        show(before.follows(2, log, 4));
        after.follows(2, log, 3);
        objects(NAME, "the commit index fell from 4 to 3", () -> show(after));
    }

    @Test
    @DisplayName("objects to a leader whose log becomes shorter")
    void lastIndex() {
        show(before.follows(2, log, 0).leads(7));
        after.leads(7);
        objects(NAME, "the leader's last index fell from 5 to 2", () -> show(after));
    }

    @Test
    @DisplayName("objects to a leader that forgets what a follower has")
    void matchIndex() {
        before.follows(2, log, 0).leads(7);
        show(before.hears(3, new Message.AppendAccepted(7, 3, 3, 1)));
        after.follows(2, log, 0).leads(7);
        objects(NAME, "the match index of node 3 fell from 3 to 0", () -> show(after));
    }

    @Test
    @DisplayName("a leader of another term begins to count anew")
    void otherTerm() {
        before.follows(2, log, 0).leads(7);
        show(before.hears(3, new Message.AppendAccepted(7, 3, 3, 1)));
        show(after.leads(8));
        assertTrue(after.last().index() < before.last().index());
    }

    @Test
    @DisplayName("objects to a leader that commits by an entry of an older term (Raft §5.4.2)")
    void olderTerm() {
        show(before.follows(2, log, 0).leads(7));
        after.follows(2, log, 3).leads(7);
        objects("commit-own-term", "node 1 leading term 7 committed index 3 by an entry of term 4", () -> show(after));
    }

    @Test
    @DisplayName("a new process may begin with less")
    void restart() {
        show(before.follows(2, log, 4));
        oracle.processEnded(1);
        before.crash();
        before.boot();
        show(before);
        assertEquals(0, before.replica().raft().commitIndex());
    }

    @Test
    @DisplayName("each node is compared with itself only")
    void perNode() {
        show(before.follows(2, log, 4));
        oracle.afterTurn(2, after.replica());
        assertEquals(0, after.replica().raft().commitIndex());
    }
}
