package holdfast.sim.history;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.stream.Command;
import java.util.List;

/// Reads what [HistoryText] writes. Stops at the first damaged line.
final class HistoryParser {

    private final History history = new History();

    HistoryText.Parsed parse(String text) {
        String[] lines = text.split("\n", -1);
        if (!lines[0].equals(HistoryText.HEADER)) {
            return new HistoryText.Parsed.Damaged(1, "the text does not begin with '" + HistoryText.HEADER + "'");
        }
        for (int i = 1; i < lines.length; i++) {
            boolean last = i == lines.length - 1;
            if (last && lines[i].isEmpty()) {
                return new HistoryText.Parsed.Whole(history);
            }
            String complaint = event(lines[i]);
            if (!complaint.isEmpty()) {
                return new HistoryText.Parsed.Damaged(i + 1, complaint);
            }
        }
        return new HistoryText.Parsed.Damaged(lines.length, "the last line is not ended");
    }

    /// Adds one event; returns what is wrong with the line, or an empty text.
    private String event(String line) {
        if (line.endsWith(HistoryText.CUT)) {
            return "the line was cut, as traces cut long ones; './holdfast replay SEED --history FILE' writes a whole history";
        }
        HistoryWords words = new HistoryWords(line);
        String kind = words.word("'invoke' or 'answer'");
        switch (kind) {
            case "invoke" -> invoke(words);
            case "answer" -> answer(words);
            default -> words.complain("an event begins with 'invoke' or 'answer', not with '" + kind + "'");
        }
        return words.complaint();
    }

    private void invoke(HistoryWords words) {
        int op = words.smallNumber("operation");
        if (op != history.operations()) {
            words.complain("operation " + op + " should be number " + history.operations());
        }
        words.keyword("client");
        int client = words.smallNumber("client");
        Call call = call(words);
        words.end();
        if (words.complaint().isEmpty()) {
            history.invoked(client, call);
        }
    }

    private void answer(HistoryWords words) {
        int op = words.smallNumber("operation");
        if (!history.isOpen(op)) {
            words.complain("operation " + op + " is not open, so it cannot be answered");
        }
        Answer answer = answerAfter(words.word("an answer"), words);
        words.end();
        if (words.complaint().isEmpty()) {
            history.answered(op, answer);
        }
    }

    private static Call call(HistoryWords words) {
        String kind = words.word("a call");
        return switch (kind) {
            case "create" -> new Call.Create(words.name());
            case "append" -> append(words);
            case "read" -> {
                String stream = words.name();
                long from = words.number("from");
                words.keyword("max");
                int max = words.smallNumber("max");
                yield new Call.Read(stream, from, max, level(words), session(words));
            }
            case "tail" -> new Call.Tail(words.name(), level(words), session(words));
            case "close" -> new Call.Close(words.name());
            case "delete" -> new Call.Delete(words.name());
            default -> {
                words.complain("'" + kind + "' is not a call");
                yield new Call.Create("");
            }
        };
    }

    private static Call append(HistoryWords words) {
        String stream = words.name();
        long expected = words.optional("expect") ? words.number() : Command.ANY_TAIL;
        Command.Producer producer = Command.Producer.NONE;
        if (words.optional("producer")) {
            producer = new Command.Producer(words.name(), words.number(), words.number());
        }
        boolean close = words.optional("close");
        List<Bytes> records = words.records();
        return new Call.Append(stream, records, expected, producer, close);
    }

    private static Level level(HistoryWords words) {
        return words.optional("local") ? Level.LOCAL : Level.LINEARIZABLE;
    }

    private static long session(HistoryWords words) {
        return words.optional("session") ? words.number() : Call.NO_SESSION;
    }

    private static boolean closed(HistoryWords words) {
        return words.optional("closed");
    }

    private static Answer answerAfter(String kind, HistoryWords words) {
        return switch (kind) {
            case "created" -> new Answer.Created(words.number("incarnation"));
            case "already-exists" ->
                new Answer.AlreadyExists(words.number("incarnation"), words.number("tail"), closed(words));
            case "appended" ->
                new Answer.Appended(
                        words.number("first"), words.number("next"), words.optional("duplicate"), closed(words));
            case "forgotten" -> new Answer.DuplicateForgotten(words.number("last"), words.number("tail"));
            case "closed" -> new Answer.Closed(words.number("tail"));
            case "deleted" -> new Answer.Deleted();
            case "no-such-stream" -> new Answer.NoSuchStream();
            case "wrong-tail" -> new Answer.WrongTail(words.number("tail"));
            case "stream-closed" -> new Answer.StreamClosed(words.number("tail"));
            case "gap" -> new Answer.SequenceGap(words.number("expected"));
            case "fenced" -> new Answer.Fenced(words.number("epoch"));
            case "producer-forgotten" -> new Answer.ProducerForgotten(words.number("epoch"));
            case "not-written" -> new Answer.NotWritten();
            case "unknown" -> new Answer.Unknown();
            case "records" -> {
                long from = words.number("from");
                long tail = words.number("tail");
                boolean closed = closed(words);
                yield new Answer.Records(from, words.records(), tail, closed);
            }
            case "tail-is" -> new Answer.TailIs(words.number("tail"), closed(words));
            case "past-tail" -> new Answer.PastTail(words.number("tail"));
            case "nothing" -> new Answer.Nothing();
            default -> {
                words.complain("'" + kind + "' is not an answer");
                yield new Answer.Nothing();
            }
        };
    }
}
