package holdfast.sim.check.stream.trial;

/// Random numbers in a row from a seed (SplitMix64): for small histories, which are made and forgotten.
final class Dice {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        state = seed * GAMMA;
        bits();
    }

    private long bits() {
        state += GAMMA;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /// Uniform in `[0, bound)`.
    int below(int bound) {
        return (int) Math.unsignedMultiplyHigh(bits(), bound);
    }

    /// True in `percent` of all cases.
    boolean percent(int percent) {
        return below(100) < percent;
    }
}
