package holdfast.sim.check.stream;

import holdfast.sim.history.HistoryText;

/// Builds the sentences of a violation. Called only when one has been found.
final class Explain {

    private static final int TEXT_MAX = 160;

    private Explain() {}

    /// One operation alone contradicts itself or the history.
    static Verdict.Violation one(Operation wrong, String why) {
        return new Verdict.Violation(describe(wrong) + ": " + why + ".", wrong.number, Verdict.NONE);
    }

    /// `wrong` contradicts `witness`; `between` continues the sentence from the one to the other. A witness that
    /// is missing means that the history's beginning is the witness.
    static Verdict.Violation two(Operation wrong, String between, Operation witness) {
        if (witness == null) {
            return one(wrong, between + " the state at the beginning");
        }
        if (witness == wrong) {
            return one(wrong, between + " itself");
        }
        boolean ordered = witness.invokedAt < wrong.invokedAt;
        return new Verdict.Violation(
                describe(wrong) + ": " + between + " " + describe(witness) + ".",
                ordered ? witness.number : wrong.number,
                ordered ? wrong.number : witness.number);
    }

    static String batch(Batch batch) {
        return "the batch at [" + batch.base + ", " + batch.end() + ")";
    }

    static String describe(Operation op) {
        StringBuilder out = new StringBuilder();
        out.append("operation ").append(op.number).append(" of client ").append(op.client).append(" (events ");
        out.append(op.invokedAt).append(" to ");
        if (op.answer == null) {
            out.append("never");
        } else {
            out.append(op.answeredAt);
        }
        out.append("; ").append(shortened(HistoryText.words(op.call))).append(" -> ").append(shortened(answer(op))).append(')');
        return out.toString();
    }

    private static String answer(Operation op) {
        if (op.answer == null) {
            return "no answer";
        }
        if (op.hasDroppedRecords()) {
            boolean closed = op.flag == Told.Flag.CLOSED;
            return op.shown + " records from " + op.readFrom() + ", tail " + op.tail + (closed ? ", closed" : "");
        }
        return HistoryText.words(op.answer);
    }

    private static String shortened(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "..";
    }
}
