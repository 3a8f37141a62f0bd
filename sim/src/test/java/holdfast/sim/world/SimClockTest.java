package holdfast.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.kernel.EventQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SimClockTest {

    private static final int DRIFT_MAX = 100_000;
    private static final long HOUR = 3_600_000_000L;

    private static void pass(EventQueue queue, long micros) {
        queue.after(micros, () -> {});
        queue.runNext();
    }

    @Property(tries = 500)
    @Label("at the time that it names, a clock shows the reading, and has not long shown it")
    void timeOf(
            @ForAll @IntRange(min = -DRIFT_MAX, max = DRIFT_MAX) int drift,
            @ForAll @LongRange(min = 0, max = HOUR) long now,
            @ForAll @LongRange(min = -1_000, max = HOUR) long ahead) {
        EventQueue queue = new EventQueue();
        SimClock clock = new SimClock(queue, drift);
        pass(queue, now);
        long reading = clock.monotonicMicros() + ahead;
        long time = clock.timeOf(reading);
        assertTrue(time >= queue.now(), "not in the past");
        pass(queue, time - queue.now());
        assertTrue(clock.monotonicMicros() >= reading, () -> clock.monotonicMicros() + " is before " + reading);
        long late = clock.monotonicMicros() - Math.max(reading, reading - ahead);
        assertTrue(late <= 5, () -> "late by " + late);
    }

    @Property(tries = 200)
    @Label("a clock never goes back, however it drifts and jumps")
    void monotonic(@ForAll @IntRange(min = -DRIFT_MAX, max = DRIFT_MAX) int drift, @ForAll long seed) {
        EventQueue queue = new EventQueue();
        SimClock clock = new SimClock(queue, drift);
        long before = clock.monotonicMicros();
        for (int i = 0; i < 100; i++) {
            pass(queue, 1 + Long.remainderUnsigned(seed >>> i % 40, 3_000_000));
            clock.jumpWall(-i * 1_000L);
            assertTrue(clock.monotonicMicros() >= before);
            before = clock.monotonicMicros();
        }
    }

    @Test
    @DisplayName("a clock that runs fast by 100 ppm is 100 us ahead after a second")
    void drift() {
        EventQueue queue = new EventQueue();
        SimClock fast = new SimClock(queue, 100);
        SimClock slow = new SimClock(queue, -100);
        pass(queue, 1_000_000);
        assertEquals(1_000_100, fast.monotonicMicros());
        assertEquals(999_900, slow.monotonicMicros());
    }

    @Test
    @DisplayName("only the wall clock jumps")
    void jump() {
        EventQueue queue = new EventQueue();
        SimClock clock = new SimClock(queue, 0);
        pass(queue, 2_000_000);
        clock.jumpWall(-5_000);
        clock.jumpWall(1_000);
        assertEquals(-2_000, clock.wallMillis());
        assertEquals(2_000_000, clock.monotonicMicros());
    }
}
