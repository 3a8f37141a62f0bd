package holdfast.sim.check.general;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// A spec with its states and calls numbered, so that a search deals in whole numbers and every pair of state and
/// call is computed once.
final class Transitions<S, I, O> {

    /// The call cannot have been answered so in this state.
    static final int IMPOSSIBLE = -1;

    /// The call cannot have been answered so in this state, nor in any later one unless something revives it.
    static final int LOST = -2;

    private static final int SPREAD = 0x9E3779B9;

    /// What was asked and what was told; `seen` is null when that is unknown.
    private record Action<I, O>(I input, O seen) {}

    private final Spec<S, I, O> spec;
    private final boolean loses;
    private final LinkedHashMap<S, Integer> stateNumbers = new LinkedHashMap<>();
    private final List<S> states = new ArrayList<>();
    private final LinkedHashMap<Action<I, O>, Integer> actionNumbers = new LinkedHashMap<>();
    private final List<Action<I, O>> actions = new ArrayList<>();

    /// State and action in one number, plus one; zero is free. Beside it what follows.
    private long[] pairs = new long[64];
    private int[] following = new int[64];
    private int size;

    Transitions(Spec<S, I, O> spec) {
        this.spec = spec;
        loses = spec.losesAnswers();
        number(spec.initial());
    }

    /// The number of the initial state.
    static int initial() {
        return 0;
    }

    private int number(S state) {
        Integer known = stateNumbers.putIfAbsent(state, states.size());
        if (known != null) {
            return known;
        }
        states.add(state);
        return states.size() - 1;
    }

    /// The number of a call; equal calls with equal answers have one number.
    int action(Op<I, O> op) {
        Action<I, O> action = new Action<>(op.input(), op.outcome() instanceof Outcome.Ok<O>(O output) ? output : null);
        Integer known = actionNumbers.putIfAbsent(action, actions.size());
        if (known != null) {
            return known;
        }
        actions.add(action);
        return actions.size() - 1;
    }

    /// How many calls are numbered.
    int actions() {
        return actions.size();
    }

    /// Whether the state has lost the answer of the call.
    boolean isLost(int state, int action) {
        Action<I, O> call = actions.get(action);
        return loses && call.seen() != null && spec.lost(states.get(state), call.input(), call.seen());
    }

    /// Whether the call may revive any lost answer.
    boolean isReviving(int action) {
        return spec.isReviving(actions.get(action).input());
    }

    /// Whether the one call may revive the answer of the other.
    boolean revives(int done, int lost) {
        Action<I, O> call = actions.get(lost);
        return call.seen() != null && spec.revives(actions.get(done).input(), call.input(), call.seen());
    }

    S state(int number) {
        return states.get(number);
    }

    /// The state after the call, or [#IMPOSSIBLE], or [#LOST].
    int next(int state, int action) {
        long pair = ((long) state << 32 | action) + 1;
        int mask = pairs.length - 1;
        int place = place(pair, mask);
        while (pairs[place] != 0) {
            if (pairs[place] == pair) {
                return following[place];
            }
            place = place + 1 & mask;
        }
        int next = compute(state, action);
        remember(pair, next);
        return next;
    }

    private static int place(long pair, int mask) {
        int hash = (int) (pair ^ pair >>> 32) * SPREAD ^ (int) (pair >>> 32);
        return (hash ^ hash >>> 15) & mask;
    }

    private int compute(int state, int action) {
        S before = states.get(state);
        Action<I, O> call = actions.get(action);
        Spec.Step<S, O> step = spec.apply(before, call.input());
        if (call.seen() == null) {
            return number(step.state());
        }
        if (spec.explains(before, call.input(), step.output(), call.seen())) {
            return number(spec.learn(step.state(), call.input(), call.seen()));
        }
        return loses && spec.lost(before, call.input(), call.seen()) ? LOST : IMPOSSIBLE;
    }

    private void remember(long pair, int next) {
        if (size * 2 >= pairs.length) {
            grow();
        }
        put(pair, next);
        size++;
    }

    private void put(long pair, int next) {
        int mask = pairs.length - 1;
        int place = place(pair, mask);
        while (pairs[place] != 0) {
            place = place + 1 & mask;
        }
        pairs[place] = pair;
        following[place] = next;
    }

    private void grow() {
        long[] oldPairs = pairs;
        int[] oldFollowing = following;
        pairs = new long[oldPairs.length * 2];
        following = new int[oldPairs.length * 2];
        for (int i = 0; i < oldPairs.length; i++) {
            if (oldPairs[i] != 0) {
                put(oldPairs[i], oldFollowing[i]);
            }
        }
    }
}

