package holdfast.server.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The parts that judge a connection, with a clock of the test's own.
class PulseTest {

    private static final long INTERVAL = 100;
    private static final long PATIENCE = 1_000;
    private static final long WRITE = 5_000;

    private final Pulse pulse = new Pulse(0, INTERVAL, PATIENCE, WRITE);

    @Test
    @DisplayName("a ping is due every so often, and none while an echo is awaited")
    void intervals() {
        assertEquals(INTERVAL, pulse.untilPing(0));
        assertEquals(0, pulse.untilPing(INTERVAL));
        pulse.echoed(pulse.ping(INTERVAL));
        assertEquals(1, pulse.untilPing(2 * INTERVAL - 1));
        pulse.ping(2 * INTERVAL);
        assertTrue(pulse.untilPing(10 * INTERVAL) > 0);
    }

    @Test
    @DisplayName("who owes an echo for too long is silent; an older echo pays nothing")
    void silence() {
        long first = pulse.ping(0);
        assertFalse(pulse.isSilent(PATIENCE));
        assertTrue(pulse.isSilent(PATIENCE + 1));
        pulse.echoed(first);
        assertFalse(pulse.isSilent(PATIENCE + 2));
        pulse.ping(PATIENCE + 2);
        pulse.echoed(first);
        assertTrue(pulse.isSilent(2 * PATIENCE + 3));
    }

    @Test
    @DisplayName("what was written before a ping gives its echo time, a megabyte a second")
    void largeFrames() {
        pulse.wrote(500);
        pulse.wrote(500);
        pulse.ping(0);
        assertFalse(pulse.isSilent(PATIENCE + 1_000 * Pulse.NANOS_PER_BYTE));
        assertTrue(pulse.isSilent(PATIENCE + 1_000 * Pulse.NANOS_PER_BYTE + 1));
    }

    @Test
    @DisplayName("a kernel that takes no byte more has lost the other end")
    void writes() {
        pulse.writing();
        assertFalse(pulse.isSilent(WRITE));
        assertTrue(pulse.isSilent(WRITE + 1));
        pulse.wrote(1);
        pulse.writing();
        assertFalse(pulse.isSilent(2 * WRITE));
    }

    @Test
    @DisplayName("time in which nobody looked is no silence of the other side")
    void stoppedProcess() {
        Pulse patient = new Pulse(0, INTERVAL, 2 * Pulse.STEP_NANOS_MAX, WRITE);
        patient.ping(0);
        assertFalse(patient.isSilent(1_000 * Pulse.STEP_NANOS_MAX));
        assertFalse(patient.isSilent(1_001 * Pulse.STEP_NANOS_MAX));
        assertTrue(patient.isSilent(1_002 * Pulse.STEP_NANOS_MAX));
    }

    @Test
    @DisplayName("only a connection that owes something is in doubt")
    void doubt() {
        assertFalse(pulse.isInDoubt(1_000_000, 10));
        long ping = pulse.ping(0);
        assertFalse(pulse.isInDoubt(10, 10));
        assertTrue(pulse.isInDoubt(11, 10));
        pulse.echoed(ping);
        assertFalse(pulse.isInDoubt(11, 10));
    }

    @Test
    @DisplayName("bytes are a sign of life as long as they come at 1 MB/s, told seldom")
    void signsOfLife() {
        SignsOfLife signs = new SignsOfLife();
        long milli = 1_000_000;
        int bytesAMilli = (int) (milli / Pulse.NANOS_PER_BYTE);
        assertFalse(signs.isDue(0, 0, 0), "between frames");
        assertTrue(signs.isDue(0, 1, 1));
        assertFalse(signs.isDue(1, 1, 2), "just told");
        for (int millis = 20; millis < 30_000; millis += 20) {
            assertTrue(signs.isDue(millis * milli, 1, millis * bytesAMilli));
        }
        assertFalse(signs.isDue(30_200 * milli, 1, 30_000 * bytesAMilli), "too slow to be called alive");
        assertTrue(signs.isDue(30_220 * milli, 1, 30_200 * bytesAMilli), "it has caught up");
        assertTrue(signs.isDue(30_240 * milli, 2, 1), "the next one has a time of its own");
    }

    @Test
    @DisplayName("a large frame of which a byte comes now and then is a sign of life for a moment only")
    void drip() {
        SignsOfLife signs = new SignsOfLife();
        long told = 0;
        for (int bytes = 1; bytes < 1_000; bytes++) {
            told += signs.isDue(bytes * 25_000_000L, 1, bytes) ? 1 : 0;
        }
        assertTrue(told <= 5, told + " times");
    }

    @Test
    @DisplayName("lines are told so often a minute, the rest is a number")
    void rarely() {
        AtomicLong now = new AtomicLong();
        List<String> told = new ArrayList<>();
        Rarely rarely = new Rarely(2, now::get);
        for (int i = 1; i <= 5; i++) {
            rarely.tell(told::add, "line " + i);
        }
        assertEquals(List.of("line 1", "line 2"), told);
        now.set(60_000_000_000L);
        rarely.tell(told::add, "line 6");
        rarely.tell(told::add, "line 7");
        assertEquals(List.of("line 1", "line 2", "line 6 (3 like this were not told before)", "line 7"), told);
    }

    @Test
    @DisplayName("the oldest stranger gives way, and strangers take no places of peers' addresses")
    void strangers() {
        Strangers strangers = new Strangers(2);
        Socket peer = new Socket();
        Socket oldest = new Socket();
        assertNull(strangers.admit(peer, true));
        assertNull(strangers.admit(oldest, false));
        assertNull(strangers.admit(new Socket(), false));

        assertSame(oldest, strangers.admit(new Socket(), false));

        assertTrue(oldest.isClosed());
        assertFalse(strangers.release(oldest), "it is told that it had to go");
        for (int i = 0; i < 100; i++) {
            assertNotNull(strangers.admit(new Socket(), false));
        }
        assertFalse(peer.isClosed());
        assertTrue(strangers.release(peer));
    }

    @Test
    @DisplayName("small words travel on the prompt lane, large ones in bulk")
    void lanes() {
        assertEquals(Lane.PROMPT, Lane.of(new Word.Packet(Bytes.wrap(new byte[Lane.PROMPT_PACKET_BYTES_MAX]))));
        assertEquals(Lane.BULK, Lane.of(new Word.Packet(Bytes.wrap(new byte[Lane.PROMPT_PACKET_BYTES_MAX + 1]))));
        assertEquals(Lane.PROMPT, Lane.of(new Word.Ask(1, Bytes.wrap(new byte[Lane.PROMPT_QUESTION_BYTES_MAX]))));
        assertEquals(Lane.BULK, Lane.of(new Word.Ask(1, Bytes.wrap(new byte[Lane.PROMPT_QUESTION_BYTES_MAX + 1]))));
        assertEquals(Lane.BULK, Lane.of(new Word.Tell(1, Bytes.wrap(new byte[Lane.PROMPT_QUESTION_BYTES_MAX + 1]))));
    }
}
