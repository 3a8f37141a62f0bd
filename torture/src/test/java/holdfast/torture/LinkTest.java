package holdfast.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.server.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A link between a client and a server that says everything twice.
@Timeout(60)
class LinkTest {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int A_WHILE_MILLIS = 200;

    private ServerSocket server;
    private Link link;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName(LOOPBACK));
        Thread.ofVirtual().start(this::serve);
        link = new Link(new HostPort(LOOPBACK, 0), new HostPort(LOOPBACK, server.getLocalPort()));
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            for (int read = socket.getInputStream().read(); read >= 0; read = socket.getInputStream().read()) {
                socket.getOutputStream().write(new byte[] {(byte) read, (byte) read});
            }
        } catch (IOException cut) {
            // The client sees it as well.
        }
    }

    private Socket connect() throws IOException {
        return new Socket(LOOPBACK, link.port());
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hear(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    private static void hearNothing(Socket socket) throws IOException {
        socket.setSoTimeout(A_WHILE_MILLIS);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
        socket.setSoTimeout(0);
    }

    @Test
    @DisplayName("what stands still comes later")
    void stalls() throws IOException {
        try (Socket before = connect()) {
            say(before, "a");
            assertEquals("aa", hear(before, 2));
            link.stall();
            say(before, "b");
            hearNothing(before);
            try (Socket during = connect()) {
                say(during, "c");
                hearNothing(during);
                link.heal();
                assertEquals("bb", hear(before, 2));
                assertEquals("cc", hear(during, 2));
            }
        }
    }

    @Test
    @DisplayName("what is abandoned never carries anything again, and nobody is told")
    void abandons() throws IOException {
        try (Socket before = connect()) {
            say(before, "a");
            assertEquals("aa", hear(before, 2));
            link.abandon();
            link.stall();
            link.heal();
            say(before, "b");
            hearNothing(before);
            try (Socket after = connect()) {
                say(after, "c");
                assertEquals("cc", hear(after, 2));
            }
        }
    }

    @Test
    @DisplayName("a reset reaches whoever is on the link, and those who come later are well")
    void resets() throws IOException {
        try (Socket before = connect()) {
            say(before, "a");
            assertEquals("aa", hear(before, 2));
            link.reset();
            assertThrows(IOException.class, () -> {
                if (before.getInputStream().read() < 0) {
                    throw new IOException("hung up");
                }
            });
        }
        try (Socket after = connect()) {
            say(after, "b");
            assertEquals("bb", hear(after, 2));
        }
    }

    @Test
    @DisplayName("a slow link carries everything")
    void slow() throws IOException {
        link.slow(1 << 20);
        try (Socket socket = connect()) {
            String text = "x".repeat(100_000);
            Thread.ofVirtual().start(() -> {
                try {
                    say(socket, text);
                } catch (IOException seenBelow) {
                    // Then less is heard.
                }
            });
            assertEquals(2 * text.length(), hear(socket, 2 * text.length()).length());
        }
    }

    @Test
    @DisplayName("hostile bodies keep within their bound, and JSON's shape")
    void bodies() {
        for (HostileBody kind : HostileBody.values()) {
            int size = kind.of(1_000).size();
            assertTrue(size <= 1_000 && size > 980, kind + " has " + size);
        }
        assertEquals("[1,1,1,1]", HostileBody.ONES.of(10).utf8());
        assertEquals("[[],[],[]]", HostileBody.EMPTY_ARRAYS.of(10).utf8());
        assertEquals("[[[[[[[[[]", HostileBody.DEEP.of(10).utf8());
        HostPort node = new HostPort(LOOPBACK, 4437);
        assertEquals("", HandlerBugs.found(node, "# HELP holdfast_http_bugs_total x\nholdfast_http_bugs_total 0\n"));
        assertEquals("", HandlerBugs.found(node, ""));
        assertTrue(HandlerBugs.found(node, "a 1\nholdfast_http_bugs_total 3\n").contains("not answered 3 requests"));
        assertTrue(Strangers.isFit(413) && Strangers.isFit(204) && Strangers.isFit(503) && !Strangers.isFit(500));
    }
}
