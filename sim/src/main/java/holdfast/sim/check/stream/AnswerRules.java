package holdfast.sim.check.stream;

import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;

/// What an answer must satisfy whatever the state was: rules between a call and its own answer.
final class AnswerRules {

    private AnswerRules() {}

    /// Returns what is wrong, or null.
    static String broken(Call call, Answer answer) {
        boolean nothing = call instanceof Call.Append append && append.records().isEmpty() && !append.close();
        return nothing && judged(answer) ? "an append of nothing is never applied" : misfit(call, answer);
    }

    /// Whether the answer tells that the stream has seen the call.
    private static boolean judged(Answer answer) {
        return !(answer instanceof Answer.NotWritten
                || answer instanceof Answer.NoSuchStream
                || answer instanceof Answer.Unknown
                || answer instanceof Answer.Nothing);
    }

    private static String misfit(Call call, Answer answer) {
        return switch (answer) {
            case Answer.Created _, Answer.AlreadyExists _ -> unless(call instanceof Call.Create);
            case Answer.Deleted _ -> unless(call instanceof Call.Delete);
            case Answer.Closed _ -> unless(call instanceof Call.Close);
            case Answer.TailIs t -> call instanceof Call.Tail ? tail(t.tail()) : unless(false);
            case Answer.Records r -> call instanceof Call.Read read ? records(read, r) : unless(false);
            case Answer.PastTail p -> call instanceof Call.Read read ? pastTail(read, p) : unless(false);
            case Answer.Appended a -> call instanceof Call.Append append ? appended(append, a) : unless(false);
            case Answer.StreamClosed c -> call instanceof Call.Append ? tail(c.tail()) : unless(false);
            case Answer.WrongTail w -> call instanceof Call.Append append ? wrongTail(append, w) : unless(false);
            case Answer.SequenceGap g -> call instanceof Call.Append append ? gap(append.producer(), g) : unless(false);
            case Answer.Fenced f -> call instanceof Call.Append append ? fenced(append.producer(), f) : unless(false);
            case Answer.ProducerForgotten f ->
                call instanceof Call.Append append ? producerForgotten(append.producer(), f) : unless(false);
            case Answer.DuplicateForgotten f ->
                call instanceof Call.Append append ? forgotten(append.producer(), f) : unless(false);
            case Answer.NoSuchStream _, Answer.NotWritten _, Answer.Unknown _, Answer.Nothing _ -> null;
        };
    }

    private static String unless(boolean fits) {
        return fits ? null : "the answer does not fit the call";
    }

    private static String tail(long tail) {
        return tail >= 0 ? null : "a tail is not negative";
    }

    private static String records(Call.Read read, Answer.Records r) {
        if (r.from() != read.from()) {
            return "the records begin at another offset than asked for";
        }
        if (r.from() < 0) {
            return "there are no records before the stream's beginning";
        }
        if (r.records().size() > read.recordsMax()) {
            return "there are more records than asked for";
        }
        return r.from() + r.records().size() <= r.tail() ? null : "there are records beyond the tail it told";
    }

    private static String pastTail(Call.Read read, Answer.PastTail past) {
        return past.tail() < read.from() ? tail(past.tail()) : "it read from an offset that is not past the tail it told";
    }

    private static String appended(Call.Append append, Answer.Appended a) {
        if (a.duplicate()) {
            return append.producer().isNone() ? "without a producer nothing is known to be a duplicate" : null;
        }
        boolean met = append.expectedTail() == Command.ANY_TAIL || append.expectedTail() == a.first();
        return met ? unlike(append, a) : "it was appended at another offset than the expected tail";
    }

    /// How the answer differs from one to this very append, or null. A duplicate may be one of another append
    /// with the same number.
    static String unlike(Call.Append append, Answer.Appended a) {
        if (a.first() < 0 || a.next() - a.first() != append.records().size()) {
            return "the offsets told do not fit the number of records";
        }
        return a.closed() == append.close() ? null : "the closed flag told is not what was asked for";
    }

    private static String wrongTail(Call.Append append, Answer.WrongTail w) {
        boolean wrong = append.expectedTail() != Command.ANY_TAIL && append.expectedTail() != w.tail();
        return wrong ? tail(w.tail()) : "the tail told is the expected one";
    }

    private static String gap(Command.Producer producer, Answer.SequenceGap gap) {
        boolean gapped = !producer.isNone() && gap.expectedSeq() >= 0 && gap.expectedSeq() < producer.seq();
        return gapped ? null : "the number sent is not beyond the expected number told";
    }

    private static String fenced(Command.Producer producer, Answer.Fenced fenced) {
        boolean older = !producer.isNone() && fenced.currentEpoch() > producer.epoch();
        return older ? null : "the epoch sent is not older than the current one told";
    }

    private static String producerForgotten(Command.Producer producer, Answer.ProducerForgotten forgotten) {
        boolean covered = !producer.isNone() && forgotten.epoch() >= producer.epoch();
        return covered ? null : "the epoch sent is above the one told to be forgotten";
    }

    private static String forgotten(Command.Producer producer, Answer.DuplicateForgotten f) {
        boolean known = !producer.isNone() && f.lastSeq() >= producer.seq();
        return known ? tail(f.tail()) : "the number sent is beyond the last number told";
    }
}
