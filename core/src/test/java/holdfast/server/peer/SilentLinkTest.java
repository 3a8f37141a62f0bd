package holdfast.server.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.server.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections whose packets vanish without a word, and large frames that stand in the way. The time limit only ends a test
/// that hangs.
@Timeout(60)
class SilentLinkTest {

    private static final long NEVER_MILLIS = 10_000_000;

    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerSocket first;
    private ServerSocket second;
    private Wire toOne;
    private Wire toTwo;

    @BeforeEach
    void bind() throws IOException {
        first = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        second = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        toOne = opened(new Wire(first.getLocalPort()));
        toTwo = opened(new Wire(second.getLocalPort()));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T opened(T each) {
        open.add(each);
        return each;
    }

    private End one(long electionMillis) {
        return opened(End.start(End.CLUSTER, 1, new Digest(1, 1), first, 2, at(toTwo), electionMillis));
    }

    private End two(long electionMillis) {
        return opened(End.start(End.CLUSTER, 2, new Digest(2, 2), second, 1, at(toOne), electionMillis));
    }

    private static HostPort at(Wire wire) {
        return new HostPort("127.0.0.1", wire.port());
    }

    private static void await(End end, int peer, boolean isConnected) throws InterruptedException {
        while (end.network.isConnected(peer) != isConnected) {
            Thread.sleep(5);
        }
    }

    @Test
    @DisplayName("a link on which nobody answers is hung up, and made anew as soon as the wire is whole")
    void silence() throws Exception {
        End one = one(300);
        End two = two(300);
        one.sayUntilHeard(2, "before", two);
        two.sayUntilHeard(1, "before", one);

        toOne.cut();
        toTwo.cut();
        await(one, 2, false);
        await(two, 1, false);
        assertTrue(one.network.counters().get(2).silences() > 0);
        toOne.heal();
        toTwo.heal();

        one.sayUntilHeard(2, "after", two);
        two.sayUntilHeard(1, "after", one);
    }

    @Test
    @DisplayName("a peer that is back after a power cut is spoken to at once: its greeting ends the link to the dead process")
    void restarted() throws Exception {
        End one = one(NEVER_MILLIS);
        End two = two(NEVER_MILLIS);
        one.sayUntilHeard(2, "before", two);
        two.sayUntilHeard(1, "before", one);

        toTwo.cut();
        two.close();
        assertTrue(one.network.isConnected(2), "nobody has told it");
        toTwo.heal();
        second = opened(new ServerSocket(second.getLocalPort(), 50, InetAddress.getLoopbackAddress()));
        End again = two(NEVER_MILLIS);

        one.sayUntilHeard(2, "after", again);
        assertEquals(0, one.network.counters().get(2).silences());
    }

    @Test
    @DisplayName("an idle link that is whole stays as it is")
    void idle() throws Exception {
        End one = one(1_000);
        End two = two(1_000);
        one.sayUntilHeard(2, "before", two);
        long connections = one.network.counters().get(2).connections();
        long sent = one.network.counters().get(2).sentFrames();
        while (one.network.counters().get(2).sentFrames() < sent + 20) {
            Thread.sleep(5);
        }
        assertEquals(0, one.network.counters().get(2).silences());
        assertTrue(connections <= 2 && one.network.counters().get(2).connections() == 2, "one for each lane");
    }

    @Test
    @DisplayName("small words pass while a large frame stands still, and its bytes are told as a sign of life")
    void largeFrame() throws Exception {
        toTwo.stopAfter(1 << 20);
        End one = one(NEVER_MILLIS);
        End two = two(NEVER_MILLIS);
        one.sayUntilHeard(2, "ready", two);
        Bytes large = Bytes.wrap(new byte[20 << 20]);
        Integer arriving = null;
        while (arriving == null) {
            one.network.send(2, large);
            arriving = two.arrivals.poll(20, TimeUnit.MILLISECONDS);
        }
        assertEquals(1, arriving);
        for (int i = 0; i < 100; i++) {
            one.sayUntilHeard(2, "heartbeat " + i, two);
        }
        assertFalse(two.heard.stream().anyMatch(packet -> packet.bytes().size() == large.size()));
    }

    @Test
    @DisplayName("a peer whose name nobody knows yet is looked for again and again")
    void unknownName() throws Exception {
        End one = opened(End.start(
                End.CLUSTER, 1, new Digest(1, 1), first, 2, new HostPort("holdfast-no-such-host.invalid", 1), 300));
        End two = two(300);

        two.sayUntilHeard(1, "is heard all the same", one);

        assertFalse(one.network.isConnected(2));
        assertEquals("127.0.0.1:8002", one.network.httpAddress(2));
    }
}
