package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import holdfast.Bytes;
import holdfast.Check;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CommandCodecTest {

    private static final Command.Append WITH_EVERYTHING = new Command.Append(
            "news",
            List.of(Bytes.utf8("hello"), Bytes.EMPTY, Bytes.utf8("hi")),
            2,
            new Command.Producer("p1", 3, 7),
            true);

    private static final Bytes WITH_EVERYTHING_BYTES = Hex.bytes("""
            01                         ; version
            02                         ; kind: append
            01 00                      ; flags: close
            04 00                      ; bytes of the name
            02 00                      ; bytes of the producer's id
            03 00 00 00                ; records
            02 00 00 00 00 00 00 00    ; expected tail
            03 00 00 00 00 00 00 00    ; epoch
            07 00 00 00 00 00 00 00    ; seq
            6e 65 77 73                ; "news"
            70 31                      ; "p1"
            05 00 00 00 68 65 6c 6c 6f ; "hello"
            00 00 00 00                ; an empty record
            02 00 00 00 68 69          ; "hi"
            """);

    @Nested
    @DisplayName("the bytes of docs/format.md")
    class Golden {

        @Test
        @DisplayName("create")
        void create() {
            same(new Command.Create("news"), """
                    01 01 00 00 04 00 00 00    ; version, kind: create, flags, bytes of the name, no id
                    6e 65 77 73                ; "news"
                    """);
        }

        @Test
        @DisplayName("append with producer, expected tail and close")
        void append() {
            assertEquals(Hex.of(WITH_EVERYTHING_BYTES), Hex.of(CommandCodec.encode(WITH_EVERYTHING)));
            assertEquals(WITH_EVERYTHING, CommandCodec.decode(WITH_EVERYTHING_BYTES));
        }

        @Test
        @DisplayName("append without any of them")
        void plainAppend() {
            same(new Command.Append(
                    "news", List.of(Bytes.utf8("hi")), Command.ANY_TAIL, Command.Producer.NONE, false), """
                    01 02 00 00 04 00 00 00    ; version, kind: append, flags, bytes of the name, no id
                    01 00 00 00                ; records
                    ff ff ff ff ff ff ff ff    ; any tail
                    00 00 00 00 00 00 00 00    ; no epoch
                    00 00 00 00 00 00 00 00    ; no seq
                    6e 65 77 73                ; "news"
                    02 00 00 00 68 69          ; "hi"
                    """);
        }

        @Test
        @DisplayName("close")
        void close() {
            same(new Command.Close("news"), """
                    01 03 00 00 04 00 00 00    ; version, kind: close, flags, bytes of the name, no id
                    6e 65 77 73                ; "news"
                    """);
        }

        @Test
        @DisplayName("delete, of a stream whose name is not ASCII")
        void delete() {
            same(new Command.Delete("\u00e9\ud83d\ude00"), """
                    01 04 00 00 06 00 00 00    ; version, kind: delete, flags, bytes of the name, no id
                    c3 a9 f0 9f 98 80          ; an accented e and an emoji
                    """);
        }

        private void same(Command command, String hex) {
            assertEquals(Hex.of(Hex.bytes(hex)), Hex.of(CommandCodec.encode(command)));
            assertEquals(command, CommandCodec.decode(Hex.bytes(hex)));
            assertEquals(CommandCodec.encode(command).size(), CommandCodec.encodedBytes(command));
        }
    }

    @Test
    @DisplayName("the records of a payload are slices of it")
    void records() {
        assertEquals(WITH_EVERYTHING.records(), CommandCodec.records(WITH_EVERYTHING_BYTES));
        assertThrows(
                UnsupportedOperationException.class,
                () -> CommandCodec.records(WITH_EVERYTHING_BYTES).add(Bytes.EMPTY));
        Bytes close = CommandCodec.encode(new Command.Close("news"));
        assertThrows(Check.InvariantBroken.class, () -> CommandCodec.records(close));
    }

    @Test
    @DisplayName("a payload inside a larger run of bytes decodes the same")
    void insideOthers() {
        byte[] around = new byte[WITH_EVERYTHING_BYTES.size() + 9];
        WITH_EVERYTHING_BYTES.copyTo(around, 4);
        Bytes payload = Bytes.wrap(around).slice(4, 4 + WITH_EVERYTHING_BYTES.size());
        assertEquals(WITH_EVERYTHING, CommandCodec.decode(payload));
    }

    @Nested
    @DisplayName("a committed payload that does not decode is a bug")
    class Damaged {

        @Test
        @DisplayName("cut anywhere")
        void cut() {
            for (int size = 0; size < WITH_EVERYTHING_BYTES.size(); size++) {
                broken(WITH_EVERYTHING_BYTES.slice(0, size));
            }
        }

        @Test
        @DisplayName("followed by anything")
        void longer() {
            broken(Hex.bytes(Hex.of(WITH_EVERYTHING_BYTES) + "00"));
            broken(Hex.bytes("01 01 00 00 04 00 00 00 6e 65 77 73 00"));
        }

        @Test
        @DisplayName("of another version or kind, with unknown flags or ids")
        void unknown() {
            broken(Hex.bytes("02 01 00 00 01 00 00 00 61"));
            broken(Hex.bytes("01 00 00 00 01 00 00 00 61"));
            broken(Hex.bytes("01 06 00 00 01 00 00 00 61"));
            broken(Hex.bytes("01 03 01 00 01 00 00 00 61"));
            broken(Hex.bytes("01 01 00 01 01 00 00 00 61"));
            broken(Hex.bytes("01 01 00 02 01 00 00 00 61"));
            broken(Hex.bytes("01 01 00 00 01 00 01 00 61 62"));
            broken(Hex.bytes(Hex.of(WITH_EVERYTHING_BYTES).replaceFirst("^01020100", "01020300")));
        }

        @Test
        @DisplayName("with a name that is not UTF-8")
        void notUtf8() {
            broken(Hex.bytes("01 01 00 00 01 00 00 00 ff"));
            broken(Hex.bytes("01 01 00 00 03 00 00 00 ed a0 80"));
            assertEquals(new Command.Create("\ufffd"), CommandCodec.decode(Hex.bytes("01 01 00 00 03 00 00 00 ef bf bd")));
        }

        @Test
        @DisplayName("one flipped byte never escapes as another kind of failure")
        void flipped() {
            for (int at = 0; at < WITH_EVERYTHING_BYTES.size(); at++) {
                for (int flip : new int[] {0x01, 0x80, 0xFF}) {
                    byte[] damaged = WITH_EVERYTHING_BYTES.toArray();
                    damaged[at] ^= (byte) flip;
                    decodesToItselfOrBreaks(Bytes.wrap(damaged));
                }
            }
        }

        private void decodesToItselfOrBreaks(Bytes payload) {
            Command command;
            try {
                command = CommandCodec.decode(payload);
            } catch (Check.InvariantBroken expected) {
                return;
            }
            assertEquals(payload, CommandCodec.encode(command));
        }

        private void broken(Bytes payload) {
            assertThrows(Check.InvariantBroken.class, () -> CommandCodec.decode(payload), () -> Hex.of(payload));
        }
    }

    @Nested
    @DisplayName("what is refused before it is proposed")
    class Refusals {

        private static final int ROOM = 1 << 20;
        private static final List<Bytes> ONE = List.of(Bytes.utf8("x"));
        private static final long GREATEST = (1L << 53) - 1;

        @Test
        @DisplayName("names without bytes, with too many, or with half a surrogate pair")
        void names() {
            taken(new Command.Create("n".repeat(1024)));
            taken(new Command.Create("\ud83d\ude00".repeat(256)));
            refused("a stream's name has 1 to 1024 bytes, not 0", new Command.Create(""));
            refused("a stream's name has 1 to 1024 bytes, not 1025", new Command.Close("n".repeat(1025)));
            refused("a stream's name has 1 to 1024 bytes, not 1026", new Command.Delete("\u00e9".repeat(513)));
            refused("a stream's name must be well-formed Unicode", new Command.Create("\ud83d"));
            refused("a stream's name must be well-formed Unicode", new Command.Create("\ude00\ud83d"));
        }

        @Test
        @DisplayName("producers with long ids or numbers that are out of range")
        void producers() {
            taken(append(ONE, -1, "i".repeat(256), GREATEST, GREATEST, false));
            refused("a producer's id has at most 256 bytes, not 257", append(ONE, -1, "i".repeat(257), 0, 0, false));
            refused("a producer's id must be well-formed Unicode", append(ONE, -1, "\ud83d", 0, 0, false));
            refused("a producer's epoch is from 0 to 9007199254740991, not -1", append(ONE, -1, "a", -1, 0, false));
            refused(
                    "a producer's epoch is from 0 to 9007199254740991, not 9007199254740992",
                    append(ONE, -1, "a", GREATEST + 1, 0, false));
            refused("a producer's seq is from 0 to 9007199254740991, not -1", append(ONE, -1, "a", 0, -1, false));
            refused(
                    "a producer's seq is from 0 to 9007199254740991, not 9007199254740992",
                    append(ONE, -1, "a", 0, GREATEST + 1, false));
            refused("an epoch and a seq need a producer's id", append(ONE, -1, "", 0, 1, false));
        }

        @Test
        @DisplayName("no records without a close, and too many records")
        void records() {
            taken(append(List.of(), -1, "", 0, 0, true));
            taken(append(List.of(Bytes.EMPTY), -1, "", 0, 0, false));
            taken(append(Collections.nCopies(10_000, Bytes.EMPTY), -1, "", 0, 0, false));
            refused("an append without records must close the stream", append(List.of(), -1, "", 0, 0, false));
            refused(
                    "an append has at most 10000 records, not 10001",
                    append(Collections.nCopies(10_001, Bytes.EMPTY), -1, "", 0, 0, true));
        }

        @Test
        @DisplayName("an expected tail below none")
        void expectedTail() {
            taken(append(ONE, 0, "", 0, 0, false));
            refused("an expected tail is not negative", append(ONE, -2, "", 0, 0, false));
        }

        @Test
        @DisplayName("more bytes than the caller allows, by the encoded size")
        void size() {
            int bytes = WITH_EVERYTHING_BYTES.size();
            assertEquals("", CommandCodec.refusal(WITH_EVERYTHING, bytes));
            assertEquals(
                    String.format(Locale.ROOT, "a command has at most %d bytes, not %d", bytes - 1, bytes),
                    CommandCodec.refusal(WITH_EVERYTHING, bytes - 1));
            assertEquals(
                    "a command has at most 8 bytes, not 9", CommandCodec.refusal(new Command.Create("n"), 8));
        }

        @Test
        @DisplayName("a session so far ahead of its time that the gateway would run out of them, or a number beyond all")
        void sessions() {
            String why = "a request has a gateway, a session and a number";
            long now = 1_800_000_000_000L;
            long years = 10L * 366 * 86_400_000;
            taken(new Command.Touch("s", true, new Stamp(now, 1, now + years, 1, 1)));
            refused(why, new Command.Touch("s", true, new Stamp(now, 1, now + years + 1, 1, 1)));
            refused(why, new Command.Touch("s", true, new Stamp(now, 1, Long.MAX_VALUE, 1, 1)));
            taken(new Command.Touch("s", true, new Stamp(now, 1, now, CommandBounds.NUMBER_MAX, 1)));
            refused(why, new Command.Touch("s", true, new Stamp(now, 1, now, CommandBounds.NUMBER_MAX + 1, 1)));
        }

        @Test
        @DisplayName("a content type with control characters")
        void controlCharacters() {
            refused("a content type has no control characters",
                    new Command.Create("s", new Setup("text/plain\r\nX: y", Setup.NEVER, Setup.NEVER, Setup.Fork.NONE),
                            List.of(), false, Stamp.NONE));
        }

        private Command append(
                List<Bytes> records, long expectedTail, String id, long epoch, long seq, boolean close) {
            return new Command.Append("s", records, expectedTail, new Command.Producer(id, epoch, seq), close);
        }

        private void taken(Command command) {
            assertEquals("", CommandCodec.refusal(command, ROOM));
            assertEquals(command, CommandCodec.decode(CommandCodec.encode(command)));
        }

        private void refused(String why, Command command) {
            assertEquals(why, CommandCodec.refusal(command, ROOM));
        }
    }
}
