package holdfast.sim.check.general;

import java.util.List;

/// What the checker says about a whole history: a function of the history and the budget, never of time.
///
/// @param <I> input
/// @param <O> output
public sealed interface Verdict<I, O> {

    /// `order` is one that explains everything. Operations that had no effect are not in it.
    record Linearizable<I, O>(List<Op<I, O>> order) implements Verdict<I, O> {

        public Linearizable {
            order = List.copyOf(order);
        }
    }

    /// No order explains everything. `longest` explains as many returns as can be explained, in order of time;
    /// `stuck` is the operation whose return comes next, and which finds no place in this or any other order.
    ///
    /// @param sentence the same for people
    record Violation<I, O>(String sentence, List<Op<I, O>> longest, Op<I, O> stuck) implements Verdict<I, O> {

        public Violation {
            longest = List.copyOf(longest);
        }
    }

    /// The budget was used up.
    record Undecided<I, O>(String why) implements Verdict<I, O> {}

    default boolean passed() {
        return this instanceof Linearizable;
    }
}
