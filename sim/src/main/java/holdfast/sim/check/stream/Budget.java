package holdfast.sim.check.stream;

/// Bounds a search by configurations, not by time, so that a verdict is a function of the history.
final class Budget {

    private long left;

    Budget(long configurations) {
        left = configurations;
    }

    /// False when the budget is used up.
    boolean spend(long configurations) {
        left -= configurations;
        return left >= 0;
    }

    long left() {
        return Math.max(0, left);
    }

    boolean isSpent() {
        return left < 0;
    }
}
