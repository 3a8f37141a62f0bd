package holdfast.sim.kernel;

import holdfast.Check;

/// Keyed randomness: every decision is a pure function of (seed, purpose, entity, ordinal). There is no stream
/// of random numbers, so taking one fault out of a plan does not re-roll any other decision.
///
/// The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA'14), applied once per key
/// part. Integers only: probabilities are parts per million, times are microseconds.
public final class Entropy {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final int MILLION = 1_000_000;

    private final long seed;

    public Entropy(long seed) {
        this.seed = mix(seed + GAMMA);
    }

    /// 64 uniform bits.
    public long bits(Purpose purpose, long entity, long ordinal) {
        long purposed = mix(seed ^ (purpose.key() * GAMMA));
        return mix(mix(purposed + entity * GAMMA) + (ordinal + 1) * GAMMA);
    }

    /// Uniform in `[0, bound)`. The bias of the multiplication is below 2^-32 for the bounds used here.
    public long below(Purpose purpose, long entity, long ordinal, long bound) {
        Check.that(bound > 0, "a bound above zero", bound, 0);
        return Math.unsignedMultiplyHigh(bits(purpose, entity, ordinal), bound);
    }

    /// Uniform in `[low, high]`.
    public long between(Purpose purpose, long entity, long ordinal, long low, long high) {
        return low + below(purpose, entity, ordinal, high - low + 1);
    }

    /// True in `partsPerMillion` of all cases.
    public boolean chance(Purpose purpose, long entity, long ordinal, int partsPerMillion) {
        return partsPerMillion > 0 && below(purpose, entity, ordinal, MILLION) < partsPerMillion;
    }

    /// A roughly exponential delay: `typical` most of the time, with a tail up to sixteen times that.
    public long skewed(Purpose purpose, long entity, long ordinal, long typical) {
        long bits = bits(purpose, entity, ordinal);
        int doublings = Math.min(4, Long.numberOfTrailingZeros(bits | (1L << 62)));
        long range = Math.max(1, typical << doublings);
        return range / 2 + Math.unsignedMultiplyHigh(mix(bits), range / 2 + 1);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
