package holdfast.server.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    private static final long[] PERCENTILES = {1, 1_000, 50_000, 90_000, 99_000, 99_900, 99_999, 100_000};

    @Test
    @DisplayName("every percentile is the exact one or at most a 64th above it")
    void percentiles() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 50; round++) {
            LatencyHistogram histogram = new LatencyHistogram();
            long[] values = new long[1 + random.nextInt(2_000)];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextLong(1L << 1 + random.nextInt(42));
                histogram.record(values[i]);
            }
            Arrays.sort(values);
            for (long per100000 : PERCENTILES) {
                int rank = (int) Math.max(1, (values.length * per100000 + 99_999) / 100_000);
                long exact = values[rank - 1];
                long told = histogram.percentile(per100000);
                assertTrue(told >= exact && told <= exact + exact / 64 + 1, told + " for " + exact);
            }
            assertEquals(values[values.length - 1], histogram.max());
        }
    }

    @Test
    @DisplayName("small numbers are exact, merging adds, clearing forgets")
    void small() {
        LatencyHistogram one = new LatencyHistogram();
        LatencyHistogram other = new LatencyHistogram();
        for (int i = 0; i < 64; i++) {
            (i % 2 == 0 ? one : other).record(i);
        }
        one.add(other);

        assertEquals(64, one.count());
        assertEquals(31, one.percentile(50_000));
        assertEquals(63, one.percentile(100_000));
        assertEquals(31.5, one.mean());
        one.clear();
        assertEquals(0, one.count());
        assertEquals(0, one.percentile(50_000));
    }
}
