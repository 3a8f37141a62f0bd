package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;

/// Texts by key, which can be read, written and extended. A key that was never written holds the empty text. Keys
/// never meet, so each is judged alone and the state is one key's.
public record KeyValue() implements Spec<String, KeyValue.Input, KeyValue.Output> {

    /// What can be asked for.
    public sealed interface Input {

        String key();

        record Get(String key) implements Input {}

        record Put(String key, String value) implements Input {}

        record Append(String key, String value) implements Input {}
    }

    /// What is told.
    public sealed interface Output {

        record Value(String value) implements Output {}

        record Done() implements Output {}
    }

    @Override
    public String initial() {
        return "";
    }

    @Override
    public Step<String, Output> apply(String state, Input input) {
        return switch (input) {
            case Input.Get _ -> new Step<>(state, new Output.Value(state));
            case Input.Put put -> new Step<>(put.value(), new Output.Done());
            case Input.Append append -> new Step<>(state + append.value(), new Output.Done());
        };
    }

    @Override
    public boolean overwrites(Input input) {
        return input instanceof Input.Put;
    }

    @Override
    public boolean losesAnswers() {
        return true;
    }

    /// Texts only grow, but for those that are written anew.
    @Override
    public boolean lost(String state, Input input, Output seen) {
        return seen instanceof Output.Value(String value) && !value.startsWith(state);
    }

    @Override
    public boolean isReviving(Input done) {
        return done instanceof Input.Put;
    }

    @Override
    public boolean revives(Input done, Input input, Output seen) {
        return done instanceof Input.Put put && seen instanceof Output.Value(String value) && value.startsWith(put.value());
    }

    @Override
    public boolean readOnly(Input input) {
        return input instanceof Input.Get;
    }

    @Override
    public Object part(Input input) {
        return input.key();
    }

    @Override
    public String describe(String state) {
        return "the text '" + state + "'";
    }
}
