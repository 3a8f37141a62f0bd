package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import holdfast.Bytes;
import holdfast.Probe;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// How streams are used, left alone and expire, by the leaders' time and nothing else.
class LifetimeTest {

    private static final long SECOND = 1_000;
    private static final long START = 1_700_000_000_000L;

    private StreamMachine machine = new StreamMachine(Probe.NONE);
    private long index;

    private Outcome at(long millis, Command command) {
        return machine.apply(++index, command.with(Stamp.NONE.at(START + millis)));
    }

    private static Command create(String name, long ttlSeconds, long expiresAtMillis) {
        return new Command.Create(
                name, new Setup("", ttlSeconds, expiresAtMillis, Setup.Fork.NONE), List.of(), false, Stamp.NONE);
    }

    private static Command append() {
        return new Command.Append(
                "s", List.of(Bytes.utf8("x")), Command.ANY_TAIL, Command.Producer.NONE, false);
    }

    private static Command touch(boolean renew) {
        return new Command.Touch("s", renew, Stamp.NONE);
    }

    @Nested
    @DisplayName("a time to live")
    class TimeToLive {

        @Test
        @DisplayName("ends when the stream was left alone for so long, to the millisecond")
        void ends() {
            at(0, create("s", 2, Setup.NEVER));
            assertEquals(START + 2 * SECOND, machine.view("s").dueMillis());
            assertEquals(new Outcome.Touched(0, false, START + 2 * SECOND), at(2 * SECOND - 1, touch(false)));
            assertEquals(new Outcome.NoSuchStream(), at(2 * SECOND, touch(false)));
        }

        @Test
        @DisplayName("begins anew with an append, a close and a read, and with nothing else")
        void renewed() {
            at(0, create("s", 2, Setup.NEVER));
            at(1 * SECOND, append());
            at(2 * SECOND, touch(true));
            at(3 * SECOND, new Command.Close("s"));
            assertEquals(START + 5 * SECOND, machine.view("s").dueMillis());
            at(4 * SECOND, append());
            at(4 * SECOND, create("s", 2, Setup.NEVER));
            at(4 * SECOND, touch(false));
            assertEquals(START + 5 * SECOND, machine.view("s").dueMillis());
            assertEquals(new Outcome.NoSuchStream(), at(5 * SECOND, new Command.Close("s")));
        }

        @Test
        @DisplayName("may be as long as a number can be")
        void longest() {
            at(0, create("s", CommandBounds.NUMBER_MAX, Setup.NEVER));
            assertEquals(START + 1_000 * CommandBounds.NUMBER_MAX, machine.view("s").dueMillis());
        }

        @Test
        @DisplayName("leaves the name free for another stream")
        void nameIsFree() {
            at(0, create("s", 1, Setup.NEVER));
            at(0, append());
            assertEquals(new Outcome.Created(3), at(SECOND, create("s", Setup.NEVER, Setup.NEVER)));
            assertEquals(0, machine.view("s").tail());
        }
    }

    @Nested
    @DisplayName("a new leader")
    class NewLeader {

        private Outcome inTerm(long term, long millis, Command command) {
            return machine.apply(++index, term, command.with(Stamp.NONE.at(START + millis)));
        }

        @Test
        @DisplayName("leaves a stream the time it had at the last command: nobody could have told of a use since")
        void pause() {
            inTerm(1, 0, create("s", 2, Setup.NEVER));
            inTerm(1, 1_400, new Command.Close("nobody"));
            assertEquals(new Outcome.Touched(0, false, START + 8_600), inTerm(2, 8 * SECOND, touch(false)));
            assertEquals(new Outcome.NoSuchStream(), inTerm(2, 8_600, touch(false)));
        }

        @Test
        @DisplayName("but no more than a moment of grace, and no more than a use right now would")
        void grace() {
            inTerm(1, 0, create("s", 20, Setup.NEVER));
            inTerm(1, 0, create("t", 0, Setup.NEVER));
            inTerm(2, 19_500, new Command.Close("nobody"));
            assertEquals(START + 20_500, machine.view("s").dueMillis());
            assertNull(machine.view("t"));
        }

