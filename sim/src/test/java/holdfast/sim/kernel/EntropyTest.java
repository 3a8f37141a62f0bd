package holdfast.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Check;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntropyTest {

    private static final int DRAWS = 20_000;
    private static final int MILLION = 1_000_000;

    private final Entropy entropy = new Entropy(42);

    @Test
    @DisplayName("a draw depends on its key and on nothing that was drawn before")
    void keyed() {
        long alone = new Entropy(42).bits(Purpose.PLAN, 3, 17);
        for (int i = 0; i < 100; i++) {
            entropy.bits(Purpose.NETWORK_DELAY, i, i);
        }
        assertEquals(alone, entropy.bits(Purpose.PLAN, 3, 17));
    }

    @Test
    @DisplayName("each part of the key matters: seed, purpose, entity, ordinal")
    void everyPartMatters() {
        TreeSet<Long> seen = new TreeSet<>();
        int drawn = 0;
        for (long seed : new long[] {0, 1, -1, Long.MAX_VALUE}) {
            for (Purpose purpose : Purpose.values()) {
                for (long entity = 0; entity < 12; entity++) {
                    for (long ordinal = -1; ordinal < 12; ordinal++) {
                        seen.add(new Entropy(seed).bits(purpose, entity, ordinal));
                        drawn++;
                    }
                }
            }
        }
        assertEquals(drawn, seen.size(), "no two keys share their 64 bits");
    }

    @Test
    @DisplayName("no purpose shares its key with another")
    void purposes() {
        TreeSet<Integer> keys = new TreeSet<>();
        for (Purpose purpose : Purpose.values()) {
            assertTrue(keys.add(purpose.key()), purpose.name());
        }
    }

    @Test
    @DisplayName("the draws of a seed are for ever: seeds in reports name the same universes tomorrow")
    void pinned() {
        assertEquals("a241e65f9a667b34", Long.toHexString(new Entropy(0).bits(Purpose.PLAN, 0, 0)));
        assertEquals("3ad02fef0ff1aca5", Long.toHexString(new Entropy(42).bits(Purpose.NETWORK_DELAY, 66, 1_000)));
    }

    @Property(tries = 300)
    @Label("between holds its bounds")
    void between(@ForAll long seed, @ForAll @LongRange(min = -1_000, max = 1_000) long low,
            @ForAll @LongRange(min = 0, max = 1L << 40) long width) {
        long drawn = new Entropy(seed).between(Purpose.PLAN, 0, 0, low, low + width);
        assertTrue(drawn >= low && drawn <= low + width, () -> drawn + " outside");
    }

    @Test
    @DisplayName("every value of a small range is drawn about as often as every other")
    void uniform() {
        int[] counts = new int[8];
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) entropy.below(Purpose.PLAN, 0, i, counts.length)]++;
        }
        for (int count : counts) {
            assertEquals(DRAWS / counts.length, count, DRAWS / counts.length / 10.0);
        }
        assertThrows(Check.InvariantBroken.class, () -> entropy.below(Purpose.PLAN, 0, 0, 0));
    }

    @Test
    @DisplayName("a chance is as often true as it says")
    void chance() {
        int hits = 0;
        for (int i = 0; i < DRAWS; i++) {
            hits += entropy.chance(Purpose.PLAN, 1, i, MILLION / 4) ? 1 : 0;
            assertFalse(entropy.chance(Purpose.PLAN, 1, i, 0));
            assertTrue(entropy.chance(Purpose.PLAN, 1, i, MILLION));
        }
        assertEquals(DRAWS / 4, hits, DRAWS / 40.0);
    }

    @Test
    @DisplayName("a skewed delay is near the typical one, and sometimes sixteen times as long")
    void skewed() {
        long typical = 1_000;
        int near = 0;
        long most = 0;
        for (int i = 0; i < DRAWS; i++) {
            long drawn = entropy.skewed(Purpose.NETWORK_DELAY, 0, i, typical);
            assertTrue(drawn >= typical / 2 && drawn <= 16 * typical, () -> drawn + " outside");
            near += drawn <= 2 * typical ? 1 : 0;
            most = Math.max(most, drawn);
        }
        assertTrue(near > DRAWS / 2 && most > 12 * typical, near + " near, at most " + most);
        assertNotEquals(0, entropy.skewed(Purpose.NETWORK_DELAY, 0, 0, 1));
    }
}
