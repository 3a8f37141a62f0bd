package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Probe;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Streams that begin inside others.
class ForkTest {

    private final Story story = new Story();

    private Outcome forks(String name, String source, long offset) {
        return story.applies(fork(name, source, offset, Setup.PLAIN));
    }

    private static Command.Create fork(String name, String source, long offset, Setup setup) {
        Setup.Fork fork = new Setup.Fork(source, Setup.Fork.ANY_INCARNATION, offset, offset, 0);
        return new Command.Create(
                name,
                new Setup(setup.contentType(), setup.ttlSeconds(), setup.expiresAtMillis(), fork),
                List.of(),
                false,
                Stamp.NONE);
    }

    private Outcome refused(Outcome.ForkRefused.Reason reason) {
        return new Outcome.ForkRefused(reason);
    }

    /// Index 2 holds a b c, index 3 d, index 4 e f.
    private void source() {
        story.tells("""
                create s                 -> created
                append a b c on s        -> 0..3
                append d on s            -> 3..4
                append e f on s          -> 4..6
                """);
    }

    @Nested
    @DisplayName("records")
    class Records {

        @Test
        @DisplayName("below the fork's offset are the source's, above they are its own")
        void shared() {
            source();
            assertEquals("created with tail 4", Story.tell(forks("f", "s", 4)));
            story.tells("""
                    append x y on f          -> 4..6
                    append g on s            -> 6..7
                    """);
            Extent abc = new Extent(0, 3, 2);
            Extent d = new Extent(3, 1, 3);
            Extent xy = new Extent(4, 2, 6);
            assertEquals(List.of(abc, d, xy), story.machine.extents("f", 0, 100));
            assertEquals(List.of(d, xy), story.machine.extents("f", 3, 2));
            assertEquals(List.of(xy), story.machine.extents("f", 5, 1));
            assertEquals(List.of(abc), story.machine.extents("f", 0, 2));
        }

        @Test
        @DisplayName("of an append that the fork divides are shared only in part")
        void divided() {
            source();
            forks("f", "s", 2);
            assertEquals(List.of(new Extent(0, 2, 2)), story.machine.extents("f", 0, 100));
            story.applies(Story.parse("append z on f"));
            assertEquals(List.of(new Extent(0, 2, 2), new Extent(2, 1, 6)), story.machine.extents("f", 0, 100));
            assertEquals(List.of(new Extent(0, 3, 2)), story.machine.extents("s", 0, 1));
        }

        @Test
        @DisplayName("are found through a chain of forks, also of one that leaves below its source's own beginning")
        void chain() {
            source();
            forks("f", "s", 4);
            story.applies(Story.parse("append x on f"));
            forks("g", "f", 5);
            story.applies(Story.parse("append y on g"));
            forks("h", "g", 1);
            story.applies(Story.parse("append z on h"));
            assertEquals(
                    List.of(new Extent(0, 3, 2), new Extent(3, 1, 3), new Extent(4, 1, 6), new Extent(5, 1, 8)),
                    story.machine.extents("g", 0, 100));
            assertEquals(List.of(new Extent(0, 1, 2), new Extent(1, 1, 10)), story.machine.extents("h", 0, 100));
        }

        @Test
        @DisplayName("end a read when enough bytes are together, but never before the first append")
        void bytes() {
            source();
            forks("f", "s", 6);
            assertEquals(1, story.machine.extents("f", 0, 100, 1).size());
            assertEquals(1, story.machine.extents("f", 0, 100, 3).size());
            assertEquals(2, story.machine.extents("f", 0, 100, 4).size());
            assertEquals(3, story.machine.extents("f", 0, 100, 5).size());
        }

        @Test
        @DisplayName("given with the creation come first and are the fork's own")
        void first() {
            source();
            Command.Create plain = fork("f", "s", 2, Setup.PLAIN);
            Outcome outcome = story.applies(new Command.Create(
                    "f", plain.setup(), List.of(Bytes.utf8("c'")), true, Stamp.NONE));
            assertEquals("created with tail 3, closed", Story.tell(outcome));
            assertEquals(List.of(new Extent(0, 2, 2), new Extent(2, 1, 5)), story.machine.extents("f", 0, 9));
        }

        @Test
        @DisplayName("are needed as long as a stream or a fork is there")
        void keepsWhatIsShared() {
            source();
            forks("f", "s", 4);
            story.applies(Story.parse("append x on f"));
            story.applies(new Command.Delete("s"));
            assertEquals(List.of(2L, 3L, 4L, 6L), needed());
            story.applies(new Command.Delete("f"));
            assertEquals(List.of(), needed());
        }

