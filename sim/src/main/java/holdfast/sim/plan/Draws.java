package holdfast.sim.plan;

import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;

/// The draws of one drawer: whoever draws names the ordinal of the draw, so that a new draw changes no other.
record Draws(Entropy entropy, Purpose purpose, long entity) {

    long between(long ordinal, long low, long high) {
        return entropy.between(purpose, entity, ordinal, low, high);
    }

    int below(long ordinal, int bound) {
        return (int) entropy.below(purpose, entity, ordinal, bound);
    }

    boolean chance(long ordinal, int partsPerMillion) {
        return entropy.chance(purpose, entity, ordinal, partsPerMillion);
    }

    /// Naming a value twice makes it twice as likely.
    int oneOf(long ordinal, int... values) {
        return values[below(ordinal, values.length)];
    }

    /// In `[low, high]`, each order of magnitude as likely as the others. `low` is above zero.
    long spread(long ordinal, long low, long high) {
        int doublings = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, high / low));
        long bits = entropy.bits(purpose, entity, ordinal);
        long from = low << Math.unsignedMultiplyHigh(bits, doublings + 1);
        long to = Math.max(from, Math.min(high, 2 * from - 1));
        // The low bits are independent enough of the high ones that have chosen the magnitude.
        return from + Math.unsignedMultiplyHigh(bits * 0x9E3779B97F4A7C15L, to - from + 1);
    }
}
