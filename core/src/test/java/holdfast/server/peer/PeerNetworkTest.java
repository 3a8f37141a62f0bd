package holdfast.server.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.server.FreePorts;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two nodes' networks over loopback. Nothing here depends on how long anything takes; the time limit only ends a
/// test that hangs.
@Timeout(60)
class PeerNetworkTest {

    private static final Digest CLUSTER = End.CLUSTER;

    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerSocket first;
    private ServerSocket second;

    @BeforeEach
    void bind() throws IOException {
        int port = FreePorts.run(2);
        first = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        second = new ServerSocket(port + 1, 50, InetAddress.getLoopbackAddress());
        open.add(first);
        open.add(second);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private End start(Digest cluster, int self, Digest disk, ServerSocket socket, int peer, ServerSocket other) {
        End end = End.start(cluster, self, disk, socket, peer, other.getLocalPort());
        open.add(end);
        return end;
    }

    private End one() {
        return start(CLUSTER, 1, new Digest(1, 1), first, 2, second);
    }

    private End two() {
        return start(CLUSTER, 2, new Digest(2, 2), second, 1, first);
    }

    @Test
    @DisplayName("packets arrive whole, in order, with the sender's id")
    void inOrder() throws Exception {
        End one = one();
        End two = two();
        one.sayUntilHeard(2, "ready", two);
        // A packet may be on its way twice from the greeting; what follows is in order behind it.
        for (int i = 0; i < 2_000; i++) {
            one.network.send(2, Bytes.utf8("packet " + i));
        }

        int expected = 0;
        while (expected < 2_000) {
            End.Packet packet = two.heard.take();
            assertEquals(1, packet.from());
            if (!packet.bytes().utf8().equals("ready")) {
                assertEquals("packet " + expected++, packet.bytes().utf8());
            }
        }
        assertEquals("127.0.0.1:8001", two.network.httpAddress(1));
    }

    @Test
    @DisplayName("a large packet passes")
    void large() throws Exception {
        End one = one();
        End two = two();

        one.sayUntilHeard(2, Bytes.wrap(new byte[20 << 20]), two);
    }

    @Test
    @DisplayName("what is said while the peer is away is dropped and counted; the connection comes back by itself")
    void reconnects() throws Exception {
        End one = one();
        one.network.send(2, Bytes.utf8("lost"));
        assertEquals(1, one.network.counters().get(2).droppedFrames());

        End two = two();
        one.sayUntilHeard(2, "found", two);
        two.sayUntilHeard(1, "found too", one);
        two.close();
        second = listenAgain(second.getLocalPort());
        End again = two();

        again.sayUntilHeard(1, "back", one);
        one.sayUntilHeard(2, "good", again);
        assertTrue(one.network.counters().get(2).connections() >= 2);
    }

    /// The other end keeps calling this port, and a call that finds nobody may for a moment occupy it itself.
    private static ServerSocket listenAgain(int port) throws Exception {
        while (true) {
            try {
                return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            } catch (BindException taken) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    @DisplayName("a question gets its answer, and the asker hears when there will be none")
    void questions() throws Exception {
        End one = one();
        assertFalse(one.network.ask(2, 1, Bytes.utf8("nobody there")), "it certainly never left");
        End two = two();
        one.sayUntilHeard(2, "ready", two);
        two.sayUntilHeard(1, "ready", one);

        assertTrue(one.network.ask(2, 7, Bytes.utf8("anybody there")));
        assertEquals("7 anybody there!", one.answers.take());

        two.close();
        assertEquals(2, one.lost.take());
    }

    @Test
    @DisplayName("a node of another cluster is not heard")
    void otherCluster() throws Exception {
        End one = one();
        End stranger = start(new Digest(8, 8), 2, new Digest(2, 2), second, 1, first);

        assertEquals("node 2 belongs to another cluster", refusalOf(new Digest(8, 8), 2, 1, new Digest(2, 2)));

        stranger.network.send(1, Bytes.utf8("hello"));
        assertTrue(one.heard.isEmpty());
        assertNull(one.network.httpAddress(2));
    }

    @Test
    @DisplayName("a wrong address, an unknown node and a lost disk are refused with a sentence")
    void refusals() throws Exception {
        End one = one();
        End two = two();
        two.sayUntilHeard(1, "hello", one);

        assertEquals("node 2 looked for node 3 and found node 1", refusalOf(CLUSTER, 2, 3, new Digest(2, 2)));
        assertEquals("node 9 is not one of this node's peers", refusalOf(CLUSTER, 9, 1, new Digest(2, 2)));
        assertEquals(
                "node 2 is on disk 00000000000000030000000000000003, and its voter on disk"
                        + " 00000000000000020000000000000002; if that one is lost, './holdfast replace-disk 2' puts the"
                        + " other in its place, see docs/operate/replace-a-disk.md",
                refusalOf(CLUSTER, 2, 1, new Digest(3, 3)));
    }

    /// Introduces itself to node 1 by hand.
    private String refusalOf(Digest cluster, int from, int to, Digest disk) throws IOException {
        try (Socket socket = new Socket(first.getInetAddress(), first.getLocalPort())) {
            Hello hello = new Hello(cluster, from, to, disk, 0, 9, Lane.PROMPT, "x:1");
            socket.getOutputStream().write(Frame.of(hello.encode()).toArray());
            return ((Hello.Heard.Refused) FirstFrame.read(socket.getInputStream())).sentence();
        }
    }

    @Test
    @DisplayName("whoever does not speak the protocol is told so and cut off")
    void noise() throws IOException {
        one();
        try (Socket socket = new Socket(first.getInetAddress(), first.getLocalPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));

            assertEquals(
                    new Hello.Heard.Refused("it does not speak this protocol"),
                    FirstFrame.read(socket.getInputStream()));
            // Whatever was left unread may turn the end into a reset.
            assertTrue(endOf(socket) < 0);
        }
    }

    private static int endOf(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException reset) {
            return -1;
        }
    }

    @Test
    @DisplayName("a damaged frame ends the connection, and nothing of it is believed")
    void damage() throws IOException {
        End one = one();
        try (Socket socket = new Socket(first.getInetAddress(), first.getLocalPort())) {
            socket.getOutputStream().write(
                    Frame.of(new Hello(CLUSTER, 2, 1, new Digest(2, 2), 0, 9, Lane.PROMPT, "x:1").encode()).toArray());
            FirstFrame.read(socket.getInputStream());
            byte[] frame = Frame.of(Bytes.utf8("true words")).toArray();
            frame[frame.length - 1] ^= 1;
            socket.getOutputStream().write(frame);

            assertTrue(endOf(socket) < 0);
            assertTrue(one.heard.isEmpty());
        }
    }

    @Test
    @DisplayName("a partition swallows frames in the directions it names, and heals")
    void partition() throws Exception {
        End one = one();
        End two = two();
        one.sayUntilHeard(2, "before", two);
        two.sayUntilHeard(1, "before", one);

        one.partition.set(Set.of(), Set.of(2));
        two.heard.clear();
        one.network.send(2, Bytes.utf8("swallowed"));
        two.sayUntilHeard(1, "the other way is open", one);
        assertFalse(two.heard.stream().anyMatch(packet -> packet.bytes().utf8().equals("swallowed")));

        one.partition.set(Set.of(2), Set.of());
        one.heard.clear();
        one.sayUntilHeard(2, "open again", two);
        long received = one.network.counters().get(2).receivedFrames();
        two.network.send(1, Bytes.utf8("swallowed too"));
        while (one.network.counters().get(2).receivedFrames() == received) {
            Thread.onSpinWait();
        }
        one.partition.set(Set.of(), Set.of());
        two.sayUntilHeard(1, "healed", one);
        assertFalse(one.heard.stream().anyMatch(packet -> packet.bytes().utf8().equals("swallowed")));
    }
}
