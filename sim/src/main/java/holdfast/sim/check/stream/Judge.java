package holdfast.sim.check.stream;

import holdfast.sim.history.Answer;
import holdfast.stream.Command;
import java.util.Arrays;
import java.util.List;

/// Decides whether the operations of a stream fit one [Line], exactly and in one pass.
///
/// Every operation gets an interval of states: when it took effect, the state was at least `lower` and at most
/// `upper`. The operation that makes a transition has the state before it as its upper end. Then the history is
/// linearizable with this line if and only if
///
///     for all a, b:   a answered before b was invoked   implies   lower(a) <= upper(b)
///
/// *Necessary*: the state never goes back. *Sufficient*: let lo(i) be the latest invocation of an operation with
/// upper < i, and hi(i) the earliest answer of one with lower >= i. For i <= j the premise gives lo(i) < hi(j), so
/// transition i can be put just after max(lo(1)..lo(i)), in order of i and before hi(i); every observation then
/// finds room between the transitions of its interval and inside its own time.
final class Judge {

    private final StreamFacts facts;
    private final Line line;
    private final int[] lower;
    private final int[] upper;

    Judge(StreamFacts facts, Line line) {
        this.facts = facts;
        this.line = line;
        lower = new int[facts.operations.size()];
        upper = new int[facts.operations.size()];
        Arrays.fill(upper, Line.NO_STATE);
    }

    /// Returns the first violation found, or null if the history is linearizable with the line.
    Verdict.Violation judge() {
        Verdict.Violation violation = misplaced(line.misplaced());
        for (int i = 0; i < facts.operations.size() && violation == null; i++) {
            violation = bound(facts.operations.get(i));
        }
        if (violation == null) {
            violation = boundMakers();
        }
        return violation == null ? sweep() : violation;
    }

    private static Verdict.Violation misplaced(Batch batch) {
        if (batch == null) {
            return null;
        }
        Operation maker = batch.maker(batch.base);
        Operation shown = batch.placedBy != null ? batch.placedBy : maker;
        String why = batch.hasProducer()
                ? "its batch stands out of its producer's order, or after the close"
                : "its batch stands after the close";
        return shown == null ? new Verdict.Violation(why, Verdict.NONE, Verdict.NONE) : Explain.one(shown, why);
    }

    private Verdict.Violation bound(Operation op) {
        int place = op.place;
        switch (op.told) {
            case NOTHING, ONCE_ABSENT -> {}
            case ABSENT -> upper[place] = Line.ABSENT;
            case CREATED -> lower[place] = Line.EMPTY;
            case PRESENT -> {
                lower[place] = Line.EMPTY;
                upper[place] = op.flag == Told.Flag.OPEN ? before(line.closedState()) : Line.NO_STATE;
            }
            case APPENDED -> lower[place] = line.stateOf(op.batch);
            case PREFIX, TAIL -> {
                lower[place] = lowerOfTail(op);
                upper[place] = op.told == Told.TAIL ? upperOfTail(op) : Line.NO_STATE;
            }
        }
        Command.Producer producer = op.producer();
        if (!producer.isNone() && !op.isUnsettled()) {
            ProducerLine numbers = line.producer(producer.id());
            lower[place] = Math.max(lower[place], lowerOfProducer(op.answer, producer, numbers));
            upper[place] = Math.min(upper[place], upperOfProducer(op.answer, producer, numbers));
        }
        return impossible(op);
    }

    private Verdict.Violation impossible(Operation op) {
        if (lower[op.place] == Line.NO_STATE) {
            return Explain.one(op, "the stream was never in a state that fits this answer");
        }
        if (lower[op.place] > upper[op.place]) {
            return Explain.one(op, "no one state of the stream fits all that this answer tells");
        }
        return null;
    }

    private int lowerOfTail(Operation op) {
        if (op.flag == Told.Flag.CLOSED) {
            return op.tail == line.tail() ? line.closedState() : Line.NO_STATE;
        }
        int state = line.stateOfTail(op.tail);
        boolean wronglyOpen = op.flag == Told.Flag.OPEN && state == line.closedState();
        return wronglyOpen ? Line.NO_STATE : state;
    }

    private int upperOfTail(Operation op) {
        boolean mayBeClosed = op.flag != Told.Flag.OPEN && op.tail == line.tail();
        return mayBeClosed && line.closedState() != Line.NO_STATE ? line.closedState() : line.stateOfTail(op.tail);
    }

