package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.fault.Unreachable;
import holdfast.sim.plan.FaultSelection;
import holdfast.sim.plan.FaultWord;
import holdfast.sim.run.FaultMatrix;
import holdfast.sim.run.Verdict;
import holdfast.sim.world.Doing;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MatrixTableTest {

    private static final int COLUMNS = 80;

    /// So many strikes in each cell that can be struck.
    private static Tally tally(int universes, int strikes) {
        FaultMatrix matrix = new FaultMatrix();
        for (FaultWord fault : FaultWord.values()) {
            for (Doing doing : Doing.values()) {
                for (int i = 0; i < strikes && Unreachable.because(fault, doing).isEmpty(); i++) {
                    matrix.struck(fault, doing);
                }
            }
        }
        Tally tally = new Tally();
        for (int seed = 1; seed <= universes; seed++) {
            tally.add(new Verdict(seed, "", "", 1, 1, 1, List.of(), matrix, 0, 0, 0), "");
        }
        return tally;
    }

    @Test
    @DisplayName("the table fits into 80 columns, and each cell stands below its head, whatever the counts are")
    void width() {
        for (Tally tally : List.of(tally(1, 0), tally(1, 9_999), tally(1_000, 999), tally(2_000, 1_000))) {
            List<String> lines = new MatrixTable(tally, FaultSelection.ALL).lines();
            assertEquals(FaultWord.values().length + 2, lines.size());
            for (String line : lines.subList(0, lines.size() - 1)) {
                assertTrue(line.length() <= COLUMNS, line);
                assertEquals(lines.getFirst().length(), line.length(), line);
            }
        }
    }

    @Test
    @DisplayName("counts are abbreviated; a cell that was not filled and one that cannot be are marked apart")
    void marks() {
        assertEquals("crash             -    .    .    .    .    .    .    .    .    .    .    .",
                new MatrixTable(tally(1, 0), FaultSelection.ALL).lines().get(1));
        assertEquals("crash             -    7    7    7    7    7    7    7    7    7    7    7",
                new MatrixTable(tally(1, 7), FaultSelection.ALL).lines().get(1));
        assertTrue(new MatrixTable(tally(12, 1_000), FaultSelection.ALL).lines().get(1).endsWith("  12k"));
        assertTrue(new MatrixTable(tally(2_000, 1_000), FaultSelection.ALL).lines().get(1).endsWith("   2M"));
    }

    @Test
    @DisplayName("the last line says how many of the reachable cells are filled")
    void filled() {
        MatrixTable none = new MatrixTable(tally(1, 0), FaultSelection.ALL);
        assertTrue(none.lines().getLast().matches("fault x state: 0 of \\d+ reachable cells filled"));
        assertFalse(none.isFilled());
        assertTrue(new MatrixTable(tally(1, 1), FaultSelection.ALL).isFilled());
    }

    @Test
    @DisplayName("a campaign with some faults has their rows only, and one without faults has no table")
    void rows() {
        List<String> lines = new MatrixTable(tally(1, 1), FaultSelection.parse("crash,media")).lines();
        assertEquals(List.of("crash", "crash-at", "rot"),
                lines.subList(1, lines.size() - 1).stream().map(line -> line.substring(0, line.indexOf(' '))).toList());
        assertEquals(List.of(), new MatrixTable(tally(1, 1), FaultSelection.NONE).lines());
    }
}
