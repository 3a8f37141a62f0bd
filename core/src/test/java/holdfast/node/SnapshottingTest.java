package holdfast.node;

import static holdfast.node.NodeBench.append;
import static holdfast.node.NodeBench.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import holdfast.raft.Raft;
import holdfast.stream.Command;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a node holds in memory, whatever is appended.
class SnapshottingTest {

    private static final int TRAILING = 1_000;
    private static final int LARGE_BYTES = 900;

    private final NodeBench node = new NodeBench(1, TRAILING).works();

    private void follow(Command command) {
        LogPosition last = node.last();
        LogEntry entry = entry(last, 1, command);
        node.follows(2, 1, last, entry.index(), entry).works();
    }

    @Test
    @DisplayName("a few entries that are large are forgotten like many that are small")
    void large() {
        follow(new Command.Create("s"));
        long most = 0;
        for (int i = 0; i < 60; i++) {
            follow(append("x".repeat(LARGE_BYTES)));
            most = Math.max(most, node.replica().raft().logBytes());
        }
        Raft raft = node.replica().raft();
        assertTrue(most < NodeBench.SNAPSHOT_EVERY_BYTES + 2 * LARGE_BYTES, "held " + most);
        assertTrue(raft.base().index() > 50, "behind the last snapshot " + raft.base());
        assertTrue(raft.logBytes() > LARGE_BYTES, "something is kept for those who are a little late");
        assertEquals(62, raft.last().index());
    }

    @Test
    @DisplayName("as long as they are few, small entries bring about no snapshot")
    void small() {
        follow(new Command.Create("s"));
        assertNull(node.replica().snapshots().latest());
        assertEquals(0, node.replica().raft().base().index());
        for (int i = 0; i < 8; i++) {
            follow(append("y".repeat(LARGE_BYTES)));
        }
        assertNotNull(node.replica().snapshots().latest());
    }
}
