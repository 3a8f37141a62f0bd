package holdfast.sim.check;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Digest;
import holdfast.raft.Sender;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeardLivesTest {

    private static final Digest LOST = new Digest(1, 1);
    private static final Digest FRESH = new Digest(1, 2);

    private final HeardLives lives = new HeardLives();

    private boolean isLatest(int node, Digest disk, long life) {
        return lives.isLatest(new Sender(node, disk, 0, life));
    }

    @Test
    @DisplayName("an earlier life of a disk is told, also when the disk before it was heard in between (seed 9580)")
    void lateWords() {
        assertTrue(isLatest(1, LOST, 9));
        assertTrue(isLatest(1, FRESH, 2));
        assertTrue(isLatest(1, FRESH, 5));
        assertTrue(isLatest(1, LOST, 9));
        assertFalse(isLatest(1, FRESH, 2));
        assertFalse(isLatest(1, LOST, 8));
        assertTrue(isLatest(1, FRESH, 5));
    }

    @Test
    @DisplayName("each node has a disk of its own, and a process that has ended knows nothing")
    void ownDisks() {
        assertTrue(isLatest(1, LOST, 9));
        assertTrue(isLatest(2, LOST, 1));
        lives.forget();
        assertTrue(isLatest(1, LOST, 1));
    }
}
