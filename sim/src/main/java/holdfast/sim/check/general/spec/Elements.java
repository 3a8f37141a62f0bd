package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;
import java.util.TreeSet;

/// A set: elements are added, removed, asked for one by one, or read all together.
///
/// @param whole whether anybody reads all of it; if not, elements never meet and each is judged alone
public record Elements(boolean whole) implements Spec<Elements.State, Elements.Input, Elements.Output> {

    /// The elements that are in. Never changed once it is a state.
    public record State(TreeSet<String> elements) {}

    /// What can be asked for.
    public sealed interface Input {

        record Add(String element) implements Input {}

        record Remove(String element) implements Input {}

        record Contains(String element) implements Input {}

        record ReadAll() implements Input {}
    }

    /// What is told.
    public sealed interface Output {

        /// It was done, and nothing was told of what had been there.
        record Done() implements Output {}

        /// Whether the element had been in.
        record Was(boolean in) implements Output {}

        record All(TreeSet<String> elements) implements Output {}
    }

    @Override
    public State initial() {
        return new State(new TreeSet<>());
    }

    @Override
    public Step<State, Output> apply(State state, Input input) {
        TreeSet<String> elements = state.elements();
        return switch (input) {
            case Input.Add(String element) -> {
                boolean in = elements.contains(element);
                yield new Step<>(in ? state : with(elements, element), new Output.Was(in));
            }
            case Input.Remove(String element) -> {
                boolean in = elements.contains(element);
                yield new Step<>(in ? without(elements, element) : state, new Output.Was(in));
            }
            case Input.Contains(String element) ->
                new Step<>(state, new Output.Was(elements.contains(element)));
            case Input.ReadAll _ -> new Step<>(state, new Output.All(elements));
        };
    }

    private static State with(TreeSet<String> elements, String element) {
        TreeSet<String> more = new TreeSet<>(elements);
        more.add(element);
        return new State(more);
    }

    private static State without(TreeSet<String> elements, String element) {
        TreeSet<String> fewer = new TreeSet<>(elements);
        fewer.remove(element);
        return new State(fewer);
    }

    @Override
    public boolean explains(State before, Input input, Output possible, Output seen) {
        return seen instanceof Output.Done || possible.equals(seen);
    }

    @Override
    public boolean readOnly(Input input) {
        return input instanceof Input.Contains || input instanceof Input.ReadAll;
    }

    @Override
    public boolean readOnly(Input input, Output seen) {
        return switch (input) {
            case Input.Add _ -> seen instanceof Output.Was(boolean in) && in;
            case Input.Remove _ -> seen instanceof Output.Was(boolean in) && !in;
            case Input.Contains _, Input.ReadAll _ -> true;
        };
    }

    @Override
    public Object part(Input input) {
        if (whole) {
            return "";
        }
        return switch (input) {
            case Input.Add(String element) -> element;
            case Input.Remove(String element) -> element;
            case Input.Contains(String element) -> element;
            case Input.ReadAll _ -> "";
        };
    }

    @Override
    public String describe(State state) {
        return "the elements " + String.join(" ", state.elements());
    }
}
