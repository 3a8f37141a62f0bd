package holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients share, and what one of them can keep from the others. The time limit only keeps a hanging test from hanging
/// all others.
@Timeout(60)
class HttpBudgetsTest extends ServerOnAPort {

    private static final int LARGE = 200_000;
    private static final HttpLimits USUAL = limits(9, PATIENT, PATIENT, PATIENT);

    private static String put(int length) {
        return "PUT / HTTP/1.1\nHost: x\nConnection: close\nContent-Length: " + length + "\n\n";
    }

    /// What is sent after the bytes of `/N`.
    private static Response answerOf(Request request) {
        return new Response.Whole(200, new Headers(), Bytes.wrap(new byte[Integer.parseInt(request.path().substring(1))]));
    }

    @Nested
    @DisplayName("bodies of requests")
    class Bodies {

        @Test
        @DisplayName("that are too large together are refused, and when one is answered there is room again")
        void together() throws IOException {
            start(USUAL.withBodies(LARGE, 300_000), (request, _) -> echo(request));
            String answer = "HTTP/1.1 503 ";
            while (answer.startsWith("HTTP/1.1 503 ")) {
                answer = holdUp();
            }
            assertTrue(answer.endsWith("a"), answer);
            String told = "";
            while (!told.startsWith("HTTP/1.1 200 OK")) {
                told = exchange(put(LARGE) + "a".repeat(LARGE));
            }
        }

        /// One has all but its last byte there, and no other finds room until it is answered: unless its bytes came after
        /// those of the other, and it is refused itself. Returns its answer.
        private String holdUp() throws IOException {
            try (Socket first = connect()) {
                send(first, put(LARGE) + "a".repeat(LARGE - 1));
                String told = "";
                while (!told.startsWith("HTTP/1.1 503 ") && first.getInputStream().available() == 0) {
                    told = exchange(put(LARGE) + "a".repeat(LARGE));
                }
                assertTrue(exchange(put(10) + "ten bytes!").endsWith("PUT ten bytes!"), "small ones have room of their own");
                send(first, "a");
                return readAll(first);
            }
        }

        @Test
        @DisplayName("count with the memory that they take, and give it back")
        void shares() {
            Budgets budgets = Budgets.of(USUAL.withBodies(1 << 20, 400 << 10));
            Budgets.BodyShare one = budgets.new BodyShare();
            Budgets.BodyShare other = budgets.new BodyShare();
            assertTrue(one.grow(64 << 10));
            assertTrue(one.grow(300 << 10), "from the small budget to the large one");
            assertFalse(other.grow(101 << 10));
            assertTrue(other.grow(64 << 10));
            one.giveBack();
            assertTrue(other.grow(400 << 10));
            assertFalse(one.grow(65 << 10));
            other.giveBack();
            assertTrue(one.grow(400 << 10));
            assertFalse(other.grow(500 << 10));
        }

        @Test
        @DisplayName("that come too slowly are refused")
        void tooSlow() throws IOException {
            start(limits(9, PATIENT, PATIENT, IMPATIENT), (request, _) -> echo(request));
            try (Socket socket = connect()) {
                send(socket, put(5) + "ab");
                assertTrue(readAll(socket).startsWith("HTTP/1.1 408 Request Timeout\n"));
            }
        }

        @Test
        @DisplayName("that keep their pace may take longer than that")
        void steady() throws IOException, InterruptedException {
            int tenSeconds = 10 * HttpLimits.BODY_BYTES_PER_SECOND_MIN;
            start(limits(9, PATIENT, PATIENT, IMPATIENT), (request, _) -> echo(request));
            try (Socket socket = connect()) {
                send(socket, put(tenSeconds + 1) + "a".repeat(tenSeconds));
                Thread.sleep(4 * IMPATIENT);
                send(socket, "b");
                assertTrue(readAll(socket).endsWith("ab"));
            }
        }
    }

    @Nested
    @DisplayName("answers")
    class Answers {

        @Test
        @DisplayName("that can never fit are refused, and small ones are not")
        void neverFits() throws IOException {
            start(USUAL.withBodies(100, LARGE + 1_000), (request, _) -> answerOf(request));
            for (int i = 0; i < 3; i++) {
                assertTrue(exchange("GET /" + LARGE + " HTTP/1.0\n\n").endsWith("\n\n" + "\0".repeat(LARGE)));
            }
            assertTrue(exchange("GET /" + 2 * LARGE + " HTTP/1.0\n\n").startsWith("HTTP/1.1 503 "));
            assertTrue(exchange("GET /9 HTTP/1.0\n\n").endsWith("\n\n\0\0\0\0\0\0\0\0\0"));
        }

        @Test
        @DisplayName("wait for those of others, and a client that does not read is cut off for them")
        void waiting() throws IOException {
            int large = 16 << 20;
            start(USUAL.withBodies(100, large + 1_000).withPressedMillis(IMPATIENT), (request, _) -> answerOf(request));
            try (Socket doesNotRead = connect()) {
                send(doesNotRead, "GET /" + large + " HTTP/1.1\nHost: x\n\n");
                assertEquals('H', doesNotRead.getInputStream().read());
                assertTrue(exchange("GET /" + large + " HTTP/1.0\n\n").length() > large);
            }
        }

