package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.Bytes;
import holdfast.Check;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What a command says only sometimes.
class CommandSectionsTest {

    private static final Stamp STAMP = new Stamp(10, 2, 7, 5, 3);

    private static final String STAMP_HEX = """
            0a 00 00 00 00 00 00 00    ; milliseconds
            02 00 00 00                ; gateway
            07 00 00 00 00 00 00 00    ; session
            05 00 00 00 00 00 00 00    ; number
            03 00 00 00 00 00 00 00    ; floor
            """;

    private static final Setup.Fork FORK = new Setup.Fork("src", 9, 4, 2, 2);

    @Nested
    @DisplayName("the bytes of docs/format.md")
    class Golden {

        @Test
        @DisplayName("create with everything: a fork with a time to live and a first record, closed")
        void create() {
            Setup setup = new Setup("text/plain", 60, Setup.NEVER, FORK);
            same(new Command.Create("news", setup, List.of(Bytes.utf8("hi")), true, STAMP), """
                    01 01 d7 00 04 00 00 00    ; version, kind: create, flags, bytes of the name, no id
                    01 00 00 00                ; records
                    6e 65 77 73                ; "news"
                    """ + STAMP_HEX + """
                    0a 00 74 65 78 74 2f 70 6c 61 69 6e ; "text/plain"
                    3c 00 00 00 00 00 00 00    ; time to live, seconds
                    09 00 00 00 00 00 00 00    ; fork: the source's incarnation
                    04 00 00 00 00 00 00 00    ; offset
                    02 00 00 00 00 00 00 00    ; anchor
                    02 00 00 00 00 00 00 00    ; sub-offset
                    03 00 73 72 63             ; "src"
                    02 00 00 00 68 69          ; "hi"
                    """);
        }

        @Test
        @DisplayName("create with a time of expiry")
        void expiresAt() {
            Setup setup = new Setup("", Setup.NEVER, 1_000, Setup.Fork.NONE);
            same(new Command.Create("n", setup, List.of(), false, Stamp.NONE), """
                    01 01 20 00 01 00 00 00    ; version, kind: create, flags, bytes of the name, no id
                    6e                         ; "n"
                    e8 03 00 00 00 00 00 00    ; milliseconds
                    """);
        }

        @Test
        @DisplayName("append with a content type, a sequence and a stamp")
        void append() {
            Command.Append append = new Command.Append(
                    "n", List.of(Bytes.utf8("x")), Command.ANY_TAIL, new Command.Producer("p", 0, 1), false,
                    "a/b", Bytes.utf8("07"), STAMP);
            same(append, """
                    01 02 0e 00 01 00 01 00    ; version, kind: append, flags, bytes of the name and the id
                    01 00 00 00                ; records
                    ff ff ff ff ff ff ff ff    ; any tail
                    00 00 00 00 00 00 00 00    ; epoch
                    01 00 00 00 00 00 00 00    ; seq
                    6e 70                      ; "n", "p"
                    """ + STAMP_HEX + """
                    03 00 61 2f 62             ; "a/b"
                    02 00 30 37                ; sequence
                    01 00 00 00 78             ; "x"
                    """);
        }

        @Test
        @DisplayName("touch, with and without a new life")
        void touch() {
            same(new Command.Touch("n", true, Stamp.NONE), "01 05 00 01 01 00 00 00 6e");
            same(new Command.Touch("n", false, STAMP), "01 05 02 00 01 00 00 00 6e ; touch, flags: stamp\n" + STAMP_HEX);
        }

        @Test
        @DisplayName("close and delete with a stamp")
        void others() {
            same(new Command.Close("n", STAMP), "01 03 02 00 01 00 00 00 6e\n" + STAMP_HEX);
            same(new Command.Delete("n", STAMP), "01 04 02 00 01 00 00 00 6e\n" + STAMP_HEX);
        }

        private void same(Command command, String hex) {
            assertEquals(Hex.of(Hex.bytes(hex)), Hex.of(CommandCodec.encode(command)));
            assertEquals(command, CommandCodec.decode(Hex.bytes(hex)));
            assertEquals(CommandCodec.encode(command).size(), CommandCodec.encodedBytes(command));
        }
    }

    @Test
    @DisplayName("the records of a creation are slices of its payload")
    void records() {
        Command create = new Command.Create("n", Setup.PLAIN, List.of(Bytes.utf8("x")), false, STAMP);
        assertEquals(List.of(Bytes.utf8("x")), CommandCodec.records(CommandCodec.encode(create)));
    }

    @Test
    @DisplayName("a section that says nothing is not one")
    void empty() {
        broken("01 05 02 00 01 00 00 00 6e" + "00".repeat(Stamp.BYTES));
        broken("01 01 04 00 01 00 00 00 6e 00 00");
        broken("01 01 10 00 01 00 00 00 6e ff ff ff ff ff ff ff ff");
        broken("01 01 80 00 01 00 00 00 00 00 00 00 6e");
    }

