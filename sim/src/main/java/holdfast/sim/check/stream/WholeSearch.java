package holdfast.sim.check.stream;

import holdfast.sim.check.general.GeneralCheck;
import holdfast.sim.check.general.Op;
import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.StreamSpec;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Judges a stream that is no line: one that was deleted, or whose contents do not name the batch they belong to.
/// Then what stands where depends on when each thing happened, and only a search over the whole stream can tell.
final class WholeSearch {

    private final StreamFacts facts;
    private final Budget budget;
    private List<Op<Call, Answer>> order = List.of();

    WholeSearch(StreamFacts facts, Budget budget) {
        this.facts = facts;
        this.budget = budget;
    }

    Verdict verdict() {
        GeneralCheck<StreamSpec.State, Call, Answer> check = new GeneralCheck<>(new StreamSpec(facts.exists));
        holdfast.sim.check.general.Verdict<Call, Answer> verdict = check.check(ops(), budget.left());
        budget.spend(check.spent());
        return switch (verdict) {
            case holdfast.sim.check.general.Verdict.Linearizable<Call, Answer> linearizable -> {
                order = linearizable.order();
                yield new Verdict.Linearizable();
            }
            case holdfast.sim.check.general.Verdict.Undecided<Call, Answer> _ ->
                new Verdict.Undecided("the budget was used up in the search over stream " + facts.name
                        + ", which was deleted or whose contents repeat");
            case holdfast.sim.check.general.Verdict.Violation<Call, Answer> violation -> explained(violation);
        };
    }

    /// The order behind a verdict that said linearizable: each operation as early as its order and its call allow.
    List<Witness> witness() {
        List<Witness> witness = new ArrayList<>();
        int event = 0;
        for (Op<Call, Answer> op : order) {
            event = Math.max(event, op.called());
            witness.add(new Witness(facts.operations.get(op.number()).number, event));
        }
        return witness;
    }

    private Verdict.Violation explained(holdfast.sim.check.general.Verdict.Violation<Call, Answer> violation) {
        Operation stuck = facts.operations.get(violation.stuck().number());
        Operation witness = null;
        for (Op<Call, Answer> op : violation.longest()) {
            if (op.returned() < stuck.invokedAt) {
                witness = facts.operations.get(op.number());
            }
        }
        String why = "in no order of what had been asked for by then does it find a place";
        return witness == null
                ? Explain.one(stuck, why)
                : Explain.two(stuck, why + "; the longest that can be explained goes to", witness);
    }

    /// Numbered by their place in the stream.
    private List<Op<Call, Answer>> ops() {
        LinkedHashMap<Long, Integer> readers = sessionsWithLocalReads();
        List<Op<Call, Answer>> ops = new ArrayList<>();
        for (Operation op : facts.operations) {
            Call call = withoutNeedlessSession(op.call, readers);
            ops.add(new Op<>(op.place, op.client, call, outcome(op), op.invokedAt, op.answeredAt));
        }
        return ops;
    }

    private Outcome<Answer> outcome(Operation op) {
        boolean read = op.call instanceof Call.Read || op.call instanceof Call.Tail;
        if (op.isUnsettled()) {
            return read ? new Outcome.Failed<>() : new Outcome.Unknown<>();
        }
        return op.answer instanceof Answer.NotWritten ? new Outcome.Failed<>() : new Outcome.Ok<>(facts.answerOf(op));
    }

    /// Only what a local read may see depends on its session.
    private LinkedHashMap<Long, Integer> sessionsWithLocalReads() {
        LinkedHashMap<Long, Integer> count = new LinkedHashMap<>();
        for (Operation op : facts.operations) {
            if (op.isLocal()) {
                count.merge(op.session(), 1, Integer::sum);
            }
        }
        return count;
    }

    private static Call withoutNeedlessSession(Call call, LinkedHashMap<Long, Integer> readers) {
        return switch (call) {
            case Call.Read read when !readers.containsKey(read.session()) ->
                new Call.Read(read.stream(), read.from(), read.recordsMax(), read.level(), Call.NO_SESSION);
            case Call.Tail tail when !readers.containsKey(tail.session()) ->
                new Call.Tail(tail.stream(), tail.level(), Call.NO_SESSION);
            case Call.Create _, Call.Append _, Call.Read _, Call.Tail _, Call.Close _, Call.Delete _ -> call;
        };
    }
}
