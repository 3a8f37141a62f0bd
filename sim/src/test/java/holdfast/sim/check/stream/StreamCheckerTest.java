package holdfast.sim.check.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.history.History;
import holdfast.sim.history.HistoryText;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Small stories, each with its verdict: what the contract allows and what it does not.
class StreamCheckerTest {

    private static final long CONFIGURATIONS = 100_000;

    static History history(String lines) {
        String text = HistoryText.HEADER + "\n" + lines;
        return switch (HistoryText.parse(text)) {
            case HistoryText.Parsed.Whole(History whole) -> whole;
            case HistoryText.Parsed.Damaged(int line, String why) -> throw new AssertionError("line " + line + ": " + why);
        };
    }

    private static Verdict verdict(String lines) {
        return StreamChecker.check(history(lines), new TreeSet<>(List.of("s")), CONFIGURATIONS);
    }

    private static void allowed(String lines) {
        assertInstanceOf(Verdict.Linearizable.class, verdict(lines));
    }

    /// The sentence has these words, and these are the operations.
    private static void refused(int first, int second, String words, String lines) {
        Verdict verdict = verdict(lines);
        Verdict.Violation violation = assertInstanceOf(Verdict.Violation.class, verdict, verdict.toString());
        assertTrue(violation.explanation().contains(words), violation.explanation());
        assertEquals(List.of(first, second), List.of(violation.first(), violation.second()), violation.explanation());
    }

    @Test
    @DisplayName("a read reflects what was acknowledged before it began")
    void staleRead() {
        refused(0, 1, "below the 1 that had been proved", """
                invoke 0 client 1 append s records a
                answer 0 appended first 0 next 1
                invoke 1 client 2 read s from 0 max 9
                answer 1 records from 0 tail 0 records
                """);
    }

    @Test
    @DisplayName("a read that began before the answer may be early or late")
    void concurrentRead() {
        allowed("""
                invoke 0 client 1 append s records a
                invoke 1 client 2 read s from 0 max 9
                invoke 2 client 3 read s from 0 max 9
                answer 0 appended first 0 next 1
                answer 1 records from 0 tail 0 records
                answer 2 records from 0 tail 1 records a
                """);
    }

    @Test
    @DisplayName("what one read saw no later read may miss, even of an append without an answer")
    void readGoesBack() {
        refused(1, 2, "below the 1", """
                invoke 0 client 1 append s records a
                invoke 1 client 2 tail s
                answer 1 tail-is tail 1
                invoke 2 client 3 tail s
                answer 2 tail-is tail 0
                """);
    }

    @Test
    @DisplayName("a local read may lag, but within its session it never goes back")
    void sessions() {
        allowed("""
                invoke 0 client 1 append s records a
                answer 0 appended first 0 next 1
                invoke 1 client 2 tail s local
                answer 1 tail-is tail 0
                invoke 2 client 3 tail s local session 1
                answer 2 tail-is tail 0
                """);
        refused(1, 2, "below the 1", """
                invoke 0 client 1 append s records a
                answer 0 appended first 0 next 1
                invoke 1 client 2 tail s local session 7
                answer 1 tail-is tail 1
                invoke 2 client 2 tail s local session 7
                answer 2 tail-is tail 0
                """);
    }

    @Test
    @DisplayName("what a local read shows was committed, so everybody sees it from then on")
    void localReadProves() {
        refused(1, 2, "below the 1", """
                invoke 0 client 1 append s records a
                invoke 1 client 2 tail s local
                answer 1 tail-is tail 1
                invoke 2 client 3 tail s
                answer 2 tail-is tail 0
                """);
    }

    @Test
    @DisplayName("a batch is there whole or not at all, and no tail is inside it")
    void tornBatch() {
        refused(0, 1, "inside the batch at [0, 2)", """
                invoke 0 client 1 append s records a b
                answer 0 appended first 0 next 2
                invoke 1 client 2 tail s
                answer 1 tail-is tail 1
                """);
    }

    @Test
    @DisplayName("a record that nobody had asked to append is refused at once")
    void inventedRecord() {
        refused(1, -1, "nobody had asked to append", """
                invoke 0 client 1 append s records a
                invoke 1 client 2 read s from 0 max 9
                answer 1 records from 0 tail 1 records z
                """);
    }

