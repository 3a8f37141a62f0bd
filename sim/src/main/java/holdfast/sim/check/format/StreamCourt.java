package holdfast.sim.check.format;

import holdfast.sim.check.stream.Standing;
import holdfast.sim.check.stream.StreamChecker;
import holdfast.sim.check.stream.Verdict;
import holdfast.sim.check.stream.Witness;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.Event;
import holdfast.sim.history.History;
import holdfast.sim.history.HistoryText;
import holdfast.sim.history.format.Datum;
import holdfast.sim.history.format.Entry;
import holdfast.sim.history.format.StreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Judges streams, online: the first answer that cannot be right ends the judging, not the reading.
final class StreamCourt implements Court {

    private final StreamReader reader = new StreamReader();
    private final StreamChecker checker;
    private final Processes processes = new Processes();
    private final boolean keeps;
    /// Of the header: process p is client p mod clients; 0 if it does not say.
    private final long clients;
    private final List<Call> calls = new ArrayList<>();
    private final History history = new History();
    private Verdict verdict;
    private int events;

    /// @param keeps whether [#deeds] will be asked for; then all events are kept
    StreamCourt(Datum.Table header, boolean keeps) {
        this.keeps = keeps;
        checker = new StreamChecker(existing(header));
        clients = header.get("clients") instanceof Datum.Number(long count) ? count : 0;
    }

    private static SequencedSet<String> existing(Datum.Table header) {
        TreeSet<String> existing = new TreeSet<>();
        Datum streams = header.get("streams");
        for (Datum stream : streams == null ? List.<Datum>of() : streams.list()) {
            existing.add(stream.name());
        }
        return existing;
    }

    @Override
    public String take(Entry entry) {
        if (!entry.isClient()) {
            return "";
        }
        String refusal = processes.refusal(entry);
        if (!refusal.isEmpty()) {
            return refusal;
        }
        return entry.type() == Entry.Type.INVOKE ? call(entry) : complete(entry);
    }

    private String call(Entry entry) {
        Call call = reader.call(entry);
        if (reader.complaint().isEmpty()) {
            int op = calls.size();
            int client = client(entry.process());
            processes.called(entry, op);
            calls.add(call);
            checker.invoked(op, client, call);
            events++;
            if (keeps) {
                history.invoked(client, call);
            }
        }
        return reader.complaint();
    }

    private int client(String process) {
        long number = Long.parseLong(process);
        return (int) ((clients > 0 ? number % clients : number) & Integer.MAX_VALUE);
    }

    private String complete(Entry entry) {
        Processes.Open open = processes.completed(entry);
        if (open == null) {
            return "";
        }
        Answer answer = reader.answer(calls.get(open.op()), entry);
        if (reader.complaint().isEmpty()) {
            checker.answered(open.op(), answer);
            events++;
            if (keeps) {
                history.answered(open.op(), answer);
            }
        }
        return reader.complaint();
    }

    @Override
    public int events() {
        return events;
    }

    @Override
    public Judgement judge(long configurations) {
        verdict = checker.finish(configurations);
        int operations = calls.size();
        return switch (verdict) {
            case Verdict.Linearizable _ ->
                new Judgement(Judgement.Ruling.LINEARIZABLE, "", operations, Judgement.NONE, Judgement.NONE);
            case Verdict.Violation violation -> new Judgement(
                    Judgement.Ruling.NOT_LINEARIZABLE,
                    violation.explanation(),
                    operations,
                    violation.first(),
                    violation.second());
            case Verdict.Undecided undecided ->
                new Judgement(Judgement.Ruling.UNDECIDED, undecided.why(), operations, Judgement.NONE, Judgement.NONE);
        };
    }

    @Override
    public List<Deed> deeds() {
        List<Event.Invoked> invoked = new ArrayList<>();
        int[] called = new int[calls.size()];
        int[] returned = new int[calls.size()];
        Arrays.fill(returned, Deed.NEVER);
        Answer[] answers = new Answer[calls.size()];
        int event = 0;
        for (Event next : history.events()) {
            switch (next) {
                case Event.Invoked call -> {
                    called[call.op()] = event++;
                    invoked.add(call);
                }
                case Event.Answered answer -> {
                    returned[answer.op()] = event++;
                    answers[answer.op()] = answer.answer();
                }
            }
        }
        List<Deed> deeds = new ArrayList<>();
        for (Event.Invoked call : invoked) {
            int op = call.op();
            Answer answer = answers[op];
            Supplier<String> told = () -> answer == null ? "no answer" : HistoryText.words(answer);
            deeds.add(new Deed(call.client(), called[op], returned[op], () -> HistoryText.words(call.call()), told,
                    kind(answer), tail(answer)));
        }
        return deeds;
    }

    private static Deed.Kind kind(Answer answer) {
        return switch (answer) {
            case null -> Deed.Kind.UNKNOWN;
            case Answer.Unknown _ -> Deed.Kind.UNKNOWN;
            case Answer.NotWritten _, Answer.ProducerForgotten _, Answer.Nothing _ -> Deed.Kind.FAILED;
            default -> Deed.Kind.DONE;
        };
    }

    private static long tail(Answer answer) {
        return switch (answer) {
            case null -> Deed.UNTOLD;
            case Answer.AlreadyExists there -> there.tail();
            case Answer.Appended appended -> appended.next();
            case Answer.DuplicateForgotten forgotten -> forgotten.tail();
            case Answer.Closed closed -> closed.tail();
            case Answer.WrongTail wrong -> wrong.tail();
            case Answer.StreamClosed closed -> closed.tail();
            case Answer.Records records -> records.tail();
            case Answer.TailIs tail -> tail.tail();
            case Answer.PastTail past -> past.tail();
            case Answer.Created _, Answer.Deleted _, Answer.NoSuchStream _, Answer.SequenceGap _, Answer.Fenced _,
                    Answer.ProducerForgotten _, Answer.NotWritten _, Answer.Unknown _, Answer.Nothing _ -> Deed.UNTOLD;
        };
    }

    @Override
    public List<Placing> order() {
        List<Placing> order = new ArrayList<>();
        if (verdict instanceof Verdict.Linearizable) {
            for (Witness witness : checker.witness()) {
                order.add(new Placing(witness.op(), witness.event()));
            }
        }
        return order;
    }

    @Override
    public List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        for (Standing s : checker.standings()) {
            spans.add(new Span(s.stream(), s.from(), s.to(), s.append(), s.shownBy()));
        }
        return spans;
    }
}
