package holdfast.sim.check;

import static holdfast.sim.check.Objections.objects;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CompactionTest {

    private static final String SEGMENT = "wal-0000000002.log";
    private static final String UNFINISHED = "snap-1.snap.tmp";

    private final LoneNode node = new LoneNode(1);
    private List<String> files = List.of(SEGMENT);
    private final Compaction oracle = new Compaction(LoneNode.NODES, 1 << 10, _ -> files);

    @Test
    @DisplayName("objects to what a start leaves under construction, and to nothing that is begun later")
    void leftUnderConstruction() {
        oracle.afterTurn(1, node.replica());
        files = List.of(SEGMENT, UNFINISHED);
        oracle.afterTurn(1, node.replica());
        oracle.processEnded(1);
        objects("compaction", "node 1 has started and left " + UNFINISHED + ", which nobody will ever finish",
                () -> oracle.afterTurn(1, node.replica()));
    }

    @Test
    @DisplayName("objects to a segment that is there and not needed")
    void notNeeded() {
        oracle.afterTurn(1, node.replica());
        oracle.mustNotKeep(1, List.of("wal-0000000001.log"));
        objects("compaction", "node 1 keeps " + SEGMENT, () -> oracle.mustNotKeep(1, List.of(SEGMENT)));
    }
}
