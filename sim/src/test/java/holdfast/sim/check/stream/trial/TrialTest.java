package holdfast.sim.check.stream.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.check.stream.StreamChecker;
import holdfast.sim.check.stream.Verdict;
import holdfast.sim.check.stream.Witness;
import holdfast.sim.check.general.Spec;
import holdfast.sim.check.general.spec.StreamSpec;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.Event;
import holdfast.sim.history.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The linear check of streams against the search over their specification; `./holdfast history selftest` does the
/// same for longer.
@Tag("slow")
class TrialTest {

    private static final int SMALL = 1_000_000;
    private static final int LARGE = 20_000;

    @Test
    @DisplayName("both judges agree on every random history, and both verdicts are frequent")
    void agreement() {
        int linearizable = 0;
        for (long number = 1; number <= SMALL; number++) {
            linearizable += agreed(Trial.number(number, 8)) ? 1 : 0;
        }
        for (long number = 1; number <= LARGE; number++) {
            agreed(Trial.number(number, 14));
        }
        assertTrue(linearizable > SMALL / 2 && linearizable < SMALL * 9 / 10, linearizable + " of " + SMALL);
    }

    private static boolean agreed(Trial trial) {
        assertTrue(trial.agreed(), trial::report);
        return trial.general().passed();
    }

    @Test
    @DisplayName("an undamaged history is linearizable")
    void undamaged() {
        for (long number = 1; number <= LARGE; number++) {
            Trial trial = Trial.number(number, 12);
            assertTrue(trial.damages() > 0 || trial.general().passed(), trial::report);
        }
    }

    @Test
    @DisplayName("a trial is a function of its number")
    void repeatable() {
        for (long number = 1; number <= 200; number++) {
            assertEquals(Trial.number(number, 14).report(), Trial.number(number, 14).report());
        }
    }

    @Test
    @DisplayName("the order that a verdict comes with explains every answer, in real time")
    void witness() {
        for (long number = 1; number <= LARGE; number++) {
            Trial trial = Trial.number(number, 12);
            if (trial.general().passed()) {
                assertEquals("", fault(trial.history()), trial::report);
            }
        }
    }

    /// What is wrong with the order that explains a linearizable history.
    private static String fault(History history) {
        StreamChecker checker = new StreamChecker(new TreeSet<>());
        List<Call> calls = new ArrayList<>();
        int[] called = new int[history.operations()];
        int[] returned = new int[history.operations()];
        Answer[] answers = new Answer[history.operations()];
        Arrays.fill(returned, Integer.MAX_VALUE);
        int at = 0;
        for (Event event : history.events()) {
            switch (event) {
                case Event.Invoked invoked -> {
                    checker.invoked(invoked.op(), invoked.client(), invoked.call());
                    calls.add(invoked.call());
                    called[invoked.op()] = at++;
                }
                case Event.Answered(int op, Answer answer) -> {
                    checker.answered(op, answer);
                    boolean open = answer instanceof Answer.Unknown || answer instanceof Answer.Nothing;
                    answers[op] = open ? null : answer;
                    returned[op] = open ? Integer.MAX_VALUE : at;
                    at++;
                }
            }
        }
        assertTrue(checker.finish(1_000_000) instanceof Verdict.Linearizable);
        StreamSpec spec = new StreamSpec(false);
        StreamSpec.State state = spec.initial();
        int last = -1;
        TreeSet<Integer> placed = new TreeSet<>();
        for (Witness step : checker.witness()) {
            int op = step.op();
            if (!placed.add(op) || step.event() < Math.max(last, called[op]) || step.event() >= returned[op]) {
                return "operation " + op + " is out of order";
            }
            last = step.event();
            Spec.Step<StreamSpec.State, Answer> done = spec.apply(state, calls.get(op));
            if (answers[op] != null && !spec.explains(state, calls.get(op), done.output(), answers[op])) {
                return "operation " + op + " is not explained";
            }
            state = answers[op] == null ? done.state() : spec.learn(done.state(), calls.get(op), answers[op]);
        }
        for (int op = 0; op < answers.length; op++) {
            if (answers[op] != null && !(answers[op] instanceof Answer.NotWritten) && !placed.contains(op)) {
                return "operation " + op + " is not in the order";
            }
        }
        return "";
    }
}
