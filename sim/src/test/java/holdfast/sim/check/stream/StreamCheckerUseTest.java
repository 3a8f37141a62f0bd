package holdfast.sim.check.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import holdfast.Bytes;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Event;
import holdfast.sim.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The checker as it is used: fed event by event, given a certificate, and on long histories.
class StreamCheckerUseTest {

    private static final long CONFIGURATIONS = 100_000;

    @Test
    @DisplayName("a certificate speeds up a yes and never makes one")
    void certificate() {
        StringBuilder lines = new StringBuilder();
        List<Bytes> committed = new ArrayList<>();
        for (int op = 0; op < 30; op++) {
            lines.append("invoke ").append(op).append(" client ").append(op);
            lines.append(" append s producer p").append(op).append(" 0 0 records");
            for (int i = 0; i < 2 + op % 3 * 2; i++) {
                lines.append(" r").append(op).append('-').append(i);
                if (op % 2 == 1) {
                    committed.add(Bytes.utf8("r" + op + "-" + i));
                }
            }
            lines.append('\n');
        }
        String tail = "invoke 30 client 99 tail s\nanswer 30 tail-is tail ";
        Verdict good = fed(lines + tail + committed.size() + "\n").finish(40, _ -> committed);
        assertInstanceOf(Verdict.Linearizable.class, good);
        Verdict odd = fed(lines + tail + (committed.size() - 1) + "\n").finish(40, _ -> committed);
        assertFalse(odd.passed());
    }

    private static StreamChecker fed(String lines) {
        StreamChecker checker = new StreamChecker(new TreeSet<>(List.of("s")));
        for (Event event : StreamCheckerTest.history(lines).events()) {
            switch (event) {
                case Event.Invoked invoked -> checker.invoked(invoked.op(), invoked.client(), invoked.call());
                case Event.Answered answered -> checker.answered(answered.op(), answered.answer());
            }
        }
        return checker;
    }

    @Test
    @DisplayName("online, the first answer that cannot be right is refused when it comes, and for good")
    void online() {
        StreamChecker checker = new StreamChecker(new TreeSet<>(List.of("s")));
        History history = StreamCheckerTest.history("""
                invoke 0 client 1 append s records a
                answer 0 appended first 0 next 1
                invoke 1 client 2 tail s
                answer 1 tail-is tail 0
                invoke 2 client 2 tail s
                answer 2 tail-is tail 1
                """);
        List<Event> events = history.events();
        Verdict.Violation[] said = new Verdict.Violation[events.size()];
        for (int i = 0; i < events.size(); i++) {
            said[i] = switch (events.get(i)) {
                case Event.Invoked invoked -> checker.invoked(invoked.op(), invoked.client(), invoked.call());
                case Event.Answered answered -> checker.answered(answered.op(), answered.answer());
            };
        }
        assertNull(said[2]);
        assertNotNull(said[3]);
        assertEquals(said[3], said[5]);
        assertEquals(said[3], checker.finish(CONFIGURATIONS));
    }

    @Test
    @DisplayName("long right histories with every kind of trouble pass without a search")
    void longHistories() {
        for (int timeouts : new int[] {0, 50}) {
            History history = BigHistory.of(30_000, 8, timeouts, 5);
            assertInstanceOf(Verdict.Linearizable.class, StreamChecker.check(history, new TreeSet<>(), 1));
        }
    }

    @Test
    @DisplayName("one wrong tail in a long history is found, wherever it is")
    void needle() {
        History right = BigHistory.of(3_000, 5, 20, 9);
        for (int at = 50; at < right.events().size(); at += 97) {
            if (right.events().get(at) instanceof Event.Answered(int op, Answer.TailIs(long tail, boolean closed))) {
                History wrong = new History();
                for (Event event : right.events()) {
                    switch (event) {
                        case Event.Invoked invoked -> wrong.invoked(invoked.client(), invoked.call());
                        case Event.Answered answered -> wrong.answered(
                                answered.op(), answered.op() == op ? new Answer.TailIs(tail + 40, closed) : answered.answer());
                    }
                }
                assertFalse(StreamChecker.check(wrong, new TreeSet<>(), CONFIGURATIONS).passed(), "answer " + at);
            }
        }
    }
}
