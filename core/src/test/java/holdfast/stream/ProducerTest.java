package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Sometimes;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a producer's epoch and seq make of an append. The last column is the answer.
class ProducerTest {

    @Test
    @DisplayName("seqs go up by one; a repeated one is answered with its first receipt")
    void newAndDuplicate() {
        Story.ofStream().tells("""
                append x y by a 0/0    -> 0..2
                append x y by a 0/0    -> 0..2, again
                append z   by a 0/1    -> 2..3
                append x y by a 0/0    -> 0..2, again
                append z   by a 0/1    -> 2..3, again
                append u   by a 0/2    -> 3..4
                """);
    }

    @Test
    @DisplayName("the seq alone makes a duplicate: other bytes under a used seq are not written")
    void otherBytes() {
        Story.ofStream().tells("""
                append x     by a 0/0  -> 0..1
                append other by a 0/0  -> 0..1, again
                """);
    }

    @Test
    @DisplayName("a duplicate's receipt is the first one in every field")
    void firstReceipt() {
        Story story = Story.ofStream();
        Outcome.Appended first = (Outcome.Appended) story.applies(Story.parse("append x by a 0/0"));
        story.applies(Story.parse("append y"));
        Outcome again = story.applies(Story.parse("append x by a 0/0"));
        assertEquals(new Outcome.Appended(0, 1, 2, first.digest(), true, false, 0), again);
    }

    @Test
    @DisplayName("a skipped seq is refused and changes nothing")
    void gap() {
        Story.ofStream().tells("""
                append x by a 0/1      -> gap, 0 expected, 1 received
                append x by a 0/0      -> 0..1
                append z by a 0/2      -> gap, 1 expected, 2 received
                append y by a 0/1      -> 1..2
                append z by a 0/2      -> 2..3
                """);
    }

    @Test
    @DisplayName("a higher epoch begins at seq 0 and fences the lower one")
    void fenced() {
        Story.ofStream().tells("""
                append x by a 3/0      -> 0..1
                append x by a 3/1      -> 1..2
                append y by a 7/2      -> gap, 0 expected, 2 received
                append y by a 3/2      -> 2..3
                append z by a 7/0      -> 3..4
                append x by a 3/1      -> fenced by epoch 7
                append x by a 3/3      -> fenced by epoch 7
                append z by a 7/0      -> 3..4, again
                append z by a 7/1      -> 4..5
                """);
    }

    @Test
    @DisplayName("producers do not know of each other, nor of other streams")
    void apart() {
        Story.ofStream().tells("""
                create t               -> created
                append x by a 5/0      -> 0..1
                append y by b 0/0      -> 1..2
                append y by b 0/1      -> 2..3
                append x by a 0/0 on t -> 0..1
                append x by a 5/1      -> 3..4
                append y by b 0/1      -> 2..3, again
                """);
    }

    @Test
    @DisplayName("without a producer every append is new")
    void withoutProducer() {
        Story.ofStream().tells("""
                append x               -> 0..1
                append x               -> 1..2
                """);
    }

    @Test
    @DisplayName("eight receipts are kept; an older retry is known to be written, but no longer where")
    void forgottenReceipt() {
        Story story = Story.ofStream();
        for (int seq = 0; seq < 9; seq++) {
            story.applies(Story.parse("append x by a 0/" + seq));
        }
        story.tells("""
                append x by a 0/0      -> forgotten, last 8, tail 9
                append x by a 0/1      -> 1..2, again
                append x by a 0/8      -> 8..9, again
                append x by a 0/9      -> 9..10
                append x by a 0/1      -> forgotten, last 9, tail 10
                append x by a 0/2      -> 2..3, again
                """);
    }

    @Test
    @DisplayName("a new epoch does not answer with receipts of the old one")
    void receiptsOfOldEpoch() {
        Story story = Story.ofStream();
        for (int seq = 0; seq < 12; seq++) {
            story.applies(Story.parse("append x by a 0/" + seq));
        }
        story.tells("""
                append y by a 1/0      -> 12..13
                append y by a 1/0      -> 12..13, again
                append y by a 1/2      -> gap, 1 expected, 2 received
                """);
    }

    @Test
    @DisplayName("a refusal leaves the seq unused")
    void refusedSeq() {
        Story.ofStream().tells("""
                append x by a 0/0          -> 0..1
                append y by a 0/1 expect 0 -> wrong tail, it is 1
                append z by a 0/2          -> gap, 1 expected, 2 received
                append y by a 0/1 expect 1 -> 1..2
                append y by a 0/1 expect 0 -> 1..2, again
                """);
    }

    @Test
    @DisplayName("numbers reach 2^53 - 1")
    void greatestNumbers() {
        Story.ofStream().tells("""
                append x by a 9007199254740991/0                -> 0..1
                append x by a 9007199254740991/9007199254740991 -> gap, 1 expected, 9007199254740991 received
                append x by a 9007199254740990/1                -> fenced by epoch 9007199254740991
                """);
    }