        private List<Long> needed() {
            return Arrays.stream(story.machine.neededIndexes()).boxed().toList();
        }
    }

    @Test
    @DisplayName("a fork inherits neither producers nor the end nor the last sequence")
    void writers() {
        story.tells("""
                create s                     -> created
                append a on s by p 3/0 close -> 0..1, closed
                """);
        forks("f", "s", 1);
        story.tells("""
                append b on f by p 0/0       -> 1..2
                append c on s                -> refused, closed at 1
                """);
    }

    @Test
    @DisplayName("a fork's digest is its own from the first record, and says where it left which source")
    void digests() {
        source();
        forks("f", "s", 3);
        forks("g", "s", 3);
        forks("h", "s", 4);
        assertEquals(story.machine.view("f").digest(), story.machine.view("g").digest());
        assertNotEquals(story.machine.view("f").digest(), story.machine.view("h").digest());
        story.applies(Story.parse("append x on f"));
        assertNotEquals(story.machine.view("f").digest(), story.machine.view("g").digest());
    }

    @Nested
    @DisplayName("no fork is made")
    class Refused {

        @Test
        @DisplayName("of a stream that is not there, is gone, is another, is shorter or of another kind")
        void refusals() {
            source();
            assertEquals(refused(Outcome.ForkRefused.Reason.NO_SUCH_SOURCE), forks("f", "t", 0));
            assertEquals(refused(Outcome.ForkRefused.Reason.PAST_TAIL), forks("f", "s", 7));
            Setup text = new Setup("text/plain", Setup.NEVER, Setup.NEVER, Setup.Fork.NONE);
            assertEquals(
                    refused(Outcome.ForkRefused.Reason.WRONG_CONTENT_TYPE), story.applies(fork("f", "s", 1, text)));
            Setup.Fork other = new Setup.Fork("s", 77, 1, 0, 1);
            assertEquals(
                    refused(Outcome.ForkRefused.Reason.SOURCE_CHANGED),
                    story.applies(new Command.Create(
                            "f", new Setup("", -1, -1, other), List.of(), false, Stamp.NONE)));
            assertNull(story.machine.view("f"));
            story.applies(new Command.Delete("s"));
            assertNull(story.machine.view("s"), "a refused fork holds nothing");
        }

        @Test
        @DisplayName("below a hundred others")
        void deep() {
            source();
            for (int i = 0; i < CommandBounds.FORKS_DEEP_MAX; i++) {
                forks("f" + i, i == 0 ? "s" : "f" + (i - 1), 1);
            }
            assertEquals(
                    refused(Outcome.ForkRefused.Reason.TOO_DEEP),
                    forks("g", "f" + (CommandBounds.FORKS_DEEP_MAX - 1), 1));
            assertEquals(List.of(new Extent(0, 1, 2)), story.machine.extents("f99", 0, 9));
        }
    }

    @Nested
    @DisplayName("asked for again")
    class Again {

        private Outcome asks(Setup.Fork fork) {
            return story.applies(new Command.Create(
                    "f", new Setup("", -1, -1, fork), List.of(), false, Stamp.NONE));
        }

        private boolean asAsked(Setup.Fork fork) {
            return ((Outcome.AlreadyExists) asks(fork)).asAsked();
        }

        @Test
        @DisplayName("the same fork is recognised by source, anchor and sub-offset")
        void same() {
            source();
            asks(new Setup.Fork("s", 0, 3, 2, 1));
            assertEquals(true, asAsked(new Setup.Fork("s", 0, 3, 2, 1)));
            assertEquals(false, asAsked(new Setup.Fork("s", 0, 2, 2, 0)));
            assertEquals(false, asAsked(new Setup.Fork("s", 0, 4, 2, 2)));
            assertEquals(false, asAsked(new Setup.Fork("t", 0, 3, 2, 1)));
            assertEquals(false, asAsked(Setup.Fork.NONE));
        }

        @Test
        @DisplayName("the fork at the tail is recognised though the tail has moved")
        void tail() {
            source();
            Setup.Fork atTail = new Setup.Fork("s", 0, -1, -1, 0);
            asks(atTail);
            story.applies(Story.parse("append g on s"));
            assertEquals(true, asAsked(atTail));
            assertEquals(true, asAsked(new Setup.Fork("s", 0, 6, 6, 0)));
            assertEquals(false, asAsked(new Setup.Fork("s", 0, 7, 7, 0)));
        }
    }

