package holdfast.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.sim.history.Call;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a fork must hold, and the streams that are deleted.
class ForksTest {

    private static final Bytes A = Wording.record("1-1");
    private static final Bytes B = Wording.record("1-2");
    private static final Bytes OWN = Wording.record("fork-1");

    @Test
    @DisplayName("a fork has what it inherited, then its own record, and nothing else")
    void contents() {
        assertEquals("", Forks.difference(List.of(A, B, OWN), List.of(A, B), List.of(OWN), true));
        assertEquals("", Forks.difference(List.of(A, B, OWN), List.of(A, B), List.of(OWN), false));
        assertEquals("", Forks.difference(List.of(A, B), List.of(A, B), List.of(OWN), false));
        assertEquals(
                "has 1 records, and inherited 2", Forks.difference(List.of(A), List.of(A, B), List.of(OWN), false));
        assertEquals(
                "shows \"1-1\" at offset 1, where its source has \"1-2\"",
                Forks.difference(List.of(A, A, OWN), List.of(A, B), List.of(OWN), true));
        assertEquals(
                "has 0 records of its own, which are not the one that was appended",
                Forks.difference(List.of(A, B), List.of(A, B), List.of(OWN), true));
        assertEquals(
                "has 2 records of its own, which are not the one that was appended",
                Forks.difference(List.of(A, OWN, OWN), List.of(A), List.of(OWN), true));
    }

    @Test
    @DisplayName("each stream aside gets a few calls of all kinds, and then the next one begins")
    void aside() {
        Aside aside = new Aside();
        SplittableRandom random = new SplittableRandom(1);
        Set<String> kinds = new TreeSet<>();
        assertEquals(0, aside.streams());
        String last = "";
        int calls = 0;
        while (aside.streams() < 20) {
            Call call = aside.next(Wording.record("1-" + ++calls), random);
            kinds.add(call.getClass().getSimpleName());
            last = call.stream();
        }
        assertEquals(Set.of("Append", "Create", "Delete", "Read", "Tail"), kinds);
        assertEquals(Aside.name(aside.streams()), last);
        assertTrue(calls > 20 * 20, calls + " calls");
    }
}
