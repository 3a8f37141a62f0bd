package holdfast.sim.check.general;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.check.general.GeneralCheck.Searcher;
import holdfast.sim.check.general.spec.KeyValue;
import holdfast.sim.check.general.spec.Mutex;
import holdfast.sim.check.general.spec.Register;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The search over any object: verdicts, what they come with, and what they cost.
@Tag("slow")
class GeneralCheckTest {

    private static final long CONFIGURATIONS = 1_000_000;
    private static final int TRIALS = 60_000;

    @Test
    @DisplayName("both orders, the portfolio and brute force agree on random small histories, and witnesses replay")
    void againstBruteForce() {
        for (long number = 0; number < TRIALS; number++) {
            assertEquals("", ObjectTrial.disagreement(number), "trial " + number);
        }
    }

    @Test
    @DisplayName("a violation names the operation that finds no place and the longest order without it")
    void violation() {
        OpLog<Register.Input, Register.Output> log = new OpLog<>();
        log.ok(log.called(1, new Register.Input.Write("a")), new Register.Output.Written());
        log.ok(log.called(2, new Register.Input.Read()), new Register.Output.Value("a"));
        log.ok(log.called(1, new Register.Input.Write("b")), new Register.Output.Written());
        int stale = log.called(2, new Register.Input.Read());
        log.ok(stale, new Register.Output.Value("a"));
        log.ok(log.called(2, new Register.Input.Read()), new Register.Output.Value("b"));
        Verdict<Register.Input, Register.Output> verdict =
                new GeneralCheck<>(new Register("nil")).check(log.ops(), CONFIGURATIONS);
        var violation = assertInstanceOf(Verdict.Violation.class, verdict);
        assertEquals(log.ops().get(stale), violation.stuck());
        assertEquals(log.ops().subList(0, stale), violation.longest());
        assertTrue(violation.sentence().contains("leaves the value b"), violation.sentence());
    }

    @Test
    @DisplayName("a write of the value that is there may be needed later, when it is another one")
    void writeOfTheSameValueIsKept() {
        OpLog<Register.Input, Register.Output> log = new OpLog<>();
        log.ok(log.called(1, new Register.Input.Write("a")), new Register.Output.Written());
        int late = log.called(2, new Register.Input.Write("a"));
        log.ok(log.called(3, new Register.Input.Read()), new Register.Output.Value("a"));
        log.ok(log.called(1, new Register.Input.Write("b")), new Register.Output.Written());
        log.ok(log.called(3, new Register.Input.Read()), new Register.Output.Value("b"));
        log.ok(log.called(3, new Register.Input.Read()), new Register.Output.Value("a"));
        log.ok(late, new Register.Output.Written());
        for (Searcher searcher : Searcher.values()) {
            GeneralCheck<String, Register.Input, Register.Output> check =
                    new GeneralCheck<>(new Register("nil"), List.of(searcher));
            assertInstanceOf(Verdict.Linearizable.class, check.check(log.ops(), CONFIGURATIONS));
        }
    }

    @Test
    @DisplayName("a write that others covered may still take effect at its end")
    void passedWriteIsStillToCome() {
        OpLog<Register.Input, Register.Output> log = new OpLog<>();
        int late = log.called(1, new Register.Input.Write("a"));
        log.ok(log.called(2, new Register.Input.Write("b")), new Register.Output.Written());
        log.ok(log.called(3, new Register.Input.Read()), new Register.Output.Value("b"));
        log.ok(late, new Register.Output.Written());
        log.ok(log.called(3, new Register.Input.Read()), new Register.Output.Value("a"));
        for (Searcher searcher : Searcher.values()) {
            GeneralCheck<String, Register.Input, Register.Output> check =
                    new GeneralCheck<>(new Register("nil"), List.of(searcher));
            assertInstanceOf(Verdict.Linearizable.class, check.check(log.ops(), CONFIGURATIONS));
        }
        log.ok(log.called(3, new Register.Input.Read()), new Register.Output.Value("b"));
        for (Searcher searcher : Searcher.values()) {
            GeneralCheck<String, Register.Input, Register.Output> check =
                    new GeneralCheck<>(new Register("nil"), List.of(searcher));
            assertInstanceOf(Verdict.Violation.class, check.check(log.ops(), CONFIGURATIONS));
        }
    }

    @Test
    @DisplayName("an unknown write of the value that is there may be needed to cover a write that nobody saw")
    void unknownWriteThatCovers() {
        OpLog<Register.Input, Register.Output> log = new OpLog<>();
        int last = log.called(1, new Register.Input.Read());
        log.called(2, new Register.Input.Write("c"));
        int swap = log.called(3, new Register.Input.Swap("c", "b"));
        int read = log.called(4, new Register.Input.Read());
        log.ok(log.called(5, new Register.Input.Write("c")), new Register.Output.Written());
        int covered = log.called(6, new Register.Input.Write("a"));
        log.ok(swap, new Register.Output.Swapped(true));
        log.ok(covered, new Register.Output.Written());
        log.ok(log.called(5, new Register.Input.Read()), new Register.Output.Value("b"));
        log.ok(read, new Register.Output.Value("c"));
        log.ok(last, new Register.Output.Value("b"));
        for (Searcher searcher : Searcher.values()) {
            GeneralCheck<String, Register.Input, Register.Output> check =
                    new GeneralCheck<>(new Register("a"), List.of(searcher));
            assertInstanceOf(Verdict.Linearizable.class, check.check(log.ops(), CONFIGURATIONS));
        }
    }

