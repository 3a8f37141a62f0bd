package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import holdfast.Probe;
import holdfast.Sometimes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StreamMachineTest {

    @Nested
    @DisplayName("an append is judged in this order")
    class Order {

        @Test
        @DisplayName("no stream; then everything else")
        void noStream() {
            new Story().tells("""
                    append x by a 0/9 expect 7     -> no such stream
                    close                          -> no such stream
                    delete                         -> no such stream
                    """);
        }

        @Test
        @DisplayName("a duplicate is answered though the stream is closed and the expected tail is passed")
        void duplicateFirst() {
            Story.ofStream().tells("""
                    append x by a 0/0 expect 0     -> 0..1
                    append y                       -> 1..2
                    append x by a 0/0 expect 0     -> 0..1, again
                    append x by a 0/0 expect 9     -> 0..1, again
                    close                          -> closed at 2
                    append x by a 0/0 expect 0     -> 0..1, again
                    """);
        }

        @Test
        @DisplayName("fenced before closed, closed before gap, gap before the expected tail")
        void theRest() {
            Story.ofStream().tells("""
                    append x by a 4/0              -> 0..1
                    append x by a 4/7 expect 9     -> gap, 1 expected, 7 received
                    append x by a 4/1 expect 9     -> wrong tail, it is 1
                    append x by a 5/1 expect 9     -> gap, 0 expected, 1 received
                    append x by b 0/3 expect 9     -> gap, 0 expected, 3 received
                    append x by a 3/7 expect 9     -> fenced by epoch 4
                    close                          -> closed at 1
                    append x by a 3/7 expect 9     -> fenced by epoch 4
                    append x by a 4/7 expect 9     -> refused, closed at 1
                    append x by b 0/3 expect 9     -> refused, closed at 1
                    append x expect 9              -> refused, closed at 1
                    append x                       -> refused, closed at 1
                    """);
        }

        @Test
        @DisplayName("refusals are reported to the probe")
        void probes() {
            Story story = Story.ofStream();
            story.tells("""
                    append x expect 1              -> wrong tail, it is 0
                    close                          -> closed at 0
                    append x                       -> refused, closed at 0
                    """);
            assertEquals(
                    List.of(Sometimes.EXPECTED_TAIL_REFUSED, Sometimes.STREAM_CLOSED, Sometimes.APPEND_TO_CLOSED),
                    story.reached);
        }
    }

    @Nested
    @DisplayName("closing")
    class Closing {

        @Test
        @DisplayName("is final and may be repeated")
        void isFinal() {
            Story.ofStream().tells("""
                    append x                       -> 0..1
                    close                          -> closed at 1
                    close                          -> closed at 1
                    append y                       -> refused, closed at 1
                    create                         -> exists with tail 1, closed
                    """);
        }

        @Test
        @DisplayName("happens together with the last append, also with one of no records")
        void together() {
            Story.ofStream().tells("""
                    create t                       -> created
                    append x y close by a 0/0      -> 0..2, closed
                    append x y close by a 0/0      -> 0..2, closed, again
                    append z by a 0/1              -> refused, closed at 2
                    append close on t by a 0/0     -> 0..0, closed
                    append close on t by a 0/0     -> 0..0, closed, again
                    append close on t              -> refused, closed at 0
                    """);
        }

        @Test
        @DisplayName("does not happen when the append is refused")
        void refused() {
            Story.ofStream().tells("""
                    append x expect 5 close        -> wrong tail, it is 0
                    append x by a 0/1 close        -> gap, 0 expected, 1 received
                    append x                       -> 0..1
                    """);
        }

        @Test
        @DisplayName("a later duplicate says closed only if its own append closed")
        void receiptOfOpenAppend() {
            Story.ofStream().tells("""
                    append x by a 0/0              -> 0..1
                    append y by a 0/1 close        -> 1..2, closed
                    append x by a 0/0              -> 0..1, again
                    """);
        }
    }

    @Nested
    @DisplayName("a stream's life")
    class Life {

        @Test
        @DisplayName("creating one that exists changes nothing")
        void createTwice() {
            Story story = Story.ofStream();
            story.applies(Story.parse("append x y"));
            assertEquals(new Outcome.AlreadyExists(1, 2, false), story.applies(new Command.Create("s")));
            assertEquals(2, story.machine.view("s").tail());
        }

        @Test
        @DisplayName("deleted and created again it is another stream: new incarnation, nothing of the old")
        void recreated() {
            Story story = Story.ofStream();
            story.tells("""
                    append x by a 8/0              -> 0..1
                    close                          -> closed at 1
                    delete                         -> deleted
                    append x by a 8/0              -> no such stream
                    """);
            assertNull(story.machine.view("s"));
            assertEquals(List.of(), story.machine.extents("s", 0, 10));
            assertEquals(new Outcome.Created(6), story.applies(new Command.Create("s")));
            assertEquals(new StreamView(6, 0, false, Digest.ZERO), story.machine.view("s"));
            story.tells("""
                    append x by a 0/0              -> 0..1
                    """);
        }

        @Test
        @DisplayName("indexes only grow; gaps belong to entries of others")
        void indexesGrow() {
            StreamMachine machine = new StreamMachine(Probe.NONE);
            assertEquals(0, machine.lastApplied());
            machine.apply(4, new Command.Create("s"));
            machine.apply(9, new Command.Create("t"));
            assertEquals(9, machine.lastApplied());
            assertThrows(Check.InvariantBroken.class, () -> machine.apply(9, new Command.Create("u")));
        }
    }

    @Nested
    @DisplayName("payloads stay in the log")
    class Payloads {

        @Test
        @DisplayName("extents name the entries of a range, whole and in order")
        void extents() {
            Story story = Story.ofStream();
            story.tells("""
                    append a b c                   -> 0..3
                    create t                       -> created
                    append d                       -> 3..4
                    append e f                     -> 4..6
                    """);
            Extent abc = new Extent(0, 3, 2);
            Extent d = new Extent(3, 1, 4);
            Extent ef = new Extent(4, 2, 5);
            assertEquals(List.of(abc, d, ef), story.machine.extents("s", 0, 100));
            assertEquals(List.of(abc, d, ef), story.machine.extents("s", 2, Integer.MAX_VALUE));
            assertEquals(List.of(abc), story.machine.extents("s", 0, 3));
            assertEquals(List.of(abc, d), story.machine.extents("s", 2, 2));
            assertEquals(List.of(ef), story.machine.extents("s", 5, 1));
            assertEquals(List.of(), story.machine.extents("s", 6, 1));
            assertEquals(List.of(), story.machine.extents("s", 0, 0));
            assertEquals(List.of(), story.machine.extents("s", -1, 5));
            assertEquals(List.of(), story.machine.extents("t", 0, 5));
            assertEquals(List.of(), story.machine.extents("u", 0, 5));
        }

        @Test
        @DisplayName("an entry is needed while an extent is in it; refused and empty appends need none")
        void needed() {
            Story story = Story.ofStream();
            story.tells("""
                    append a on s                  -> 0..1
                    create t                       -> created
                    append b on t                  -> 0..1
                    append c on s                  -> 1..2
                    append d on s expect 9         -> wrong tail, it is 2
                    append close on s              -> 2..2, closed
                    append e on s                  -> refused, closed at 2
                    append f on t                  -> 1..2
                    """);
            assertEquals(List.of(2L, 4L, 5L, 9L), needed(story));
            story.applies(new Command.Delete("s"));
            assertEquals(List.of(4L, 9L), needed(story));
        }

        private List<Long> needed(Story story) {
            return Arrays.stream(story.machine.neededIndexes()).boxed().toList();
        }
    }

    @Nested
    @DisplayName("the digest")
    class Digests {

        @Test
        @DisplayName("does not depend on how records are batched")
        void batching() {
            Digest one = digestAfter("append a b c d");
            assertEquals(one, digestAfter("append a", "append b", "append c", "append d"));
            assertEquals(one, digestAfter("append a b c", "append d close"));
        }

        @Test
        @DisplayName("depends on every record, their order and where each ends")
        void content() {
            Digest abc = digestAfter("append a b c");
            assertNotEquals(abc, digestAfter("append a c b"));
            assertNotEquals(abc, digestAfter("append a b"));
            assertNotEquals(abc, digestAfter("append a bc"));
            assertNotEquals(abc, digestAfter("append ab c"));
            assertNotEquals(digestAfter("append a"), digestAfter("append a a"));
        }

        @Test
        @DisplayName("sees an empty record")
        void emptyRecord() {
            Story story = Story.ofStream();
            story.applies(new Command.Append(
                    "s", List.of(Bytes.EMPTY), Command.ANY_TAIL, Command.Producer.NONE, false));
            assertEquals(1, story.machine.view("s").tail());
            assertNotEquals(Digest.ZERO, story.machine.view("s").digest());
        }

        @Test
        @DisplayName("is zero at first and stands in every receipt")
        void inReceipts() {
            Story story = Story.ofStream();
            assertEquals(Digest.ZERO, story.machine.view("s").digest());
            Outcome.Appended receipt = (Outcome.Appended) story.applies(Story.parse("append a"));
            assertEquals(receipt.digest(), story.machine.view("s").digest());
        }

        private Digest digestAfter(String... commands) {
            Story story = Story.ofStream();
            for (String command : commands) {
                story.applies(Story.parse(command));
            }
            return story.machine.view("s").digest();
        }
    }
}
