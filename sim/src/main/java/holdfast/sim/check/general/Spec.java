package holdfast.sim.check.general;

/// A sequential object as a runnable program. It is pure: what [#apply] gives depends on its arguments only, and
/// states, inputs and outputs compare by content.
///
/// @param <S> state
/// @param <I> input, what is asked for
/// @param <O> output, what is told
public interface Spec<S, I, O> {

    /// The state after a call, and what the caller is told. A refusal is an output like any other.
    record Step<S, O>(S state, O output) {}

    S initial();

    /// Total: every input has an answer in every state.
    Step<S, O> apply(S state, I input);

    /// Whether a caller who saw `seen` may have been told `possible` in the state `before` the call. They differ
    /// where an answer is allowed to tell less than it could.
    default boolean explains(S before, I input, O possible, O seen) {
        return possible.equals(seen);
    }

    /// The state `after` the call with what `seen` reveals about it: for numbers that the object is free to
    /// choose, which are open in the state until somebody is told.
    default S learn(S after, I input, O seen) {
        return after;
    }

    /// Whether answers can be lost at all; [#lost] is asked of such objects only.
    default boolean losesAnswers() {
        return false;
    }

    /// Whether `seen` cannot be told in this state nor in any later one, unless something is done that [#revives] it.
    /// A search need not go where an answer that is still to be placed is lost; it is right, if slower, to know of none.
    default boolean lost(S state, I input, O seen) {
        return false;
    }

    /// Whether doing `done` may revive any lost answer at all; [#revives] is asked of such inputs only.
    default boolean isReviving(I done) {
        return false;
    }

    /// Whether doing `done` may lead to states in which `seen`, once lost, is told again.
    default boolean revives(I done, I input, O seen) {
        return false;
    }

    /// Whether the input changes no state at all, whichever the object is in. It is not enough that it leaves one
    /// state as it is: a write of the current value may be needed later, when the value is another one.
    default boolean readOnly(I input) {
        return false;
    }

    /// Whether an input that was answered so has changed no state, whichever the object was in: a refusal, for one.
    default boolean readOnly(I input, O seen) {
        return readOnly(input);
    }

    /// Whether the state after the input, and what is told, are the same in every state. Whatever such an input did just
    /// before another one leaves no trace.
    default boolean overwrites(I input) {
        return false;
    }

    /// Inputs with different parts never meet: the object is a family of independent ones, and each is judged
    /// alone (Herlihy and Wing's locality).
    default Object part(I input) {
        return "";
    }

    /// The state for people, in a few words.
    String describe(S state);
}
