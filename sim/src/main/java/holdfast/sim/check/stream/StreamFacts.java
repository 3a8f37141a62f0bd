package holdfast.sim.check.stream;

import holdfast.Bytes;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Everything known about one stream: its operations in order, the batches they were attempts of, and where
/// those stand. Fed event by event; O(1) amortised an event, plus O(1) a record appended or read.
///
/// The linear check asks for two things: a stream that is never deleted, and contents that name their batch
/// (no two live batches share a record or a producer number). From the first call that breaks this on, the
/// stream is [#suspended]: its events are kept whole and judged by search at the end.
final class StreamFacts {

    final String name;
    /// Whether the stream is there from the start.
    final boolean exists;
    final List<Operation> operations = new ArrayList<>();
    final List<Batch> batches = new ArrayList<>();
    final List<Operation> creates = new ArrayList<>();
    final List<Operation> closes = new ArrayList<>();
    /// Batches without a record: they can only close.
    final List<Batch> emptyClosers = new ArrayList<>();
    final RecordTable table = new RecordTable();
    final Places places;

    private final RealTimeRules realTime;
    private final NumberedBatches numbered = new NumberedBatches();
    /// Twice the place of the operation, plus one for its answer.
    private int[] events = new int[16];
    private int eventCount;
    private boolean suspended;
    private boolean producersRefused;
    private Operation createdBy;
    private Operation incarnationBy;
    private long incarnation = Answer.INCARNATION_UNTOLD;
    private Operation closedBy;

    StreamFacts(String name, boolean exists, RealTimeRules realTime) {
        this.name = name;
        this.exists = exists;
        this.realTime = realTime;
        places = new Places(table, realTime);
    }

    boolean suspended() {
        return suspended;
    }

    /// Whether a producer was refused, which may prove an append that nobody saw.
    boolean producersRefused() {
        return producersRefused;
    }

    /// Who told first that the stream is closed, or null.
    Operation closedBy() {
        return closedBy;
    }

    /// The create call that made the stream, or the one that leaves it most time: the earliest that may have.
    /// Null when there is none.
    Operation creator() {
        if (createdBy != null) {
            return createdBy;
        }
        for (Operation create : creates) {
            if (create.isUnsettled()) {
                return create;
            }
        }
        return null;
    }

    /// The batch that is known by this producer's number, or null.
    Batch batchOf(Command.Producer producer) {
        return numbered.get(producer);
    }

    int eventCount() {
        return eventCount;
    }

    /// Event number `i` of this stream: twice the operation's place, plus one if it is the answer.
    int event(int i) {
        return events[i];
    }

    Operation invoked(int number, int client, Call call, int at) {
        Operation op = new Operation(number, client, call, at, operations.size());
        operations.add(op);
        note(op.place * 2);
        realTime.invoked(op);
        switch (call) {
            case Call.Create _ -> creates.add(op);
            case Call.Append append -> attempt(op, append);
            case Call.Close _ -> closes.add(op);
            case Call.Delete _ -> suspended = true;
            case Call.Read _, Call.Tail _ -> {}
        }
        return op;
    }

    /// Returns the violation that this answer makes, or null.
    Verdict.Violation answered(Operation op, Answer answer, int at) {
        op.answered(answer, at);
        note(op.place * 2 + 1);
        if (answer instanceof Answer.Records r) {
            op.shown = r.records().size();
        }
        String broken = AnswerRules.broken(op.call, answer);
        if (broken != null) {
            return Explain.one(op, broken);
        }
        if (suspended) {
            return unknownRecord(op);
        }
        Verdict.Violation violation = learn(op);
        return violation == null ? realTime.answered(op) : violation;
    }

    private void note(int code) {
        if (eventCount == events.length) {
            events = Arrays.copyOf(events, eventCount * 2);
        }
        events[eventCount++] = code;
    }

    private void attempt(Operation op, Call.Append append) {
        Batch batch = append.producer().isNone() ? null : numbered.get(append.producer());
        boolean same = batch != null && batch.close == append.close() && batch.records.equals(append.records());
        if (batch != null && !same && batch.isAlive()) {
            suspended = true;
        }
        if (!same) {
            batch = new Batch(batches.size(), append.producer(), append.records(), append.close());
            begin(batch);
        }
        if (!batch.isAlive()) {
            claim(batch);
        }
        op.batch = batch;
        batch.attempt(op);
    }

    private void begin(Batch batch) {
        batches.add(batch);
        places.asked(batch.size());
        if (batch.hasProducer()) {
            numbered.put(batch.producer, batch);
        }
        if (batch.size() == 0 && batch.close) {
            emptyClosers.add(batch);
        }
    }

