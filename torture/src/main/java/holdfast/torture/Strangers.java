package holdfast.torture;

import holdfast.Bytes;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.config.HostPort;
import holdfast.server.http.Headers;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// People who mean no good, or programs that do not know what they do, at one node: bodies that are hard to take apart,
/// uploads that drip, connections that say half of something, bytes at the port for the other nodes. The node must live, and
/// everybody else's appends must go on.
final class Strangers {

    private static final String STREAM = "/v1/stream/strangers";
    private static final int BODIES_AT_ONCE = 3;
    private static final int KINDS_EACH = 5;
    private static final int UPLOADS = 40;
    private static final int HALF_OPEN = 120;
    private static final int PEERS = 40;
    private static final int CALL_MILLIS_MAX = 20_000;
    private static final int CONNECT_MILLIS_MAX = 1_000;
    private static final int DRIP_MILLIS = 250;
    private static final int STAY_MILLIS_LEAST = 2_000;
    private static final int STAY_MILLIS_MOST = 8_000;
    /// Others have been killed or cut off just before, so appends may have to wait for them.
    private static final long APPEND_MILLIS_MAX = 40_000;
    private static final int NOISE_BYTES_MAX = 4_096;

    private final List<NodeProcess> nodes;
    private final int appendBytesMax;
    private final Recorder recorder;
    private final SplittableRandom random;
    private final Consumer<String> teller;

    Strangers(
            List<NodeProcess> nodes,
            int appendBytesMax,
            Recorder recorder,
            SplittableRandom random,
            Consumer<String> teller) {
        this.nodes = nodes;
        this.appendBytesMax = appendBytesMax;
        this.recorder = recorder;
        this.random = random;
        this.teller = teller;
    }

    void strike() throws InterruptedException {
        NodePlan victim = nodes.get(random.nextInt(nodes.size())).plan();
        long appended = recorder.appended();
        List<Socket> open = new ArrayList<>();
        int millis = random.nextInt(STAY_MILLIS_LEAST, STAY_MILLIS_MOST);
        try {
            switch (random.nextInt(6)) {
                case 0 -> {
                    teller.accept("strangers at node " + victim.id() + ": " + UPLOADS + " uploads that drip");
                    open(victim.http(), UPLOADS, open, this::upload);
                }
                case 1 -> {
                    teller.accept("strangers at node " + victim.id() + ": " + HALF_OPEN + " connections that say half of it");
                    open(victim.http(), HALF_OPEN, open, this::half);
                }
                case 2 -> {
                    teller.accept("strangers at node " + victim.id() + ": " + PEERS + " connections to its peer port");
                    open(victim.peers().get(victim.id()), PEERS, open, this::noise);
                }
                default -> sendBodies(victim);
            }
            for (int passed = 0; passed < millis; passed += DRIP_MILLIS) {
                open.removeIf(socket -> !drip(socket));
                Thread.sleep(DRIP_MILLIS);
            }
            awaitAppend(appended);
            recorder.report(HandlerBugs.found(victim.http()));
        } finally {
            open.forEach(Strangers::close);
        }
    }

    /// With all strangers still there.
    private void awaitAppend(long before) throws InterruptedException {
        for (long waited = 0; recorder.appended() == before && waited < APPEND_MILLIS_MAX; waited += DRIP_MILLIS) {
            Thread.sleep(DRIP_MILLIS);
        }
        if (recorder.appended() == before && !recorder.isRefuted()) {
            recorder.report("nobody's append was acknowledged for " + APPEND_MILLIS_MAX / 1_000
                    + " s while strangers kept one node busy");
        }
    }

    // ---- bodies --------------------------------------------------------------------------------------------

    /// Several kinds one after the other, each from several clients at once.
    private void sendBodies(NodePlan victim) throws InterruptedException {
        List<HostileBody> kinds = new ArrayList<>(List.of(HostileBody.values()));
        while (kinds.size() > KINDS_EACH) {
            kinds.remove(random.nextInt(kinds.size()));
        }
        int size = appendBytesMax + (random.nextInt(4) == 0 ? 1 : 0);
        teller.accept("strangers at node " + victim.id() + ": bodies of " + kinds + ", " + size + " bytes each");
        for (HostileBody kind : kinds) {
            Bytes body = kind.of(size);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < BODIES_AT_ONCE; i++) {
                threads.add(Thread.ofVirtual().start(() -> send(victim, kind, body)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private void send(NodePlan victim, HostileBody kind, Bytes body) {
        Headers headers = Headers.of("Content-Type", "application/json");
        try (HttpCaller caller = new HttpCaller(victim.http().resolved())) {
            Called _ = caller.call("PUT", STREAM, headers, Bytes.EMPTY, CALL_MILLIS_MAX);
            Called called = caller.call("POST", STREAM, headers, body, CALL_MILLIS_MAX);
            if (called instanceof Called.Answered told && !isFit(told.status())) {
                recorder.report("node " + victim.id() + " answered " + told.status() + " to a body of " + body.size()
                        + " bytes of " + kind);
            }
        }
    }

    /// Taken, refused, or not now: the same client may try again with another body or later.
    static boolean isFit(int status) {
        return status / 100 == 2 || status / 100 == 4 || status == 503 || status == 507;
    }

    // ---- connections ---------------------------------------------------------------------------------------

    private interface Beginning {
        byte[] of(int ordinal);
    }

    private static void open(HostPort where, int count, List<Socket> open, Beginning beginning) {
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket();
            try {
                socket.connect(where.resolved(), CONNECT_MILLIS_MAX);
                socket.getOutputStream().write(beginning.of(i));
                open.add(socket);
            } catch (IOException refused) {
                close(socket);
            }
        }
    }

    private byte[] upload(int ordinal) {
        return ascii("POST " + STREAM + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + (appendBytesMax - ordinal) + "\r\n\r\n[");
    }

    private byte[] half(int ordinal) {
        return ascii(switch (ordinal % 6) {
            case 0 -> "";
            case 1 -> "GET " + STREAM + "?offset=-1&live=sse HTT";
            case 2 -> "POST " + STREAM + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n[";
            case 3 -> "PUT " + STREAM + " HTTP/1.1\r\nHost: a\r\nX: ";
            case 4 -> "GET " + STREAM + "?offset=-1&live=long-poll HTTP/1.1\r\nHost: a\r\n\r\n";
            default -> "GET " + STREAM + "?offset=-1&live=sse HTTP/1.1\r\nHost: a\r\n\r\n";
        });
    }

    private byte[] noise(int ordinal) {
        byte[] noise = new byte[ordinal % 4 == 0 ? 0 : random.nextInt(NOISE_BYTES_MAX)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean drip(Socket socket) {
        try {
            socket.getOutputStream().write('1');
            return true;
        } catch (IOException hungUp) {
            close(socket);
            return false;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
    }
}
