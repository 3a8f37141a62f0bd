package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Several registers, read and written together: each input is a transaction of single steps.
///
/// @param unwritten the value of a register that nobody has written
public record MultiRegister(String unwritten)
        implements Spec<MultiRegister.State, MultiRegister.Input, MultiRegister.Output> {

    /// The registers that were written. Never changed once it is a state.
    public record State(TreeMap<String, String> values) {}

    /// One step of a transaction.
    public sealed interface Access {

        record Read(String register) implements Access {}

        record Write(String register, String value) implements Access {}
    }

    /// A transaction.
    public record Input(List<Access> accesses) {

        public Input {
            accesses = List.copyOf(accesses);
        }
    }

    /// What the reads of a transaction told, in order; [#UNTOLD] where an answer left one out.
    public record Output(List<String> values) {

        public Output {
            values = List.copyOf(values);
        }
    }

    /// For [Output#values]: nothing was told of this read.
    public static final String UNTOLD = "";

    @Override
    public State initial() {
        return new State(new TreeMap<>());
    }

    @Override
    public Step<State, Output> apply(State state, Input input) {
        TreeMap<String, String> values = state.values();
        boolean changed = false;
        List<String> read = new ArrayList<>();
        for (Access access : input.accesses()) {
            switch (access) {
                case Access.Read(String register) -> read.add(values.getOrDefault(register, unwritten));
                case Access.Write(String register, String value) -> {
                    values = changed ? values : new TreeMap<>(values);
                    changed = true;
                    values.put(register, value);
                }
            }
        }
        return new Step<>(new State(values), new Output(read));
    }

    @Override
    public boolean explains(State before, Input input, Output possible, Output seen) {
        if (possible.values().size() != seen.values().size()) {
            return false;
        }
        for (int i = 0; i < possible.values().size(); i++) {
            String told = seen.values().get(i);
            if (!told.equals(UNTOLD) && !told.equals(possible.values().get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean readOnly(Input input) {
        return input.accesses().stream().allMatch(access -> access instanceof Access.Read);
    }

    @Override
    public String describe(State state) {
        StringBuilder text = new StringBuilder("the values");
        for (Map.Entry<String, String> entry : state.values().entrySet()) {
            text.append(' ').append(entry.getKey()).append(" = ").append(entry.getValue());
        }
        return text.toString();
    }
}