    /// A batch that comes to life takes its contents over from batches that certainly were not written.
    private void claim(Batch batch) {
        for (int ordinal = 0; ordinal < batch.size(); ordinal++) {
            int entry = table.entry(batch.records.get(ordinal));
            Batch owner = table.batch(entry);
            suspended |= owner != null && (owner == batch ? table.ordinal(entry) != ordinal : owner.isAlive());
            table.give(entry, batch, ordinal);
        }
    }

    private Verdict.Violation learn(Operation op) {
        Verdict.Violation violation = null;
        if (op.told == Told.TAIL || op.told == Told.PREFIX) {
            violation = places.tail(op);
        }
        if (violation == null) {
            violation = learn(op, op.answer);
        }
        if (closedBy == null && op.flag == Told.Flag.CLOSED) {
            closedBy = op;
        }
        return violation;
    }

    private Verdict.Violation learn(Operation op, Answer answer) {
        return switch (answer) {
            case Answer.Records r -> records(op, r);
            case Answer.Created c -> created(op, c);
            case Answer.AlreadyExists a -> incarnation(op, a.incarnation());
            case Answer.Appended a -> appended(op, a);
            case Answer.DuplicateForgotten _,
                    Answer.NoSuchStream _,
                    Answer.WrongTail _,
                    Answer.StreamClosed _,
                    Answer.SequenceGap _,
                    Answer.Fenced _,
                    Answer.ProducerForgotten _,
                    Answer.NotWritten _ -> refused(op);
            case Answer.Closed _,
                    Answer.Deleted _,
                    Answer.Unknown _,
                    Answer.TailIs _,
                    Answer.PastTail _,
                    Answer.Nothing _ -> null;
        };
    }

    /// Once compared with the line the records themselves are not needed any more: [#answerOf] finds them there.
    private Verdict.Violation records(Operation op, Answer.Records r) {
        Verdict.Violation violation = places.records(op, r.from(), r.records());
        if (violation == null) {
            op.dropRecords();
        }
        return violation;
    }

    private Verdict.Violation created(Operation op, Answer.Created c) {
        if (createdBy != null) {
            return Explain.two(op, "it made the stream, but so did", createdBy);
        }
        createdBy = op;
        return incarnation(op, c.incarnation());
    }

    private Verdict.Violation incarnation(Operation op, long told) {
        if (told == Answer.INCARNATION_UNTOLD) {
            return null;
        }
        if (incarnationBy == null) {
            incarnationBy = op;
            incarnation = told;
        }
        return told == incarnation
                ? null
                : Explain.two(op, "nobody deleted the stream, but it is another incarnation than told by", incarnationBy);
    }

    private Verdict.Violation appended(Operation op, Answer.Appended a) {
        Batch batch = op.batch;
        String unlike = AnswerRules.unlike((Call.Append) op.call, a);
        if (unlike != null) {
            return Explain.one(op, unlike);
        }
        if (!a.duplicate()) {
            if (batch.first != null) {
                return Explain.two(op, "it was the first to append its batch, but so was", batch.first);
            }
            batch.first = op;
        }
        Verdict.Violation violation = places.place(batch, a.first(), op);
        if (violation == null && batch.size() == 0) {
            violation = places.tail(op);
        }
        return violation == null ? places.made(batch) : violation;
    }

    /// This attempt certainly had no effect; if its batch stands, another attempt must have made it.
    private Verdict.Violation refused(Operation op) {
        if (op.batch == null) {
            return null;
        }
        producersRefused |= op.batch.hasProducer();
        op.batch.possible--;
        return op.batch.isPlaced() ? places.made(op.batch) : null;
    }

    /// The one rule for a suspended stream: what a read shows must have been asked for.
    private Verdict.Violation unknownRecord(Operation op) {
        if (op.batch != null && !op.mayHaveHappened()) {
            op.batch.possible--;
        }
        if (op.answer instanceof Answer.Records r) {
            for (Bytes record : r.records()) {
                if (table.find(record) < 0) {
                    return Explain.one(op, "it shows a record that nobody had asked to append");
                }
            }
        }
        return null;
    }

    /// The answer of `op` with its records.
    Answer answerOf(Operation op) {
        if (!op.hasDroppedRecords()) {
            return op.answer;
        }
        long from = op.readFrom();
        List<Bytes> records = new ArrayList<>(op.shown);
        for (long offset = from; offset < from + op.shown; offset++) {
            Batch owner = places.owner(offset);
            records.add(owner.records.get((int) (offset - owner.base)));
        }
        return new Answer.Records(from, records, op.tail, op.flag == Told.Flag.CLOSED);
    }
}
