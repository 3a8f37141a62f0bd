package holdfast.sim.check.general;

import holdfast.sim.check.general.Search.Placed;
import holdfast.sim.check.general.Search.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/// Judges a history against a [Spec], part by part. Each part is searched in both orders in turns: neither is
/// always the better one. [DepthFirst] has the first word, and more of it the longer the history, as it needs about
/// one configuration for each operation when nothing is wrong. The parts take turns as well, twice as long each
/// time: one that is easily refuted settles the matter, however hard the others are.
///
/// The budget is counted in configurations, so that the same history and budget give the same verdict everywhere.
///
/// @param <S> state
/// @param <I> input
/// @param <O> output
public final class GeneralCheck<S, I, O> {

    private static final long FIRST_TURN = 1024;
    private static final int TURN_PER_OPERATION = 2;
    private static final long EXPLANATION_MAX = 2_000;

    private final Spec<S, I, O> spec;
    private final List<Searcher> searchers;
    private long spent;

    /// One of the two orders, as a thing that can be begun.
    enum Searcher { DEPTH_FIRST, BREADTH_FIRST }

    public GeneralCheck(Spec<S, I, O> spec) {
        this(spec, List.of(Searcher.DEPTH_FIRST, Searcher.BREADTH_FIRST));
    }

    /// With some of the orders only, for comparing them.
    GeneralCheck(Spec<S, I, O> spec, List<Searcher> searchers) {
        this.spec = spec;
        this.searchers = searchers;
    }

    /// `ops` in order of call; `configurations` bounds the whole search.
    public Verdict<I, O> check(List<Op<I, O>> ops, long configurations) {
        spent = 0;
        List<Portfolio> open = new ArrayList<>();
        for (List<Op<I, O>> part : parts(ops)) {
            open.add(new Portfolio(part));
        }
        List<Placed<I, O>> order = new ArrayList<>();
        for (long turn = FIRST_TURN; !open.isEmpty(); turn *= 2) {
            List<Portfolio> undecided = new ArrayList<>();
            for (Portfolio part : open) {
                Search<S, I, O> search = part.run(turn, configurations);
                if (search == null) {
                    undecided.add(part);
                } else if (search.isDone()) {
                    search.order().forEach(placed -> order.add(timed(search, placed)));
                } else {
                    return violation(part.explaining(search, configurations));
                }
            }
            open = undecided;
            if (spent >= configurations) {
                return new Verdict.Undecided<>("more than " + configurations + " configurations");
            }
        }
        return new Verdict.Linearizable<>(inOrder(order));
    }

    /// By event, and of the same event in the order of the list.
    private static <I, O> List<Op<I, O>> inOrder(List<Placed<I, O>> placed) {
        long[] keys = new long[placed.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) placed.get(i).event() << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        List<Op<I, O>> ops = new ArrayList<>(keys.length);
        for (long key : keys) {
            ops.add(placed.get((int) key).op());
        }
        return ops;
    }

    /// How many configurations the last check has met.
    public long spent() {
        return spent;
    }

    private List<List<Op<I, O>>> parts(List<Op<I, O>> ops) {
        LinkedHashMap<Object, List<Op<I, O>>> parts = new LinkedHashMap<>();
        for (Op<I, O> op : ops) {
            parts.computeIfAbsent(spec.part(op.input()), _ -> new ArrayList<>()).add(op);
        }
        return List.copyOf(parts.values());
    }

    /// With the event number of the whole history instead of the part's.
    private Placed<I, O> timed(Search<S, I, O> search, Placed<I, O> placed) {
        int[] events = search.part.events;
        if (placed.event() == events.length) {
            return new Placed<>(placed.op(), Integer.MAX_VALUE);
        }
        int code = events[placed.event()];
        Op<I, O> at = search.part.ops.get(code >> 1);
        return new Placed<>(placed.op(), (code & 1) == 1 ? at.returned() : at.called());
    }

    private Verdict<I, O> violation(Search<S, I, O> search) {
        List<Op<I, O>> longest = search.order().stream().map(Placed::op).toList();
        Op<I, O> stuck = search.stuck();
        String sentence = "operation " + stuck.number() + " of client " + stuck.client()
                + " cannot be placed: every order of what had been asked for until it returned fails at or before it; the longest"
                + " one places " + longest.size() + " operations and leaves " + spec.describe(search.farthestState());
        return new Verdict.Violation<>(sentence, longest, stuck);
    }

    /// The searches of one part, run in turns.
    private final class Portfolio {

        private final List<Search<S, I, O>> searches = new ArrayList<>();
        private final Part<I, O> part;
        private final Transitions<S, I, O> transitions = new Transitions<>(spec);

        Portfolio(List<Op<I, O>> ops) {
            part = new Part<>(spec, transitions, ops);
        }

        /// Goes on until a search comes to an end, which is then returned; or until each of them has met so many
        /// configurations as is its turn, or all of all parts together `limit`.
        Search<S, I, O> run(long turn, long limit) {
            for (int i = 0; i < searchers.size() && spent < limit; i++) {
                Search<S, I, O> search = search(i);
                int before = search.configurations.size();
                long until = turn + (long) TURN_PER_OPERATION * part.ops.size();
                Status status = search.run(Math.min(until, before + limit - spent));
                spent += search.configurations.size() - before;
                if (status != Status.RUNNING) {
                    return search;
                }
            }
            return null;
        }

        /// A search that names the return that no order gets past: looking ahead, one fails before that. If it takes
        /// too long, the one that was decisive must do.
        Search<S, I, O> explaining(Search<S, I, O> decisive, long limit) {
            if (!decisive.losses.found()) {
                return decisive;
            }
            Search<S, I, O> plain = new BreadthFirst<>(part, transitions, false);
            Status status = plain.run(Math.min(EXPLANATION_MAX, limit - spent));
            spent += plain.configurations.size();
            return status == Status.EXHAUSTED ? plain : decisive;
        }

        private Search<S, I, O> search(int i) {
            if (i == searches.size()) {
                searches.add(switch (searchers.get(i)) {
                    case DEPTH_FIRST -> new DepthFirst<>(part, transitions, true);
                    case BREADTH_FIRST -> new BreadthFirst<>(part, transitions, true);
                });
            }
            return searches.get(i);
        }
    }
}