        @Test
        @DisplayName("takes no time from any stream")
        void never() {
            inTerm(1, 0, create("s", 20, Setup.NEVER));
            inTerm(2, 3 * SECOND, touch(false));
            assertEquals(START + 20 * SECOND, machine.view("s").dueMillis());
        }

        @Test
        @DisplayName("lets streams expire in the order in which they would have")
        void order() {
            inTerm(1, 0, create("s", 3, Setup.NEVER));
            inTerm(1, 300, create("t", 3, Setup.NEVER));
            inTerm(1, 2_500, new Command.Close("nobody"));
            inTerm(2, 8 * SECOND, new Command.Close("nobody"));
            assertEquals(START + 8_500, machine.view("s").dueMillis());
            assertEquals(START + 8_800, machine.view("t").dueMillis());
        }

        @Test
        @DisplayName("does not put off a time of expiry")
        void expiresAt() {
            inTerm(1, 0, create("s", Setup.NEVER, START + 2 * SECOND));
            assertEquals(new Outcome.NoSuchStream(), inTerm(2, 2 * SECOND, touch(true)));
        }

        @Test
        @DisplayName("is told from the old one after a restart as well")
        void image() {
            inTerm(1, 0, create("s", 2, Setup.NEVER));
            machine = StreamMachine.decode(machine.encode(), Probe.NONE);
            inTerm(1, 1 * SECOND, touch(false));
            assertEquals(START + 2 * SECOND, machine.view("s").dueMillis());
            inTerm(2, 1_500, touch(false));
            assertEquals(START + 2_500, machine.view("s").dueMillis());
        }
    }

    @Test
    @DisplayName("a time of expiry comes, however the stream is used")
    void expiresAt() {
        at(0, create("s", Setup.NEVER, START + 3 * SECOND));
        at(2 * SECOND, append());
        at(2 * SECOND, touch(true));
        assertEquals(START + 3 * SECOND, machine.view("s").dueMillis());
        assertEquals(new Outcome.NoSuchStream(), at(3 * SECOND, append()));
    }

    @Test
    @DisplayName("a stream that never expires is never due")
    void never() {
        at(0, create("s", Setup.NEVER, Setup.NEVER));
        at(1L << 50, touch(true));
        assertEquals(Long.MAX_VALUE, machine.view("s").dueMillis());
    }

    @Test
    @DisplayName("any command with a later time makes all streams expire that are due, whatever it asks for")
    void sweep() {
        at(0, create("a", 1, Setup.NEVER));
        at(0, create("b", 2, Setup.NEVER));
        at(0, create("c", Setup.NEVER, START + SECOND));
        at(SECOND, new Command.Close("nobody"));
        assertNull(machine.view("a"));
        assertEquals(2, machine.view("b").incarnation());
        assertNull(machine.view("c"));
    }

    @Test
    @DisplayName("the clock never goes back: a leader with a slow clock only lets streams live longer")
    void clock() {
        at(5 * SECOND, create("s", 2, Setup.NEVER));
        at(1 * SECOND, append());
        assertEquals(START + 5 * SECOND, machine.clockMillis());
        assertEquals(START + 7 * SECOND, machine.view("s").dueMillis());
        machine.apply(++index, new Command.Create("t"));
        assertEquals(START + 5 * SECOND, machine.clockMillis());
    }

    @Test
    @DisplayName("clock and due times go through the image")
    void image() {
        at(0, create("s", 2, Setup.NEVER));
        at(1 * SECOND, create("t", Setup.NEVER, START + 2 * SECOND));
        machine = StreamMachine.decode(machine.encode(), Probe.NONE);
        assertEquals(START + 1 * SECOND, machine.clockMillis());
        assertEquals(new Setup("", 2, Setup.NEVER, Setup.Fork.NONE), machine.view("s").setup());
        at(2 * SECOND, new Command.Close("nobody"));
        assertNull(machine.view("s"));
        assertNull(machine.view("t"));
    }
}
