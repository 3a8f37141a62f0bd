package holdfast.sim.check.general.spec;

import holdfast.sim.check.general.Spec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Several lists, read and extended together: each input is a transaction of single steps. A list that nobody has
/// extended is empty.
public record ListAppend() implements Spec<ListAppend.State, ListAppend.Input, ListAppend.Output> {

    /// The lists that are not empty. Never changed once it is a state.
    public record State(TreeMap<String, Chain> lists) {}

    /// A list by its last element, so that one more costs no copy of the others.
    public static final class Chain {

        private final Chain before;
        private final String last;
        private final int size;
        private final int hash;

        private Chain(Chain before, String last) {
            this.before = before;
            this.last = last;
            size = size(before) + 1;
            hash = 31 * (before == null ? 0 : before.hash) + last.hashCode();
        }

        /// The list with these elements, or null for the empty one.
        public static Chain of(List<String> elements) {
            Chain chain = null;
            for (String element : elements) {
                chain = new Chain(chain, element);
            }
            return chain;
        }

        private static int size(Chain chain) {
            return chain == null ? 0 : chain.size;
        }

        /// Whether `other` is this list, or this one and more.
        private static boolean begins(Chain one, Chain other) {
            Chain beginning = other;
            while (size(beginning) > size(one)) {
                beginning = beginning.before;
            }
            return Objects.equals(one, beginning);
        }

        @Override
        public boolean equals(Object object) {
            if (!(object instanceof Chain other) || other.hash != hash || other.size != size) {
                return false;
            }
            Chain mine = this;
            Chain theirs = other;
            while (mine != theirs) {
                if (!mine.last.equals(theirs.last)) {
                    return false;
                }
                mine = mine.before;
                theirs = theirs.before;
            }
            return true;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            List<String> elements = new ArrayList<>();
            for (Chain chain = this; chain != null; chain = chain.before) {
                elements.add(chain.last);
            }
            return elements.reversed().toString();
        }
    }

    /// One step of a transaction.
    public sealed interface Access {

        record Read(String list) implements Access {}

        record Append(String list, String element) implements Access {}
    }

    /// A transaction.
    public record Input(List<Access> accesses) {

        public Input {
            accesses = List.copyOf(accesses);
        }
    }

    /// What the reads of a transaction told, in order; null for an empty list.
    public record Output(List<Chain> read) {}

    @Override
    public State initial() {
        return new State(new TreeMap<>());
    }

    @Override
    public Step<State, Output> apply(State state, Input input) {
        TreeMap<String, Chain> lists = state.lists();
        boolean changed = false;
        List<Chain> read = new ArrayList<>();
        for (Access access : input.accesses()) {
            switch (access) {
                case Access.Read(String list) -> read.add(lists.get(list));
                case Access.Append(String list, String element) -> {
                    lists = changed ? lists : new TreeMap<>(lists);
                    changed = true;
                    lists.put(list, new Chain(lists.get(list), element));
                }
            }
        }
        return new Step<>(changed ? new State(lists) : state, new Output(read));
    }

    @Override
    public boolean losesAnswers() {
        return true;
    }

    /// Lists only grow.
    @Override
    public boolean lost(State state, Input input, Output seen) {
        Iterator<Chain> told = seen.read().iterator();
        for (Access access : input.accesses()) {
            if (access instanceof Access.Read(String list)
                    && told.hasNext()
                    && !Chain.begins(state.lists().get(list), told.next())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean readOnly(Input input) {
        return input.accesses().stream().allMatch(access -> access instanceof Access.Read);
    }

    @Override
    public String describe(State state) {
        StringBuilder text = new StringBuilder("the lists");
        for (Map.Entry<String, Chain> entry : state.lists().entrySet()) {
            text.append(' ').append(entry.getKey()).append(" = ").append(entry.getValue().toString());
        }
        return text.toString();
    }
}