    @Test
    @DisplayName("a write that certainly was not written is never seen")
    void notWrittenIsSeen() {
        refused(1, -1, "no attempt that may have been written", """
                invoke 0 client 1 append s records a
                answer 0 not-written
                invoke 1 client 2 read s from 0 max 9
                answer 1 records from 0 tail 1 records a
                """);
    }

    @Test
    @DisplayName("an unknown write may be seen long after, or never")
    void unknownWrite() {
        allowed("""
                invoke 0 client 1 append s records a
                answer 0 unknown
                invoke 1 client 2 tail s
                answer 1 tail-is tail 0
                invoke 2 client 2 read s from 0 max 9
                answer 2 records from 0 tail 1 records a
                """);
    }

    @Test
    @DisplayName("two batches do not stand on one offset")
    void sameOffset() {
        refused(0, 1, "over the batch at [0, 1)", """
                invoke 0 client 1 append s records a
                answer 0 appended first 0 next 1
                invoke 1 client 2 append s records b
                answer 1 appended first 0 next 1
                """);
    }

    @Test
    @DisplayName("a retry is a duplicate of the first attempt, at its place")
    void retry() {
        allowed("""
                invoke 0 client 1 append s producer p 0 0 records a
                answer 0 unknown
                invoke 1 client 1 append s producer p 0 0 records a
                answer 1 appended first 0 next 1 duplicate
                """);
        refused(0, 1, "it was the first to append its batch, but so was", """
                invoke 0 client 1 append s producer p 0 0 records a
                answer 0 appended first 0 next 1
                invoke 1 client 1 append s producer p 0 0 records a
                answer 1 appended first 1 next 2
                """);
    }

    @Test
    @DisplayName("a duplicate needs a first attempt that was written")
    void duplicateOfNothing() {
        refused(1, -1, "no attempt that may have been written", """
                invoke 0 client 1 append s producer p 0 0 records a
                answer 0 not-written
                invoke 1 client 1 append s producer p 0 0 records a
                answer 1 appended first 0 next 1 duplicate
                """);
    }

    @Test
    @DisplayName("a gap proves what came before it and excludes what it asks for")
    void gap() {
        allowed("""
                invoke 0 client 1 append s producer p 0 0 records a
                answer 0 unknown
                invoke 1 client 1 append s producer p 0 2 records c
                answer 1 gap expected 1
                invoke 2 client 2 read s from 0 max 9
                answer 2 records from 0 tail 1 records a
                """);
        refused(1, 2, "had been proved", """
                invoke 0 client 1 append s producer p 0 0 records a
                answer 0 unknown
                invoke 1 client 1 append s producer p 0 2 records c
                answer 1 gap expected 1
                invoke 2 client 2 tail s
                answer 2 tail-is tail 0
                """);
    }

    @Test
    @DisplayName("a fenced producer never writes again")
    void fencing() {
        refused(2, -1, "no one state of the stream fits", """
                invoke 0 client 1 append s producer p 0 0 records a
                answer 0 appended first 0 next 1
                invoke 1 client 2 append s producer p 1 0 records b
                answer 1 appended first 1 next 2
                invoke 2 client 1 append s expect 5 producer p 0 1 records c
                answer 2 wrong-tail tail 2
                """);
        allowed("""
                invoke 0 client 1 append s producer p 0 0 records a
                answer 0 appended first 0 next 1
                invoke 1 client 2 append s producer p 1 0 records b
                answer 1 appended first 1 next 2
                invoke 2 client 1 append s expect 5 producer p 0 1 records c
                answer 2 fenced epoch 1
                """);
    }

    @Test
    @DisplayName("a producer that was told to be forgotten writes nothing more in the epochs told")
    void forgottenProducer() {
        allowed("""
                invoke 0 client 1 append s producer p 0 0 records a
                answer 0 unknown
                invoke 1 client 1 append s producer p 0 0 records a
                answer 1 producer-forgotten epoch 3
                invoke 2 client 1 append s producer p 4 0 records b
                answer 2 appended first 1 next 2
                invoke 3 client 2 read s from 0 max 9
                answer 3 records from 0 tail 2 records a b
                """);
        refused(0, 1, "can only have come before what had been proved", """
                invoke 0 client 1 append s producer p 0 0 records a
                answer 0 producer-forgotten epoch 3
                invoke 1 client 1 append s producer p 2 0 records b
                answer 1 appended first 0 next 1
                """);
        refused(0, 1, "can only have come before what had been proved", """
                invoke 0 client 1 append s producer p 4 0 records a
                answer 0 appended first 0 next 1
                invoke 1 client 1 append s producer p 0 0 records b
                answer 1 producer-forgotten epoch 3
                """);
        refused(0, -1, "above the one told", """
                invoke 0 client 1 append s producer p 4 0 records a
                answer 0 producer-forgotten epoch 3
                """);
    }

