package holdfast.sim.check;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Digest;
import holdfast.raft.LogPosition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is believed of a node that cannot know better, and no more than that.
class BeliefTest {

    private final LoneNode node = new LoneNode(1);
    private final LogPosition begin = node.last();
    private final Belief belief = new Belief();

    private boolean covers(LogPosition place) {
        return belief.covers(place.index(), place.chain());
    }

    private void takes() {
        belief.take(node.replica().raft());
    }

    @Test
    @DisplayName("nothing is believed that the node did not hold durable")
    void nothingYet() {
        Entries log = new Entries(begin).create(1).noop(1);
        assertFalse(covers(log.last()));
        node.follows(2, log, 0);
        assertFalse(covers(log.last()));
        takes();
        assertTrue(covers(log.last()) && covers(log.at(log.last().index() - 1)) && covers(begin));
        assertFalse(belief.covers(log.last().index() + 1, log.last().chain()));
    }

    @Test
    @DisplayName("another entry in the place of a believed one is not believed")
    void otherEntry() {
        node.follows(2, new Entries(begin).create(1), 0);
        takes();
        assertFalse(belief.covers(begin.index() + 1, new Digest(1, 2)));
    }

    @Test
    @DisplayName("what the node has dropped for another history is believed no longer")
    void dropped() {
        Entries old = new Entries(begin).create(1).noop(1).noop(1);
        node.follows(2, old, 0);
        takes();
        Entries fresh = new Entries(begin).noop(2);
        node.follows(3, fresh, 0);
        takes();
        assertTrue(covers(fresh.last()));
        for (long index = begin.index() + 1; index <= old.last().index(); index++) {
            assertFalse(covers(old.at(index)));
        }
    }

    @Test
    @DisplayName("what the node has compacted was committed, and is believed")
    void compacted() {
        Entries log = new Entries(begin).create(1).noop(1).noop(1);
        node.follows(2, log, log.last().index());
        node.replica().raft().compactTo(log.last().index() - 1);
        takes();
        assertTrue(covers(log.last()) && covers(log.at(begin.index() + 1)));
    }
}
