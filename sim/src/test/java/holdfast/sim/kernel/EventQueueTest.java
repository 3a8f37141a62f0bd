package holdfast.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    /// A task and when it was due.
    private record Due(int number, long time) {}

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    @Label("tasks run in the order of time, and of asking where times are equal")
    void order(@ForAll @Size(max = 3000) List<@IntRange(max = 50) Integer> delays) {
        EventQueue queue = new EventQueue();
        List<Due> expected = new ArrayList<>();
        List<Due> ran = new ArrayList<>();
        for (int delay : delays) {
            Due due = new Due(expected.size(), delay);
            expected.add(due);
            queue.after(delay, () -> ran.add(new Due(due.number(), queue.now())));
        }
        expected.sort(Comparator.comparingLong(Due::time));
        assertEquals(delays.size(), queue.size());
        while (queue.runNext()) {
            assertTrue(queue.nextTime() >= queue.now());
        }
        assertEquals(expected, ran);
    }

    @Test
    @DisplayName("a task may ask for others, also for one at this very moment, which comes last")
    void nested() {
        EventQueue queue = new EventQueue();
        List<String> ran = new ArrayList<>();
        queue.at(5, () -> {
            ran.add("first");
            queue.at(5, () -> ran.add("asked for by the first"));
        });
        queue.at(5, () -> ran.add("second"));
        while (queue.runNext()) {
            assertEquals(5, queue.now());
        }
        assertEquals(List.of("first", "second", "asked for by the first"), ran);
    }

    @Test
    @DisplayName("nothing happens in the past, and an empty queue leaves time alone")
    void bounds() {
        EventQueue queue = new EventQueue();
        assertFalse(queue.runNext());
        assertEquals(Long.MAX_VALUE, queue.nextTime());
        queue.at(7, () -> {});
        assertEquals(7, queue.nextTime());
        queue.runNext();
        assertEquals(7, queue.now());
        assertThrows(Check.InvariantBroken.class, () -> queue.at(6, () -> {}));
    }
}