        @Test
        @DisplayName("are cut off if nothing of them is read")
        void doesNotRead() throws IOException {
            HttpLimits limits = new HttpLimits(4_096, 20, 1 << 20, 9, PATIENT, PATIENT, PATIENT, IMPATIENT);
            start(limits, (_, _) -> new Response.Whole(200, new Headers(), Bytes.wrap(new byte[32 << 20])));
            try (Socket socket = connect()) {
                send(socket, "GET / HTTP/1.1\nHost: x\n\n");
                while (server.connections() == 0) {
                    Thread.onSpinWait();
                }
                while (server.connections() > 0) {
                    Thread.onSpinWait();
                }
            }
        }

        @Test
        @DisplayName("are not, however long they take, while their client goes on reading")
        void steadyReader() throws IOException, InterruptedException {
            int large = 4 << 20;
            int patience = 2_000;
            HttpLimits limits = new HttpLimits(4_096, 20, 1 << 20, 9, PATIENT, PATIENT, PATIENT, patience);
            start(limits, (request, _) -> answerOf(request));
            try (Socket socket = new Socket()) {
                socket.setReceiveBufferSize(32 << 10);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                send(socket, "GET /" + large + " HTTP/1.0\n\n");
                int got = 0;
                byte[] piece = new byte[32 << 10];
                for (int more = 0; more >= 0; more = socket.getInputStream().read(piece)) {
                    got += more;
                    Thread.sleep(3 * patience / 2 / (large / piece.length));
                }
                assertTrue(got > large, "got " + got);
            }
        }
    }

    @Nested
    @DisplayName("connections")
    class Connections {

        @Test
        @DisplayName("that are one too many are answered 503 while all are busy; when one has left there is room again")
        void tooMany() throws IOException {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch answer = new CountDownLatch(1);
            start(limits(1, PATIENT, PATIENT, PATIENT), (request, _) -> {
                asked.countDown();
                answer.await();
                return echo(request);
            });
            try (Socket first = connect()) {
                send(first, "GET / HTTP/1.1\nHost: x\n\n");
                awaitUninterrupted(asked);
                try (Socket second = connect()) {
                    assertTrue(readAll(second).startsWith("HTTP/1.1 503 "));
                }
                answer.countDown();
                readUntil(first, "GET ");
            }
            String told = "";
            while (!told.startsWith("HTTP/1.1 200 OK")) {
                told = answerOrNothing();
            }
        }

        @Test
        @DisplayName("that wait for nothing make room for those that ask")
        void idleOnes() throws IOException {
            start(limits(2, PATIENT, PATIENT, PATIENT), (request, _) -> echo(request));
            try (Socket oldest = connect(); Socket older = connect()) {
                for (Socket socket : new Socket[] {oldest, older}) {
                    send(socket, "GET / HTTP/1.1\nHost: x\n\n");
                    readUntil(socket, "GET ");
                }
                assertTrue(exchange("GET / HTTP/1.0\n\n").endsWith("GET "));
                assertEquals("", readAll(oldest));
                send(older, "GET / HTTP/1.0\n\n");
                assertTrue(readAll(older).endsWith("GET "));
            }
        }

        /// Turned away before it has sent its request, a client may see a reset instead of the answer.
        private String answerOrNothing() {
            try {
                return exchange("GET / HTTP/1.1\nHost: x\nConnection: close\n\n");
            } catch (IOException reset) {
                return "";
            }
        }

        @Test
        @DisplayName("on which nothing is said are left without a word")
        void idle() throws IOException {
            start(limits(9, IMPATIENT, PATIENT, PATIENT), (request, _) -> echo(request));
            try (Socket socket = connect()) {
                assertEquals("", readAll(socket));
            }
        }

        @Test
        @DisplayName("whose client never finishes its headers are told 408, though it sends a byte now and then")
        void slowHead() throws IOException {
            start(limits(9, PATIENT, IMPATIENT, PATIENT), (request, _) -> echo(request));
            try (Socket socket = connect()) {
                send(socket, "GET / HTTP/1.1\nHost");
                assertTrue(readAll(socket).startsWith("HTTP/1.1 408 Request Timeout\n"));
            }
        }

        @Test
        @DisplayName("are granted as far as the process may open files, and the log and the peers keep theirs")
        void descriptors() {
            assertEquals(new DescriptorBudget(4_096, ""), DescriptorBudget.of(4_096, 100_000, 50));
            assertEquals(new DescriptorBudget(122, "connections is lowered from 4096 to 122: this process may open 300 files"
                    + " (ulimit -n), of which 50 are open, 64 are kept for the log and 64 for other nodes"),
                    DescriptorBudget.of(4_096, 300, 50));
            assertEquals(0, DescriptorBudget.of(4_096, 190, 50).connections());
            assertEquals(new DescriptorBudget(1, ""), DescriptorBudget.of(1, 179, 50));
            assertTrue(DescriptorBudget.of(100).connections() > 0);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
