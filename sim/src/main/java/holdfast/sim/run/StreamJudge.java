package holdfast.sim.run;

import holdfast.sim.check.Violation;
import holdfast.sim.check.stream.StreamChecker;
import holdfast.sim.check.stream.Verdict;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import java.util.LinkedHashSet;

/// The clients' history on its way to the checker: judged as it happens, and as a whole at the end.
final class StreamJudge {

    private static final String NAME = "stream-linearizability";

    /// What a search at the end may cost; a run ends with a full read, so there is nearly nothing to search for.
    private static final long CONFIGURATIONS_MAX = 200_000;

    private final StreamChecker checker = new StreamChecker(new LinkedHashSet<>());
    private int operations;

    int invoked(int client, Call call) {
        int op = operations++;
        objectTo(checker.invoked(op, client, call));
        return op;
    }

    void answered(int op, Answer answer) {
        objectTo(checker.answered(op, answer));
    }

    private static void objectTo(Verdict.Violation violation) {
        if (violation != null) {
            throw new Violation(NAME, violation.explanation());
        }
    }

    void finish() {
        switch (checker.finish(CONFIGURATIONS_MAX)) {
            case Verdict.Linearizable _ -> {}
            case Verdict.Violation violation -> objectTo(violation);
            case Verdict.Undecided undecided -> throw new Violation(NAME, "undecided: " + undecided.why());
        }
    }
}
