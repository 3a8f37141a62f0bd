package holdfast.torture;

import holdfast.sim.check.stream.StreamChecker;
import holdfast.sim.check.stream.Verdict;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.History;
import holdfast.sim.history.HistoryText;
import java.util.TreeMap;
import java.util.TreeSet;

/// The history of one run, written by all clients and judged as it grows. An event is recorded before a call is
/// sent and after its answer has come, so the recorded order is one that really was.
final class Recorder {

    /// What a search for an order may cost; a run that ends by reading every stream needs none of it.
    private static final long CONFIGURATIONS = 10_000_000;

    private final History history = new History();
    private final StreamChecker checker = new StreamChecker(new TreeSet<>());
    private final TreeMap<String, Integer> answers = new TreeMap<>();
    private Verdict.Violation violation;
    private String report = "";

    synchronized int invoked(int client, Call call) {
        int op = history.invoked(client, call);
        note(checker.invoked(op, client, call));
        return op;
    }

    synchronized void answered(int op, Answer answer) {
        history.answered(op, answer);
        answers.merge(answer.getClass().getSimpleName(), 1, Integer::sum);
        note(checker.answered(op, answer));
    }

    private void note(Verdict.Violation found) {
        if (violation == null && found != null) {
            violation = found;
        }
    }

    /// Something is wrong that no history can say; an empty text is no report. The first one is kept.
    synchronized void report(String sentence) {
        if (report.isEmpty()) {
            report = sentence;
        }
    }

    /// What was reported first, or an empty text.
    synchronized String reported() {
        return report;
    }

    synchronized boolean isRefuted() {
        return violation != null || !report.isEmpty();
    }

    synchronized int operations() {
        return history.operations();
    }

    synchronized Verdict verdict() {
        return violation != null ? violation : checker.finish(CONFIGURATIONS);
    }

    /// Whether any append was acknowledged: without one there was nothing to lose.
    synchronized boolean hasAppended() {
        return appended() > 0;
    }

    /// How many appends have been acknowledged.
    synchronized long appended() {
        return answers.getOrDefault(Answer.Appended.class.getSimpleName(), 0);
    }

    /// How often each kind of answer was given, as one line.
    synchronized String tally() {
        StringBuilder line = new StringBuilder();
        answers.forEach((kind, count) ->
                line.append(line.isEmpty() ? "" : ", ").append(kind).append(' ').append(count));
        return line.toString();
    }

    synchronized String text() {
        return HistoryText.write(history);
    }
}
