package holdfast.sim.check.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.kernel.Entropy;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MachineDrillTest {

    private static final int DRILLS = 100;

    @Test
    @DisplayName("the machine and its reference do the same, and every outcome there is was among it")
    void same() {
        TreeMap<String, Integer> seen = new TreeMap<>();
        for (int seed = 0; seed < DRILLS; seed++) {
            new MachineDrill(new Entropy(seed)).run().forEach((outcome, count) -> seen.merge(outcome, count, Integer::sum));
        }
        List<String> expected = List.of(
                "AlreadyExists", "Appended", "Closed", "Created", "Deleted", "DuplicateForgotten", "Fenced", "ForkRefused",
                "Gone", "NoSuchStream", "ProducerForgotten", "RequestForgotten", "SequenceBehind", "SequenceGap", "StreamClosed",
                "TooManyProducers", "Touched", "WrongContentType", "WrongTail");
        assertEquals(expected, List.copyOf(seen.keySet()));
        assertTrue(seen.values().stream().allMatch(count -> count >= DRILLS), seen::toString);
    }

    @Test
    @DisplayName("the producers that are meant to share a group do")
    void group() {
        List<Integer> groups = DrillCommands.PRODUCERS.stream().map(ReferenceProducers::groupOf).toList();
        assertEquals(1, groups.subList(0, groups.size() - 1).stream().distinct().count());
        assertNotEquals(groups.getFirst(), groups.getLast());
    }
}