    @Test
    @DisplayName("a late copy of a forgotten producer's append is never taken for new")
    void forgottenProducer() {
        Story.knowing(2, 0).tells("""
                append deposit by first  0/0 -> 0..1
                append x       by second 0/0 -> 1..2
                append x       by third  0/0 -> 2..3
                append deposit by first  0/0 -> forgotten in epoch 0
                append deposit by first  0/1 -> forgotten in epoch 0
                append x       by second 0/0 -> 1..2, again
                append deposit by first  1/1 -> gap, 0 expected, 1 received
                append deposit by first  1/0 -> 3..4
                append deposit by first  0/0 -> fenced by epoch 1
                """);
    }

    @Test
    @DisplayName("of all producers the one that has not appended for longest is forgotten")
    void whomToForget() {
        Story.knowing(2, 0).tells("""
                append x by first  0/0 -> 0..1
                append x by second 0/0 -> 1..2
                append x by first  0/1 -> 2..3
                append x by third  0/0 -> 3..4
                append x by first  0/1 -> 2..3, again
                append x by second 0/1 -> forgotten in epoch 0
                """);
    }

    @Test
    @DisplayName("a producer is not forgotten while it is young: a new one has to wait, and nothing is lost")
    void noRoom() {
        Story story = Story.knowing(2, 100).at(1_000);
        story.tells("""
                append x by first  0/0 -> 0..1
                """);
        story.at(1_030).tells("""
                append x by second 0/0 -> 1..2
                append x by third  0/0 -> no room for 70 ms
                append x by first  0/0 -> 0..1, again
                append x by second 0/1 -> 2..3
                append x by first  1/0 -> 3..4
                append x               -> 4..5
                """);
        story.at(1_129).tells("""
                append x by third  0/0 -> no room for 1 ms
                """);
        story.at(1_130).tells("""
                append x by third  0/0 -> 5..6
                append x by second 0/1 -> forgotten in epoch 0
                append x by first  1/0 -> 3..4, again
                """);
    }

    @Test
    @DisplayName("whatever stops a new producer for good is told before that there is no room for it")
    void noRoomComesLast() {
        Story.knowing(1, 100).at(1_000).tells("""
                append x by first 0/0          -> 0..1
                append x by new   0/1          -> gap, 0 expected, 1 received
                append x by new   0/0 expect 0 -> wrong tail, it is 1
                append x by new   0/0 expect 1 -> no room for 100 ms
                close                          -> closed at 1
                append x by new   0/0          -> refused, closed at 1
                """);
    }

    @Test
    @DisplayName("the epoch of a forgotten producer binds only those that share its group, the greatest epoch too")
    void groups() {
        Story story = Story.knowing(1, 0);
        story.tells("""
                append x by greedy 9007199254740991/0 -> 0..1
                append x by b      0/0                -> 1..2
                append x by greedy 9007199254740991/0 -> forgotten in epoch 9007199254740991
                """);
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            Command.Producer producer = new Command.Producer("other-" + i, 1, 0);
            Outcome outcome = story.applies(
                    new Command.Append("s", List.of(Bytes.utf8("x")), Command.ANY_TAIL, producer, false));
            refused += outcome.equals(new Outcome.ProducerForgotten(9_007_199_254_740_991L)) ? 1 : 0;
        }
        assertTrue(refused < 20, "about four of 1,000 share a group, not " + refused);
    }

    @Test
    @DisplayName("a real stream knows 4,096 producers for a quarter of an hour")
    void standard() {
        Story story = Story.ofStream().at(1_000);
        for (int i = 0; i < 4_096; i++) {
            append(story, "p" + i, 0);
        }
        story.at(900_999).tells("""
                append x by new 0/0 -> no room for 1 ms
                append x by p0  0/0 -> 0..1, again
                """);
        story.at(901_000).tells("""
                append x by new 0/0 -> 4096..4097
                append x by p0  0/0 -> forgotten in epoch 0
                """);
    }

    @Test
    @DisplayName("duplicates, gaps and fences are reported to the probe")
    void probes() {
        Story story = Story.ofStream();
        story.tells("""
                append x by a 1/0      -> 0..1
                append x by a 1/0      -> 0..1, again
                append x by a 1/2      -> gap, 1 expected, 2 received
                append x by a 0/0      -> fenced by epoch 1
                """);
        assertEquals(
                List.of(Sometimes.DUPLICATE_ANSWERED, Sometimes.SEQUENCE_GAP, Sometimes.PRODUCER_FENCED),
                story.reached);
    }

    private static void append(Story story, String id, long seq) {
        Command.Producer producer = new Command.Producer(id, 0, seq);
        story.applies(new Command.Append("s", List.of(Bytes.utf8("x")), Command.ANY_TAIL, producer, false));
    }
}
