package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;

/// One value that can be read, written, and swapped if it is the expected one.
///
/// @param initial the value at first
public record Register(String initial) implements Spec<String, Register.Input, Register.Output> {

    /// What can be asked for.
    public sealed interface Input {

        record Read() implements Input {}

        record Write(String value) implements Input {}

        record Swap(String expected, String value) implements Input {}
    }

    /// What is told.
    public sealed interface Output {

        record Value(String value) implements Output {}

        record Written() implements Output {}

        /// Whether the expected value was there.
        record Swapped(boolean done) implements Output {}
    }

    @Override
    public Step<String, Output> apply(String state, Input input) {
        return switch (input) {
            case Input.Read _ -> new Step<>(state, new Output.Value(state));
            case Input.Write write -> new Step<>(write.value(), new Output.Written());
            case Input.Swap swap -> {
                boolean met = swap.expected().equals(state);
                yield new Step<>(met ? swap.value() : state, new Output.Swapped(met));
            }
        };
    }

    @Override
    public boolean readOnly(Input input) {
        return input instanceof Input.Read;
    }

    @Override
    public boolean readOnly(Input input, Output seen) {
        return input instanceof Input.Read || seen instanceof Output.Swapped(boolean done) && !done;
    }

    @Override
    public boolean overwrites(Input input) {
        return input instanceof Input.Write;
    }

    @Override
    public String describe(String state) {
        return "the value " + state;
    }
}
