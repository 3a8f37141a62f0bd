package holdfast.server.http;

/// What all connections of a server share. Small bodies have a budget of their own, so that whoever sends large ones
/// slowly cannot keep others from sending a few bytes; small answers need none.
///
/// @param smallBodies memory of request bodies of at most [#SMALL_BYTES]
/// @param bodies memory of larger ones
/// @param answers memory of answers larger than [#SMALL_BYTES]
record Budgets(Budget smallBodies, Budget bodies, Budget answers) {

    static final int SMALL_BYTES = 64 << 10;

    static Budgets of(HttpLimits limits) {
        long bytes = limits.bodiesBytesMax();
        return new Budgets(new Budget(Math.max(bytes / 2, SMALL_BYTES)), new Budget(bytes), new Budget(bytes));
    }

    /// What an answer of that size has to pay.
    static long priceOfAnswer(long bytes) {
        return bytes <= SMALL_BYTES ? 0 : bytes;
    }

    /// The memory that one request's body has paid for.
    final class BodyShare {
        private long taken;

        /// Pays for `capacity` bytes in all; false if there is no room, and then what was paid before stays paid.
        boolean grow(long capacity) {
            if (capacity <= taken) {
                return true;
            }
            boolean wasSmall = taken <= SMALL_BYTES;
            boolean isSmall = capacity <= SMALL_BYTES;
            boolean moves = wasSmall && !isSmall;
            if (!(isSmall ? smallBodies : bodies).take(moves ? capacity : capacity - taken)) {
                return false;
            }
            if (moves) {
                smallBodies.giveBack(taken);
            }
            taken = capacity;
            return true;
        }

        void giveBack() {
            (taken <= SMALL_BYTES ? smallBodies : bodies).giveBack(taken);
            taken = 0;
        }
    }
}
