package holdfast.sim.check.stream.trial;

import holdfast.sim.check.general.GeneralCheck;
import holdfast.sim.check.general.Op;
import holdfast.sim.check.general.OpLog;
import holdfast.sim.check.general.Outcome;
import holdfast.sim.check.general.spec.StreamSpec;
import holdfast.sim.check.stream.StreamChecker;
import holdfast.sim.check.stream.Verdict;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.Event;
import holdfast.sim.history.History;
import holdfast.sim.history.HistoryText;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/// One random history under two judges. It is a function of its number, so a disagreement can be repeated.
///
/// @param history what was judged
/// @param damages how often it was damaged
/// @param linear what the linear check says
/// @param general what the search says
public record Trial(
        History history,
        int damages,
        Verdict linear,
        holdfast.sim.check.general.Verdict<Call, Answer> general) {

    private static final long CONFIGURATIONS = 10_000_000;

    /// The trial with this number. Most histories are undamaged or damaged once; some up to four times.
    public static Trial number(long number, int operationsMax) {
        return number(number, operationsMax, Trial::linear);
    }

    /// The same with another judge in place of the linear check.
    public static Trial number(long number, int operationsMax, Function<History, Verdict> judge) {
        Dice dice = new Dice(number);
        List<Event> events = new Storyteller(dice, Features.roll(dice, operationsMax)).tell();
        int damages = dice.percent(45) ? 0 : dice.percent(60) ? 1 : 2 + dice.below(3);
        Damage damage = new Damage(dice);
        for (int i = 0; i < damages; i++) {
            events = damage.one(events);
        }
        History history = history(Sessions.inOrder(events));
        return new Trial(history, damages, judge.apply(history), general(history));
    }

    private static Verdict linear(History history) {
        return StreamChecker.check(history, new TreeSet<>(), CONFIGURATIONS);
    }

    /// Both came to a verdict, and to the same.
    public boolean agreed() {
        return !(linear instanceof Verdict.Undecided)
                && !(general instanceof holdfast.sim.check.general.Verdict.Undecided)
                && linear.passed() == general.passed();
    }

    /// The history and both verdicts, for people.
    public String report() {
        String found = switch (linear) {
            case Verdict.Linearizable _ -> "linearizable";
            case Verdict.Violation violation -> violation.explanation();
            case Verdict.Undecided undecided -> "undecided: " + undecided.why();
        };
        String searched = switch (general) {
            case holdfast.sim.check.general.Verdict.Linearizable<Call, Answer> _ -> "linearizable";
            case holdfast.sim.check.general.Verdict.Violation<Call, Answer> violation -> violation.sentence();
            case holdfast.sim.check.general.Verdict.Undecided<Call, Answer> undecided -> "undecided: " + undecided.why();
        };
        return HistoryText.write(history) + "linear check: " + found + "\ngeneral check: " + searched + "\n";
    }

    /// With operations numbered anew in order of call.
    private static History history(List<Event> events) {
        History history = new History();
        int[] numbers = new int[events.size()];
        for (Event event : events) {
            switch (event) {
                case Event.Invoked invoked -> numbers[invoked.op()] = history.invoked(invoked.client(), invoked.call());
                case Event.Answered answered -> history.answered(numbers[answered.op()], answered.answer());
            }
        }
        return history;
    }

    private static holdfast.sim.check.general.Verdict<Call, Answer> general(History history) {
        OpLog<Call, Answer> log = new OpLog<>();
        for (Event event : history.events()) {
            switch (event) {
                case Event.Invoked invoked -> log.called(invoked.client(), invoked.call());
                case Event.Answered answered -> log.returned(answered.op(), outcome(answered));
            }
        }
        return new GeneralCheck<>(new StreamSpec(false)).check(withoutLostReads(log.ops()), CONFIGURATIONS);
    }

    private static Outcome<Answer> outcome(Event.Answered answered) {
        return switch (answered.answer()) {
            case Answer.NotWritten _, Answer.ProducerForgotten _ -> new Outcome.Failed<>();
            case Answer.Unknown _, Answer.Nothing _ -> new Outcome.Unknown<>();
            case Answer.Created _, Answer.AlreadyExists _, Answer.Appended _, Answer.DuplicateForgotten _,
                    Answer.Closed _, Answer.Deleted _, Answer.NoSuchStream _, Answer.WrongTail _, Answer.StreamClosed _,
                    Answer.SequenceGap _, Answer.Fenced _, Answer.Records _, Answer.TailIs _, Answer.PastTail _ ->
                new Outcome.Ok<>(answered.answer());
        };
    }

    /// A read whose answer got lost is no read.
    private static List<Op<Call, Answer>> withoutLostReads(List<Op<Call, Answer>> ops) {
        return ops.stream()
                .filter(op -> op.outcome() instanceof Outcome.Ok
                        || !(op.input() instanceof Call.Read || op.input() instanceof Call.Tail))
                .toList();
    }
}
