package holdfast.sim.check.format;

import holdfast.sim.check.general.GeneralCheck;
import holdfast.sim.check.general.Op;
import holdfast.sim.check.general.OpLog;
import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.Spec;
import holdfast.sim.check.general.Verdict;
import holdfast.sim.history.format.DatumText;
import holdfast.sim.history.format.Entry;
import java.util.ArrayList;
import java.util.List;

/// Judges any object by search. Where a file does not say in which state the object was at first there are several
/// specs, one for each; the history is linearizable if it is so with one of them.
final class ObjectCourt<S, I, O> implements Court {

    private final Shape<I, O> shape;
    private final List<? extends Spec<S, I, O>> specs;
    private final OpLog<I, O> log = new OpLog<>();
    private final Processes processes = new Processes();
    private final List<Entry> invoked = new ArrayList<>();
    private final List<Entry> completed = new ArrayList<>();
    private List<Op<I, O>> order = List.of();
    private int events;

    ObjectCourt(Shape<I, O> shape, List<? extends Spec<S, I, O>> specs) {
        this.shape = shape;
        this.specs = specs;
    }

    @Override
    public String take(Entry entry) {
        if (!entry.isClient()) {
            return "";
        }
        Complaints complaints = new Complaints();
        complaints.add(processes.refusal(entry));
        if (complaints.first().isEmpty()) {
            if (entry.type() == Entry.Type.INVOKE) {
                call(entry, complaints);
            } else {
                complete(entry, complaints);
            }
        }
        return complaints.first();
    }

    private void call(Entry entry, Complaints complaints) {
        I input = shape.input(entry, complaints);
        if (complaints.first().isEmpty()) {
            int lane = (int) (Long.parseLong(entry.process()) & Integer.MAX_VALUE);
            processes.called(entry, log.called(lane, input));
            events++;
            invoked.add(entry);
            completed.add(null);
        }
    }

    private void complete(Entry entry, Complaints complaints) {
        Processes.Open open = processes.completed(entry);
        if (open == null) {
            return;
        }
        completed.set(open.op(), entry);
        events++;
        log.returned(open.op(), switch (entry.type()) {
            case OK -> shape.outcome(open.invoked(), entry, complaints);
            case FAIL -> shape.observes(entry)
                    ? shape.outcome(open.invoked(), entry, complaints)
                    : new Outcome.Failed<>();
            case INFO, INVOKE -> new Outcome.Unknown<>();
        });
    }

    @Override
    public int events() {
        return events;
    }

    @Override
    public Judgement judge(long configurations) {
        Verdict<I, O> verdict = null;
        for (Spec<S, I, O> spec : specs) {
            Verdict<I, O> next = new GeneralCheck<>(spec).check(log.ops(), configurations);
            if (verdict == null || next.passed() || next instanceof Verdict.Undecided) {
                verdict = next;
            }
            if (next.passed()) {
                break;
            }
        }
        return switch (verdict) {
            case Verdict.Linearizable<I, O> linearizable -> {
                order = linearizable.order();
                yield new Judgement(Judgement.Ruling.LINEARIZABLE, "", log.size(), Judgement.NONE, Judgement.NONE);
            }
            case Verdict.Violation<I, O> violation -> refuted(violation);
            case Verdict.Undecided<I, O> undecided ->
                new Judgement(Judgement.Ruling.UNDECIDED, undecided.why(), log.size(), Judgement.NONE, Judgement.NONE);
        };
    }

    private Judgement refuted(Verdict.Violation<I, O> violation) {
        order = violation.longest();
        Op<I, O> stuck = violation.stuck();
        int witness = Judgement.NONE;
        for (Op<I, O> op : order) {
            witness = op.returned() < stuck.called() ? op.number() : witness;
        }
        Entry entry = invoked.get(stuck.number());
        String line = "line " + entry.line() + ", " + asked(entry) + " -> " + told(stuck.number()) + ": ";
        return new Judgement(
                Judgement.Ruling.NOT_LINEARIZABLE, line + violation.sentence(), log.size(), witness, stuck.number());
    }

    @Override
    public List<Deed> deeds() {
        List<Deed> deeds = new ArrayList<>();
        for (Op<I, O> op : log.ops()) {
            Deed.Kind kind = switch (op.outcome()) {
                case Outcome.Ok<O> _ -> Deed.Kind.DONE;
                case Outcome.Failed<O> _ -> Deed.Kind.FAILED;
                case Outcome.Unknown<O> _ -> Deed.Kind.UNKNOWN;
            };
            deeds.add(new Deed(op.client(), op.called(), op.returned(), () -> asked(invoked.get(op.number())),
                    () -> told(op.number()), kind, Deed.UNTOLD));
        }
        return deeds;
    }

    private static String asked(Entry entry) {
        String value = entry.value().isNil() ? "" : " " + DatumText.edn(entry.value());
        return entry.f() + (entry.fields().get("key") == null ? "" : " " + DatumText.edn(entry.fields().get("key"))) + value;
    }

    private String told(int op) {
        Entry entry = completed.get(op);
        return entry == null ? "no answer" : entry.type().written() + " " + DatumText.edn(entry.value());
    }

    @Override
    public List<Placing> order() {
        List<Placing> placings = new ArrayList<>();
        int event = 0;
        for (Op<I, O> op : order) {
            event = Math.max(event, op.called());
            placings.add(new Placing(op.number(), event));
        }
        return placings;
    }
}
