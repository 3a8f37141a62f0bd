package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;

/// A number that is added to and read; 0 at first.
public record Counter() implements Spec<Long, Counter.Input, Counter.Output> {

    /// What can be asked for.
    public sealed interface Input {

        /// The number may be negative.
        record Add(long number) implements Input {}

        record Read() implements Input {}
    }

    /// What is told.
    public sealed interface Output {

        record Done() implements Output {}

        record Value(long number) implements Output {}
    }

    @Override
    public Long initial() {
        return 0L;
    }

    @Override
    public Step<Long, Output> apply(Long state, Input input) {
        return switch (input) {
            case Input.Add(long number) -> new Step<>(state + number, new Output.Done());
            case Input.Read _ -> new Step<>(state, new Output.Value(state));
        };
    }

    @Override
    public boolean readOnly(Input input) {
        return input instanceof Input.Read;
    }

    @Override
    public String describe(Long state) {
        return "the number " + state;
    }
}
