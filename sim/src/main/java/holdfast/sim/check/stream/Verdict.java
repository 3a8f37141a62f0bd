package holdfast.sim.check.stream;

/// What a checker says about a whole history. It depends on the history and the budget only, never on time.
public sealed interface Verdict {

    /// For [Violation]: no such operation.
    int NONE = -1;

    record Linearizable() implements Verdict {}

    /// `explanation` is one sentence. `first` and `second` are the operations that cannot both be right, in the
    /// order of time, or [#NONE].
    record Violation(String explanation, int first, int second) implements Verdict {}

    /// The budget ran out before an order was found or excluded.
    record Undecided(String why) implements Verdict {}

    default boolean passed() {
        return this instanceof Linearizable;
    }
}
