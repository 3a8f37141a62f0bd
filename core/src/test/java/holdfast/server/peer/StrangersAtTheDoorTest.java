package holdfast.server.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever can reach the peer port, and what it costs. The time limit only ends a test that hangs.
@Timeout(60)
class StrangersAtTheDoorTest {

    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerSocket first;
    private ServerSocket second;
    private End one;

    @BeforeEach
    void start() throws IOException {
        first = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        second = opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        one = opened(End.start(End.CLUSTER, 1, new Digest(1, 1), first, 2, second.getLocalPort()));
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

    private Socket stranger() throws IOException {
        return opened(new Socket(first.getInetAddress(), first.getLocalPort()));
    }

    private Socket greeted() throws IOException {
        Socket socket = stranger();
        socket.getOutputStream().write(
                Frame.of(new Hello(End.CLUSTER, 2, 1, new Digest(2, 2), 0, 9, Lane.PROMPT, "x:1").encode()).toArray());
        FirstFrame.read(socket.getInputStream());
        return socket;
    }

    private long count(Complaint complaint) {
        return one.network.complaints().count(complaint);
    }

    private static void awaitEnd(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Echoes are not of interest.
            }
        } catch (IOException reset) {
            // That is an end, too.
        }
    }

    @Test
    @DisplayName("a greeting has one deadline, however its bytes are spread")
    void drip() throws Exception {
        Socket socket = stranger();
        socket.getOutputStream().write(new byte[] {0, 8, 0, 0});
        while (drip(socket.getOutputStream())) {
            Thread.onSpinWait();
        }
        while (count(Complaint.NO_GREETING) == 0) {
            Thread.sleep(5);
        }
    }

    /// A byte now and then, behind a length that a greeting may have. Returns false once nobody takes it.
    private static boolean drip(OutputStream out) throws InterruptedException {
        Thread.sleep(50);
        try {
            out.write(new byte[] {1});
            return true;
        } catch (IOException hungUp) {
            return false;
        }
    }

    @Test
    @DisplayName("a refused stranger that goes on talking is hung up on all the same")
    void talkative() throws Exception {
        Socket socket = stranger();
        socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        while (drip(socket.getOutputStream())) {
            Thread.onSpinWait();
        }
        assertEquals(1, count(Complaint.NOT_A_GREETING));
    }

    @Test
    @DisplayName("any number of silent strangers leave room for a peer")
    void crowd() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < 3 * PeerSettings.STRANGERS_MAX; i++) {
            crowd.add(stranger());
        }
        End two = opened(End.start(End.CLUSTER, 2, new Digest(2, 2), second, 1, first.getLocalPort()));

        two.sayUntilHeard(1, "heard", one);

        awaitEnd(crowd.getFirst());
        assertTrue(count(Complaint.GAVE_WAY) > 0);
    }

    @Test
    @DisplayName("a frame that is whole and says nothing ends the connection, and is counted")
    void noMessage() throws Exception {
        Socket socket = greeted();
        socket.getOutputStream().write(new Word.Packet(Bytes.EMPTY).frame().toArray());
        socket.getOutputStream().write(new Word.Packet(Bytes.utf8("what follows")).frame().toArray());

        awaitEnd(socket);

        assertEquals(1, count(Complaint.NO_MESSAGE));
        assertTrue(one.heard.isEmpty(), "nothing behind it is believed");
    }

    @Test
    @DisplayName("so does a frame that is broken")
    void brokenFrame() throws Exception {
        Socket socket = greeted();
        socket.getOutputStream().write(new byte[100]);

        awaitEnd(socket);

        assertEquals(1, count(Complaint.BROKEN_FRAME));
    }

    @Test
    @DisplayName("refusals are counted, each of them")
    void refusals() throws Exception {
        for (int i = 1; i <= 20; i++) {
            Socket socket = stranger();
            socket.getOutputStream().write(
                    Frame.of(new Hello(End.CLUSTER, 9, 1, new Digest(2, 2), 0, 9, Lane.PROMPT, "x:1").encode()).toArray());
            FirstFrame.read(socket.getInputStream());
            socket.close();
        }
        assertEquals(20, count(Complaint.REFUSED));
    }

    @Test
    @DisplayName("what no peer would take is never sent")
    void tooLarge() throws Exception {
        End two = opened(End.start(End.CLUSTER, 2, new Digest(2, 2), second, 1, first.getLocalPort()));
        one.sayUntilHeard(2, "ready", two);

        Bytes large = Bytes.wrap(new byte[PeerSettings.FRAME_BYTES_MAX]);
        one.network.send(2, large);
        assertFalse(one.network.ask(2, 1, large), "it certainly never leaves");

        assertEquals(2, count(Complaint.TOO_LARGE));
        one.sayUntilHeard(2, "still there", two);
        assertTrue(two.network.complaints().count(Complaint.BROKEN_FRAME) == 0);
    }
}