    /// What an answer proves to be there of its producer's batches. A gap is judged before the tail, so whoever
    /// was told of a wrong tail had no gap. Nothing of a forgotten producer comes after it was told so, in the epochs told.
    private static int lowerOfProducer(Answer answer, Command.Producer sent, ProducerLine numbers) {
        return switch (answer) {
            case Answer.SequenceGap gap ->
                gap.expectedSeq() == 0 ? Line.EMPTY : numbers.stateOf(sent.epoch(), gap.expectedSeq() - 1);
            case Answer.Fenced fenced -> numbers.stateOf(fenced.currentEpoch(), 0);
            case Answer.ProducerForgotten forgotten -> numbers.lastUpTo(forgotten.epoch());
            case Answer.DuplicateForgotten f -> numbers.stateOf(sent.epoch(), f.lastSeq());
            case Answer.WrongTail _ -> sent.seq() == 0 ? Line.EMPTY : numbers.stateOf(sent.epoch(), sent.seq() - 1);
            case Answer.Created _, Answer.AlreadyExists _, Answer.Appended _, Answer.Closed _, Answer.Deleted _,
                    Answer.NoSuchStream _, Answer.StreamClosed _, Answer.NotWritten _, Answer.Unknown _,
                    Answer.Records _, Answer.TailIs _, Answer.PastTail _, Answer.Nothing _ ->
                Line.ABSENT;
        };
    }

    /// What an answer proves not to be there yet. A producer is judged before the tail and the close: an attempt
    /// of a batch that stands is a duplicate, and one of an old epoch is fenced, whatever else is true.
    private static int upperOfProducer(Answer answer, Command.Producer sent, ProducerLine numbers) {
        int nextEpoch = numbers.firstFrom(sent.epoch() + 1);
        return switch (answer) {
            case Answer.SequenceGap gap -> beforeNumber(gap.expectedSeq(), sent, numbers);
            case Answer.Fenced fenced -> before(numbers.firstFrom(fenced.currentEpoch() + 1));
            case Answer.ProducerForgotten forgotten -> before(numbers.firstFrom(forgotten.epoch() + 1));
            case Answer.DuplicateForgotten f -> beforeNumber(f.lastSeq() + 1, sent, numbers);
            case Answer.WrongTail _, Answer.StreamClosed _ ->
                before(Math.min(nextEpoch, numbers.stateOf(sent.epoch(), sent.seq())));
            case Answer.Appended _ -> before(nextEpoch);
            case Answer.Created _, Answer.AlreadyExists _, Answer.Closed _, Answer.Deleted _, Answer.NoSuchStream _,
                    Answer.NotWritten _, Answer.Unknown _, Answer.Records _, Answer.TailIs _, Answer.PastTail _,
                    Answer.Nothing _ ->
                Line.NO_STATE;
        };
    }

    private static int beforeNumber(long seq, Command.Producer sent, ProducerLine numbers) {
        if (seq == 0) {
            return before(numbers.firstFrom(sent.epoch()));
        }
        return before(Math.min(numbers.stateOf(sent.epoch(), seq), numbers.firstFrom(sent.epoch() + 1)));
    }

    private static int before(int state) {
        return state == Line.NO_STATE ? Line.NO_STATE : state - 1;
    }

    /// The state before a transition is the upper end of the operation that makes it.
    private Verdict.Violation boundMakers() {
        List<Batch> batches = line.batches();
        long base = 0;
        for (Batch batch : batches) {
            Operation maker = batch.maker(base);
            if (maker == null) {
                return Explain.one(batch.placedBy, "no attempt of this batch that may have been written fits its place");
            }
            bindMaker(maker, line.stateOf(batch));
            base += batch.size();
        }
        if (line.closing() != null) {
            bindMaker(line.closing().maker(), line.closedState());
        }
        return boundCreator();
    }

    private Verdict.Violation boundCreator() {
        if (facts.exists) {
            return null;
        }
        Operation witness = null;
        for (Operation op : facts.operations) {
            if (lower[op.place] >= Line.EMPTY) {
                witness = op;
                break;
            }
        }
        if (witness == null) {
            return null;
        }
        Operation creator = facts.creator();
        if (creator == null) {
            return Explain.one(witness, "the stream was there, but nobody can have made it");
        }
        bindMaker(creator, Line.EMPTY);
        return null;
    }

    /// `made` is the state after the transition.
    private void bindMaker(Operation maker, int made) {
        upper[maker.place] = Math.min(upper[maker.place], made - 1);
    }

    private Verdict.Violation sweep() {
        int proved = facts.exists ? Line.EMPTY : Line.ABSENT;
        Operation provedBy = null;
        for (int i = 0; i < facts.eventCount(); i++) {
            int event = facts.event(i);
            int place = event >> 1;
            boolean answered = (event & 1) == 1;
            if (!answered && proved > upper[place]) {
                Operation late = facts.operations.get(place);
                return Explain.two(late, "it can only have come before what had been proved, before it began, by", provedBy);
            }
            if (answered && lower[place] > proved) {
                proved = lower[place];
                provedBy = facts.operations.get(place);
            }
        }
        return null;
    }

    /// An order of effects that explains the history, once it has been accepted.
    List<Witness> witness() {
        return new WitnessOrder(facts, line, lower, upper).order();
    }
}
