package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;
import java.util.List;

/// A stream as the recorded histories of S2 know it: its tail, one chained hash over the hashes of all records, and a
/// fencing token. A read tells tail and hash; two contents with one hash cannot be told apart.
public record S2Stream() implements Spec<S2Stream.State, S2Stream.Input, S2Stream.Output> {

    /// @param token the fencing token, empty for none
    public record State(long tail, long hash, String token) {}

    /// What can be asked for.
    public sealed interface Input {

        /// @param records how many records there are; some histories give only one hash for many
        /// @param setToken the new token, empty to leave it
        /// @param token the token that must be the current one, empty for any
        /// @param expectedTail the tail that the stream must have, or [#ANY_TAIL]
        record Append(long records, List<Long> hashes, String setToken, String token, long expectedTail)
                implements Input {

            public Append {
                hashes = List.copyOf(hashes);
            }
        }

        record Read() implements Input {}

        record CheckTail() implements Input {}
    }

    /// For [Input.Append#expectedTail].
    public static final long ANY_TAIL = -1;

    /// What is told.
    public sealed interface Output {

        record Appended(long tail) implements Output {}

        /// The append was not taken: another token or another tail.
        record Refused() implements Output {}

        record Content(long tail, long hash) implements Output {}

        record Tail(long tail) implements Output {}
    }

    @Override
    public State initial() {
        return new State(0, 0, "");
    }

    @Override
    public Step<State, Output> apply(State state, Input input) {
        return switch (input) {
            case Input.Append append -> append(state, append);
            case Input.Read _ -> new Step<>(state, new Output.Content(state.tail(), state.hash()));
            case Input.CheckTail _ -> new Step<>(state, new Output.Tail(state.tail()));
        };
    }

    private static Step<State, Output> append(State state, Input.Append append) {
        boolean fenced = !append.token().isEmpty() && !append.token().equals(state.token());
        boolean elsewhere = append.expectedTail() != ANY_TAIL && append.expectedTail() != state.tail();
        if (fenced || elsewhere) {
            return new Step<>(state, new Output.Refused());
        }
        long hash = state.hash();
        for (long record : append.hashes()) {
            hash = Xxh3.hash(record, hash);
        }
        long tail = state.tail() + append.records();
        String token = append.setToken().isEmpty() ? state.token() : append.setToken();
        return new Step<>(new State(tail, hash, token), new Output.Appended(tail));
    }

    @Override
    public boolean readOnly(Input input) {
        return input instanceof Input.Read || input instanceof Input.CheckTail;
    }

    @Override
    public String describe(State state) {
        return "the tail " + Long.toUnsignedString(state.tail()) + " and the hash " + Long.toUnsignedString(state.hash());
    }
}