    @Test
    @DisplayName("cut anywhere, a command is broken in our log and nothing from another node")
    void cut() {
        Setup setup = new Setup("text/plain", 60, Setup.NEVER, FORK);
        Bytes whole = CommandCodec.encode(
                new Command.Create("news", setup, List.of(Bytes.utf8("hi")), true, STAMP));
        for (int size = 0; size < whole.size(); size++) {
            broken(Hex.of(whole.slice(0, size)));
        }
    }

    private static void broken(String hex) {
        Bytes payload = Hex.bytes(hex);
        assertThrows(Check.InvariantBroken.class, () -> CommandCodec.decode(payload), hex);
        assertNull(CommandCodec.decodeUntrusted(payload));
    }

    @Nested
    @DisplayName("what is refused before it is proposed")
    class Refusals {

        @Test
        @DisplayName("lives that are negative, too long or both kinds at once")
        void lives() {
            taken(setup("a/b", 0, -1, Setup.Fork.NONE));
            taken(setup("a/b", CommandBounds.NUMBER_MAX, -1, Setup.Fork.NONE));
            refused("a time to live is from 0 to 9007199254740991 seconds", setup("", -2, -1, Setup.Fork.NONE));
            refused(
                    "a time to live is from 0 to 9007199254740991 seconds",
                    setup("", CommandBounds.NUMBER_MAX + 1, -1, Setup.Fork.NONE));
            refused("a time of expiry is from 0 to 9007199254740991 milliseconds", setup("", -1, -2, Setup.Fork.NONE));
            refused("a stream has a time to live or a time of expiry, not both", setup("", 1, 1, Setup.Fork.NONE));
        }

        @Test
        @DisplayName("forks of nothing or at negative offsets")
        void forks() {
            taken(setup("", -1, -1, FORK));
            taken(setup("", -1, -1, new Setup.Fork("s", Setup.Fork.UNSEEN, -1, -1, 0)));
            refused("a fork names its source", setup("", -1, -1, new Setup.Fork("", 0, 3, 3, 0)));
            refused("a fork's offsets are not negative", setup("", -1, -1, new Setup.Fork("s", 0, -2, -1, 0)));
            refused("a fork's offsets are not negative", setup("", -1, -1, new Setup.Fork("s", 0, 0, 0, -1)));
            refused(
                    "a stream's name has 1 to 1024 bytes, not 1025",
                    setup("", -1, -1, new Setup.Fork("s".repeat(1025), 0, 0, 0, 0)));
        }

        @Test
        @DisplayName("content types and sequences that are too long")
        void texts() {
            taken(setup("t".repeat(512), -1, -1, Setup.Fork.NONE));
            refused("a content type has at most 512 bytes, not 513", setup("t".repeat(513), -1, -1, Setup.Fork.NONE));
            refused("a content type must be well-formed Unicode", setup("\ud83d", -1, -1, Setup.Fork.NONE));
            refused("a content type has at most 512 bytes, not 513", append("t".repeat(513), ""));
            refused("a sequence has at most 512 bytes, not 513", append("", "7".repeat(513)));
        }

        @Test
        @DisplayName("too many first records")
        void records() {
            refused(
                    "an append has at most 10000 records, not 10001",
                    new Command.Create(
                            "n", Setup.PLAIN, Collections.nCopies(10_001, Bytes.EMPTY), false, Stamp.NONE));
        }

        @Test
        @DisplayName("stamps that name half a request")
        void stamps() {
            taken(new Command.Touch("n", true, STAMP));
            taken(new Command.Touch("n", true, new Stamp(5, 0, 0, 0, 0)));
            for (Stamp half : List.of(
                    new Stamp(-1, 0, 0, 0, 0), new Stamp(0, -1, 0, 0, 0), new Stamp(0, 0, 1, 0, 0),
                    new Stamp(0, 1, 0, 1, 1), new Stamp(0, 1, 1, 0, 0), new Stamp(0, 1, 1, 1, 2))) {
                refused("a request has a gateway, a session and a number", new Command.Touch("n", true, half));
            }
        }

        private static Command setup(String contentType, long ttl, long expiresAt, Setup.Fork fork) {
            return new Command.Create("n", new Setup(contentType, ttl, expiresAt, fork), List.of(), false, Stamp.NONE);
        }

        private static Command append(String contentType, String sequence) {
            return new Command.Append(
                    "n", List.of(Bytes.EMPTY), -1, Command.Producer.NONE, false,
                    contentType, Bytes.utf8(sequence), Stamp.NONE);
        }

        private static void taken(Command command) {
            assertEquals("", CommandCodec.refusal(command, 1 << 20));
            assertEquals(command, CommandCodec.decode(CommandCodec.encode(command)));
        }

        private static void refused(String why, Command command) {
            assertEquals(why, CommandCodec.refusal(command, 1 << 20));
        }
    }
}