    @Test
    @DisplayName("few operations with many writes of unknown outcome cost few configurations")
    void lostWrites() {
        for (long seed = 1; seed <= 50; seed++) {
            for (boolean bad : new boolean[] {false, true}) {
                OpLog<Register.Input, Register.Output> log = BigRegister.lostWrites(bad, seed);
                GeneralCheck<String, Register.Input, Register.Output> check = new GeneralCheck<>(new Register("nil"));
                assertEquals(!bad, check.check(log.ops(), CONFIGURATIONS).passed());
                assertTrue(check.spent() < log.size(), check.spent() + " configurations");
            }
        }
    }

    @Test
    @DisplayName("a bad register with many writers is refuted with few configurations an operation")
    void manyWriters() {
        OpLog<Register.Input, Register.Output> log = BigRegister.register(new BigRegister.Shape(10_000, 20, 0, true), 7);
        GeneralCheck<String, Register.Input, Register.Output> check = new GeneralCheck<>(new Register("nil"));
        assertInstanceOf(Verdict.Violation.class, check.check(log.ops(), CONFIGURATIONS));
        assertTrue(check.spent() < 40L * log.size(), check.spent() + " configurations");
    }

    @Test
    @DisplayName("an unknown operation may take effect at any later time, or never")
    void unknown() {
        OpLog<Mutex.Input, Boolean> log = new OpLog<>();
        log.unknown(log.called(1, Mutex.Input.ACQUIRE));
        log.ok(log.called(2, Mutex.Input.ACQUIRE), true);
        log.ok(log.called(2, Mutex.Input.RELEASE), true);
        assertInstanceOf(
                Verdict.Linearizable.class, new GeneralCheck<>(new Mutex()).check(log.ops(), CONFIGURATIONS));
        log.ok(log.called(2, Mutex.Input.RELEASE), true);
        assertInstanceOf(
                Verdict.Linearizable.class, new GeneralCheck<>(new Mutex()).check(log.ops(), CONFIGURATIONS));
        log.ok(log.called(2, Mutex.Input.RELEASE), true);
        assertInstanceOf(Verdict.Violation.class, new GeneralCheck<>(new Mutex()).check(log.ops(), CONFIGURATIONS));
    }

    @Test
    @DisplayName("a budget ends a search as undecided, always at the same configuration")
    void budget() {
        OpLog<Register.Input, Register.Output> log = BigRegister.register(new BigRegister.Shape(400, 16, 0, true), 3);
        GeneralCheck<String, Register.Input, Register.Output> check = new GeneralCheck<>(new Register("nil"));
        assertInstanceOf(Verdict.Undecided.class, check.check(log.ops(), 500));
        assertEquals(500, check.spent());
        Verdict<Register.Input, Register.Output> decided = check.check(log.ops(), 50_000_000);
        assertInstanceOf(Verdict.Violation.class, decided);
        long spent = check.spent();
        assertEquals(decided, check.check(log.ops(), 50_000_000));
        assertEquals(spent, check.spent());
    }

    @Test
    @DisplayName("one part that is easily refuted settles it, however hard the others are")
    void parts() {
        OpLog<KeyValue.Input, KeyValue.Output> log = new OpLog<>();
        int[] open = new int[12];
        for (int round = 0; round < 3; round++) {
            for (int client = 0; client < open.length; client++) {
                open[client] = log.called(client, new KeyValue.Input.Append("hard", "x" + client));
            }
            for (int op : open) {
                log.ok(op, new KeyValue.Output.Done());
            }
        }
        int never = log.called(1, new KeyValue.Input.Put("hard", ""));
        log.ok(log.called(2, new KeyValue.Input.Get("hard")), new KeyValue.Output.Value("nobody wrote this"));
        log.ok(never, new KeyValue.Output.Done());
        int easy = log.called(3, new KeyValue.Input.Get("easy"));
        log.ok(easy, new KeyValue.Output.Value("nor this"));
        GeneralCheck<String, KeyValue.Input, KeyValue.Output> check = new GeneralCheck<>(new KeyValue());
        var violation = assertInstanceOf(Verdict.Violation.class, check.check(log.ops(), CONFIGURATIONS));
        assertEquals(log.ops().get(easy), violation.stuck());
    }

    @Test
    @DisplayName("a long history costs about one configuration an operation")
    void linear() {
        OpLog<Register.Input, Register.Output> log = BigRegister.register(new BigRegister.Shape(20_000, 5, 10, false), 11);
        GeneralCheck<String, Register.Input, Register.Output> check = new GeneralCheck<>(new Register("nil"));
        Verdict<Register.Input, Register.Output> verdict = check.check(log.ops(), CONFIGURATIONS);
        var order = assertInstanceOf(Verdict.Linearizable.class, verdict).order();
        assertTrue(check.spent() < 2L * log.size(), check.spent() + " configurations");
        assertTrue(order.size() > log.size() / 2);
    }
}
