package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Elements that leave in the order in which they came, or, as a stack, in the opposite order.
///
/// @param order which element leaves first
public record Queue(Order order) implements Spec<Queue.State, Queue.Input, Queue.Output> {

    /// Which element leaves first.
    public enum Order {
        FIRST_IN_FIRST_OUT,
        LAST_IN_FIRST_OUT
    }

    /// The elements that are in, oldest first.
    public record State(List<String> elements) {}

    /// What can be asked for.
    public sealed interface Input {

        record Enqueue(String element) implements Input {}

        record Dequeue() implements Input {}

        /// The element that would leave next, which stays.
        record Peek() implements Input {}
    }

    /// What is told.
    public sealed interface Output {

        record Done() implements Output {}

        record Element(String element) implements Output {}

        record Empty() implements Output {}
    }

    @Override
    public State initial() {
        return new State(List.of());
    }

    @Override
    public Step<State, Output> apply(State state, Input input) {
        List<String> elements = state.elements();
        return switch (input) {
            case Input.Enqueue(String element) -> {
                List<String> more = new ArrayList<>(elements);
                more.add(element);
                yield new Step<>(new State(Collections.unmodifiableList(more)), new Output.Done());
            }
            case Input.Dequeue _ when elements.isEmpty() -> new Step<>(state, new Output.Empty());
            case Input.Dequeue _ -> new Step<>(new State(rest(elements)), new Output.Element(next(elements)));
            case Input.Peek _ ->
                new Step<>(state, elements.isEmpty() ? new Output.Empty() : new Output.Element(next(elements)));
        };
    }

    private String next(List<String> elements) {
        return switch (order) {
            case FIRST_IN_FIRST_OUT -> elements.getFirst();
            case LAST_IN_FIRST_OUT -> elements.getLast();
        };
    }

    private List<String> rest(List<String> elements) {
        return switch (order) {
            case FIRST_IN_FIRST_OUT -> List.copyOf(elements.subList(1, elements.size()));
            case LAST_IN_FIRST_OUT -> List.copyOf(elements.subList(0, elements.size() - 1));
        };
    }

    @Override
    public boolean readOnly(Input input) {
        return input instanceof Input.Peek;
    }

    @Override
    public boolean readOnly(Input input, Output seen) {
        return input instanceof Input.Peek || seen instanceof Output.Empty;
    }

    @Override
    public String describe(State state) {
        return "the elements " + String.join(" ", state.elements());
    }
}
