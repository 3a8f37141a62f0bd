package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;
import holdfast.sim.check.general.spec.Queue.Input;
import holdfast.sim.check.general.spec.Queue.Output;
import java.util.TreeMap;

/// A queue that promises no order: any element that is in may leave next.
///
/// A removal that nobody was told of may have taken any element. It is a debt, and which element pays it is left open:
/// such a removal never returns, so it can be put off until somebody finds the queue empty.
public record UnorderedQueue() implements Spec<UnorderedQueue.State, Input, Output> {

    /// What is in. Never changed once it is a state.
    ///
    /// @param counts by element how often it is in; at least once
    /// @param size elements altogether
    /// @param debts how many of them were taken by removals that nobody was told of
    public record State(TreeMap<String, Integer> counts, int size, int debts) {}

    @Override
    public State initial() {
        return new State(new TreeMap<>(), 0, 0);
    }

    /// For a removal that finds something, the element is told by [#learn].
    @Override
    public Step<State, Output> apply(State state, Input input) {
        return switch (input) {
            case Input.Enqueue(String element) -> new Step<>(with(state, element, 1), new Output.Done());
            case Input.Dequeue _ when isEmpty(state) -> new Step<>(state, new Output.Empty());
            case Input.Dequeue _ ->
                new Step<>(new State(state.counts(), state.size(), state.debts() + 1), new Output.Done());
            case Input.Peek _ -> new Step<>(state, new Output.Done());
        };
    }

    private static boolean isEmpty(State state) {
        return state.size() == state.debts();
    }

    private static State with(State state, String element, int more) {
        TreeMap<String, Integer> counts = new TreeMap<>(state.counts());
        if (counts.merge(element, more, Integer::sum) == 0) {
            counts.remove(element);
        }
        return new State(counts, state.size() + more, state.debts());
    }

    @Override
    public boolean explains(State before, Input input, Output possible, Output seen) {
        return switch (seen) {
            case Output.Done _ -> input instanceof Input.Enqueue;
            case Output.Empty _ -> isEmpty(before);
            case Output.Element(String element) -> !isEmpty(before) && before.counts().containsKey(element);
        };
    }

    @Override
    public State learn(State after, Input input, Output seen) {
        return switch (seen) {
            case Output.Done _ -> after;
            case Output.Empty _ -> initial();
            case Output.Element(String element) ->
                with(new State(after.counts(), after.size(), after.debts() - 1), element, -1);
        };
    }

    @Override
    public String describe(State state) {
        StringBuilder text = new StringBuilder("the elements");
        state.counts().forEach((element, count) -> text.append((" " + element).repeat(count)));
        return text.toString();
    }
}