    @Test
    @DisplayName("a closed stream takes no more, and everybody who is told so agrees on its end")
    void close() {
        allowed("""
                invoke 0 client 1 append s records a
                invoke 1 client 2 close s
                answer 1 closed tail 1
                invoke 2 client 3 append s records b
                answer 2 stream-closed tail 1
                answer 0 appended first 0 next 1
                """);
        refused(0, 1, "began after the stream was told to be closed", """
                invoke 0 client 1 close s
                answer 0 closed tail 0
                invoke 1 client 2 append s records a
                answer 1 appended first 0 next 1
                """);
    }

    @Test
    @DisplayName("an empty append closes at the end of everything that is proved to be there")
    void closedBeforeTheEnd() {
        refused(1, -1, "out of its producer's order, or after the close", """
                invoke 0 client 1 append s producer p 0 0 records a
                invoke 1 client 2 append s producer q 0 0 close records
                answer 0 unknown
                invoke 2 client 1 append s producer p 0 2 records c
                answer 2 gap expected 1
                answer 1 appended first 0 next 0 closed
                """);
    }

    @Test
    @DisplayName("a stream is not closed by nobody")
    void closedByNobody() {
        refused(1, -1, "never in a state that fits", """
                invoke 0 client 1 append s records a
                answer 0 appended first 0 next 1
                invoke 1 client 2 tail s
                answer 1 tail-is tail 1 closed
                """);
    }

    @Test
    @DisplayName("a refusal tells a state that must have been")
    void wrongTail() {
        refused(0, 1, "below the 1", """
                invoke 0 client 1 append s records a
                answer 0 appended first 0 next 1
                invoke 1 client 2 append s expect 7 records b
                answer 1 wrong-tail tail 0
                """);
        refused(0, -1, "the tail told is the expected one", """
                invoke 0 client 2 append s expect 0 records b
                answer 0 wrong-tail tail 0
                """);
    }

    @Test
    @DisplayName("a deleted stream begins anew, under another incarnation")
    void incarnations() {
        allowed("""
                invoke 0 client 1 append s records a
                answer 0 appended first 0 next 1
                invoke 1 client 1 delete s
                answer 1 deleted
                invoke 2 client 1 create s
                answer 2 created incarnation 9
                invoke 3 client 1 read s from 0 max 9
                answer 3 records from 0 tail 0 records
                """);
        Verdict verdict = verdict("""
                invoke 0 client 1 append s records a
                answer 0 appended first 0 next 1
                invoke 1 client 1 delete s
                answer 1 deleted
                invoke 2 client 1 create s
                answer 2 created incarnation 9
                invoke 3 client 1 read s from 0 max 9
                answer 3 records from 0 tail 1 records a
                """);
        assertInstanceOf(Verdict.Violation.class, verdict);
    }

    @Test
    @DisplayName("batches that nobody saw fill holes of their sizes only")
    void holes() {
        String unknown = """
                invoke 0 client 1 append s records a b
                invoke 1 client 2 append s records c d e
                """;
        allowed(unknown + """
                invoke 2 client 3 tail s
                answer 2 tail-is tail 5
                """);
        refused(2, -1, "no appends that may have been written fit there", unknown + """
                invoke 2 client 3 tail s
                answer 2 tail-is tail 4
                """);
    }

    @Test
    @DisplayName("packing batches into holes is hard, so it has a budget and may end undecided")
    void budget() {
        StringBuilder lines = new StringBuilder();
        for (int op = 0; op < 24; op++) {
            lines.append("invoke ").append(op).append(" client ").append(op);
            lines.append(" append s producer p").append(op).append(" 0 0 records");
            for (int i = 0; i < 2 + op % 3 * 2; i++) {
                lines.append(" r").append(op).append('-').append(i);
            }
            lines.append('\n');
        }
        String tail = "invoke 24 client 99 tail s\nanswer 24 tail-is tail 41\n";
        Verdict verdict = StreamChecker.check(history(lines + tail), new TreeSet<>(List.of("s")), 1_000);
        assertInstanceOf(Verdict.Undecided.class, verdict);
    }
}
