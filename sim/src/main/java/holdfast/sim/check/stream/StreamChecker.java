package holdfast.sim.check.stream;

import holdfast.Check;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.Event;
import holdfast.sim.history.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Supplier;

/// Whether what clients were told fits one stream per name, in real time: the door of this package.
///
/// It is fed event by event and answers at once when an answer cannot be right, whatever comes later;
/// [#finish] tells the rest. Streams are judged apart: no operation touches two.
///
/// Exact, with one open end: when nobody ever saw what appends without an answer have written, finding an order
/// can be a search, and a search that uses up its budget ends as [Verdict.Undecided]. A run that reads every
/// stream to its end at last leaves nothing to search for.
public final class StreamChecker {

    private final SequencedSet<String> existing;
    private final LinkedHashMap<String, StreamFacts> streams = new LinkedHashMap<>();
    /// By number of the operation.
    private final List<Operation> operations = new ArrayList<>();
    private int events;
    private Verdict.Violation refuted;
    /// Of each stream, how to tell the order that was found.
    private final List<Supplier<List<Witness>>> orders = new ArrayList<>();

    /// @param existing the streams that are there, and empty, from the start
    public StreamChecker(SequencedSet<String> existing) {
        this.existing = existing;
    }

    /// Operations are numbered from 0 in the order of their calls, as [History] does it.
    ///
    /// @return what is refuted by now, or null
    public Verdict.Violation invoked(int op, int client, Call call) {
        Check.that(op == operations.size(), "operations are numbered in order", op, operations.size());
        operations.add(stream(call.stream()).invoked(op, client, call, events++));
        return refuted;
    }

    /// @return what is refuted by now, or null
    public Verdict.Violation answered(int op, Answer answer) {
        Operation operation = operations.get(op);
        Verdict.Violation violation = stream(operation.call.stream()).answered(operation, answer, events++);
        if (refuted == null) {
            refuted = violation;
        }
        return refuted;
    }

    /// The verdict on everything so far. `configurations` bounds what is searched for, so that a verdict is a
    /// function of the history.
    public Verdict finish(long configurations) {
        return finish(configurations, Certificate.NONE);
    }

    /// The same with a hint where the records stand. A certificate can only ever speed up a "yes".
    public Verdict finish(long configurations, Certificate certificate) {
        if (refuted != null) {
            return refuted;
        }
        Budget budget = new Budget(configurations);
        Verdict undecided = null;
        orders.clear();
        for (StreamFacts facts : streams.values()) {
            Verdict verdict = verdict(facts, budget, certificate);
            switch (verdict) {
                case Verdict.Linearizable _ -> {}
                case Verdict.Violation _ -> {
                    return verdict;
                }
                case Verdict.Undecided _ -> undecided = verdict;
            }
        }
        return undecided == null ? new Verdict.Linearizable() : undecided;
    }

    private Verdict verdict(StreamFacts facts, Budget budget, Certificate certificate) {
        if (facts.suspended()) {
            WholeSearch search = new WholeSearch(facts, budget);
            Verdict verdict = search.verdict();
            orders.add(search::witness);
            return verdict;
        }
        LineSearch search = new LineSearch(facts, budget);
        Verdict verdict = search.verdict(certificate);
        orders.add(search::witness);
        return verdict;
    }

    /// The order that the last [#finish] found when it said linearizable: one stream after the other, each in order
    /// of effect. Operations that had no effect and saw nothing are left out.
    public List<Witness> witness() {
        List<Witness> all = new ArrayList<>();
        for (Supplier<List<Witness>> order : orders) {
            all.addAll(order.get());
        }
        return all;
    }

    /// What is known to stand where, in the order in which it was first asked for.
    public List<Standing> standings() {
        List<Standing> standings = new ArrayList<>();
        for (StreamFacts facts : streams.values()) {
            for (Batch batch : facts.batches) {
                if (batch.isPlaced() && batch.size() > 0) {
                    Operation maker = batch.maker(batch.base);
                    standings.add(new Standing(
                            facts.name, batch.base, batch.end(), number(maker), number(batch.placedBy)));
                }
            }
        }
        return standings;
    }

    private static int number(Operation op) {
        return op == null ? Verdict.NONE : op.number;
    }

    /// The offline form: a whole history at once.
    public static Verdict check(History history, SequencedSet<String> existing, long configurations) {
        StreamChecker checker = new StreamChecker(existing);
        Verdict.Violation violation = null;
        for (Event event : history.events()) {
            violation = switch (event) {
                case Event.Invoked invoked -> checker.invoked(invoked.op(), invoked.client(), invoked.call());
                case Event.Answered answered -> checker.answered(answered.op(), answered.answer());
            };
            if (violation != null) {
                return violation;
            }
        }
        return checker.finish(configurations);
    }

    private StreamFacts stream(String name) {
        StreamFacts facts = streams.get(name);
        if (facts == null) {
            boolean exists = existing.contains(name);
            facts = new StreamFacts(name, exists, new RealTimeRules(exists));
            streams.put(name, facts);
        }
        return facts;
    }
}