    @Nested
    @DisplayName("a source that is deleted")
    class Deleted {

        @Test
        @DisplayName("is gone to everyone but its forks, and its name stays taken")
        void gone() {
            source();
            forks("f", "s", 4);
            story.tells("""
                    delete s                 -> deleted
                    delete s                 -> gone
                    append x on s            -> gone
                    close s                  -> gone
                    create s                 -> gone
                    append y on f            -> 4..5
                    """);
            assertEquals(refused(Outcome.ForkRefused.Reason.SOURCE_GONE), forks("g", "s", 1));
            assertEquals(true, story.machine.view("s").gone());
            assertEquals(3, story.machine.extents("f", 0, 9).size());
        }

        @Test
        @DisplayName("goes with its last fork, and takes along the sources that were only kept for it")
        void cascade() {
            source();
            forks("f", "s", 4);
            forks("g", "f", 2);
            forks("h", "f", 2);
            story.tells("""
                    delete s                 -> deleted
                    delete f                 -> deleted
                    delete g                 -> deleted
                    close s                  -> gone
                    close f                  -> gone
                    delete h                 -> deleted
                    close f                  -> no such stream
                    close s                  -> no such stream
                    create s                 -> created
                    """);
        }

        @Test
        @DisplayName("stays if it was not deleted itself")
        void stays() {
            source();
            forks("f", "s", 4);
            story.tells("""
                    delete f                 -> deleted
                    append x on s            -> 6..7
                    delete s                 -> deleted
                    close s                  -> no such stream
                    """);
        }
    }

    @Nested
    @DisplayName("life")
    class Life {

        private Setup setupOf(Setup source, Setup asked) {
            story.applies(new Command.Create("s", source, List.of(), false, Stamp.NONE));
            story.applies(fork("f", "s", 0, asked));
            return story.machine.view("f").setup();
        }

        private static Setup of(long ttl, long expiresAt) {
            return new Setup("", ttl, expiresAt, Setup.Fork.NONE);
        }

        @Test
        @DisplayName("is inherited with the content type if the fork says nothing")
        void inherited() {
            Setup made = setupOf(new Setup("text/plain", 60, -1, Setup.Fork.NONE), Setup.PLAIN);
            assertEquals("text/plain", made.contentType());
            assertEquals(60, made.ttlSeconds());
        }

        @Test
        @DisplayName("is the fork's own if it says anything")
        void own() {
            Setup made = setupOf(of(60, -1), of(-1, 5_000));
            assertEquals(-1, made.ttlSeconds());
            assertEquals(5_000, made.expiresAtMillis());
        }

        @Test
        @DisplayName("of a source that expires first ends in being gone")
        void sourceExpires() {
            story.applies(new Command.Create("s", of(1, -1), List.of(), false, Stamp.NONE.at(1_000)));
            story.applies(fork("f", "s", 0, of(3, -1)).with(Stamp.NONE.at(1_000)));
            assertEquals(
                    new Outcome.Gone(), story.applies(new Command.Touch("s", true, Stamp.NONE.at(2_000))));
            assertEquals(
                    new Outcome.NoSuchStream(), story.applies(new Command.Touch("s", true, Stamp.NONE.at(4_000))));
            assertNull(story.machine.view("f"));
        }
    }

    @Test
    @DisplayName("an image knows who shares with whom, whatever the order of the names")
    void image() {
        source();
        forks("a", "s", 4);
        forks("z", "a", 2);
        story.applies(new Command.Delete("s"));
        story.applies(new Command.Delete("a"));
        List<Extent> before = story.machine.extents("z", 0, 9);
        story.restarts();
        assertEquals(before, story.machine.extents("z", 0, 9));
        story.tells("""
                close a                  -> gone
                delete z                 -> deleted
                close a                  -> no such stream
                close s                  -> no such stream
                """);
    }

    @Test
    @DisplayName("an image whose fork has no source breaks an invariant")
    void orphan() {
        source();
        forks("f", "s", 4);
        Bytes image = story.machine.encode();
        String orphaned = Hex.of(image).replace("010073" + "0100000000000000", "010074" + "0100000000000000");
        assertNotEquals(Hex.of(image), orphaned);
        assertThrows(
                Check.InvariantBroken.class, () -> StreamMachine.decode(Hex.bytes(orphaned), Probe.NONE));
    }
}
