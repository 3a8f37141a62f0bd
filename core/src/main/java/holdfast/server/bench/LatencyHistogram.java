package holdfast.server.bench;

import java.util.Arrays;

/// Counts durations in buckets whose width is at most a 64th of their value: from a nanosecond to two hours in
/// 2,560 counters, whatever the load. For one thread; [#add] merges those of several.
public final class LatencyHistogram {

    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;
    private static final int MAGNITUDES = 40;

    private final long[] counts = new long[MAGNITUDES * SUB];
    private long count;
    private long max;
    private double sum;

    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        max = Math.max(max, value);
        sum += value;
    }

    public void add(LatencyHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        max = Math.max(max, other.max);
        sum += other.sum;
    }

    public void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        max = 0;
        sum = 0;
    }

    /// Values below 64 have a bucket each; above, the highest bit names the magnitude and the next six the bucket.
    private static int bucket(long value) {
        int magnitude = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(value) + 1);
        int bucket = magnitude == 0 ? (int) value : (magnitude << SUB_BITS) + (int) (value >>> magnitude - 1) - SUB;
        return Math.min(bucket, MAGNITUDES * SUB - 1);
    }

    /// The largest value that falls into a bucket.
    private static long ceiling(int bucket) {
        int magnitude = bucket >>> SUB_BITS;
        long step = bucket & SUB - 1;
        return magnitude == 0 ? step : (step + SUB + 1 << magnitude - 1) - 1;
    }

    public long count() {
        return count;
    }

    public long max() {
        return max;
    }

    public double mean() {
        return count == 0 ? 0 : sum / count;
    }

    /// The duration that `per100000` of a hundred thousand do not exceed: 50,000 is the median. At most a 64th too
    /// large, never too small.
    public long percentile(long per100000) {
        long wanted = Math.max(1, (count * per100000 + 99_999) / 100_000);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(max, ceiling(i));
            }
        }
        return max;
    }
}
