package holdfast;

/// Invariants that are always on. A broken invariant is a bug, never an expected failure: the node that
/// meets one stops, because stopping is safe and continuing is not.
///
/// Every check here is O(1); the costly ones run in the simulator (`holdfast.sim.check`).
public final class Check {

    private Check() {}

    /// Thrown by [#that]; nobody catches it to carry on, except a decoder that throws away what it was building from another
    /// node's bytes.
    public static final class InvariantBroken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public InvariantBroken(String message) {
            super(message);
        }
    }

    public static void that(boolean holds, String invariant) {
        if (!holds) {
            throw new InvariantBroken(invariant);
        }
    }

    /// As [#that(boolean, String)], with the two numbers that disagree; the text is only built on failure.
    public static void that(boolean holds, String invariant, long left, long right) {
        if (!holds) {
            throw new InvariantBroken(invariant + " (" + left + ", " + right + ")");
        }
    }
}
