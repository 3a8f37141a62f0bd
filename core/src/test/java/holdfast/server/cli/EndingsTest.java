package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.node.Node;
import holdfast.server.FreePorts;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.cluster.NodeStatus;
import holdfast.server.config.HostPort;
import holdfast.server.http.Headers;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Last words, disks that hang, and what operators are answered meanwhile: one node as a real process. The time limit only
/// ends what hangs.
@Timeout(120)
class EndingsTest {

    private static final int CALL_MILLIS_MAX = 30_000;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final int PORTS = 20;
    private static final int CLIENTS = 32;

    @TempDir
    Path folder;

    private NodeProcess node;
    private HostPort admin;

    @AfterEach
    void kill() throws InterruptedException {
        node.kill();
    }

    private void start(String... more) throws IOException, InterruptedException {
        int port = FreePorts.run(PORTS);
        admin = new HostPort("127.0.0.1", port + PORTS - 1);
        List<String> flags = new ArrayList<>(List.of(
                "--test-hooks", "--append-bytes", "256k", "--segment-bytes", "4m", "--admin", admin.toString()));
        flags.addAll(List.of(more));
        List<NodePlan> plans = NodePlan.onLoopback(1, port, folder, flags);
        ClusterFolder.of(plans).form(plans);
        node = new NodeProcess(plans.getFirst());
        node.start();
        NodeStatus status = null;
        while (status == null || !status.leads()) {
            assertTrue(node.isAlive(), "the node ended with " + node.exit());
            Thread.sleep(50);
            status = NodeStatus.ask(node.plan().http(), 1_000);
        }
    }

    private static Called call(HostPort address, String method, String target, String body) {
        try (HttpCaller caller = new HttpCaller(address.resolved())) {
            return caller.call(
                    method, target, Headers.of("Content-Type", "text/plain"), Bytes.utf8(body), CALL_MILLIS_MAX);
        }
    }

    private static Called.Answered answered(Called called) {
        return assertInstanceOf(Called.Answered.class, called, called.toString());
    }

    private void good(String method, String target) {
        assertTrue(answered(call(node.plan().http(), method, target, "")).isGood(), target);
    }

    private String log() throws IOException {
        return Files.readString(node.plan().log());
    }

    @Test
    @DisplayName("when a sync fails, everybody who waits for it is told that the outcome is unknown, and the cause is logged")
    void lastWords() throws Exception {
        start();
        good("PUT", "/v1/stream/s");
        Thread.sleep(1_000); // Until nothing is written any more: the next sync is that of the appends.
        good("POST", "/v1/test/disk?delay-syncs=3000&fail-sync=1");
        List<Future<Called>> calls = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                calls.add(clients.submit(() -> call(node.plan().http(), "POST", "/v1/stream/s", "x")));
            }
            for (Future<Called> call : calls) {
                Called.Answered answer = answered(call.get());
                assertEquals(503, answer.status());
                assertTrue(answer.body().utf8().contains("\"outcome\":\"unknown\""), answer.body().utf8());
            }
        }
        assertTrue(node.awaitExit(PATIENCE_MILLIS));
        assertEquals(Node.EXIT_IO_ERROR, node.exit().orElseThrow());
        assertTrue(log().contains("stops: the store failed while batch "), log());
        assertTrue(log().contains("Input/output error (injected)"), log());
    }

    @Test
    @DisplayName("told to go while its disk hangs, the process ends all the same, and says so")
    void hungDisk() throws Exception {
        start();
        good("PUT", "/v1/stream/s");
        good("POST", "/v1/test/disk?delay-syncs=900000");
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Called> call = clients.submit(() -> call(node.plan().http(), "POST", "/v1/stream/s", "x"));
            Thread.sleep(500);
            assertTrue(node.terminate(PATIENCE_MILLIS));
            call.get();
        }
        assertEquals(Node.EXIT_IO_ERROR, node.exit().orElseThrow());
        assertTrue(log().contains("is told to end"), log());
        assertTrue(log().contains("ends although its disk hangs"), log());
    }

    /// A connection that is in use: one that is idle would give way to the next.
    private Socket longPoll() throws IOException {
        Socket socket = new Socket(node.plan().http().host(), node.plan().http().port());
        String request = "GET /v1/stream/s?offset=now&live=long-poll HTTP/1.1\r\nHost: x\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    @DisplayName("operators have a port of their own: clients that hold every connection change nothing there")
    void admin() throws Exception {
        start("--connections", "4");
        good("PUT", "/v1/stream/s");
        List<Socket> waiting = new ArrayList<>();
        try {
            while (!(call(node.plan().http(), "GET", "/healthz", "") instanceof Called.Answered turnedAway)
                    || turnedAway.status() != 503) {
                waiting.add(longPoll());
            }
            assertEquals("ok\n", answered(call(admin, "GET", "/healthz", "")).body().utf8());
            assertEquals("ready\n", answered(call(admin, "GET", "/readyz", "")).body().utf8());
            assertTrue(answered(call(admin, "GET", "/metrics", "")).body().utf8().contains("\nholdfast_disk_rot_total 0\n"));
            assertTrue(answered(call(admin, "GET", "/v1/status", "")).body().utf8().contains("\"full\":false"));
            assertEquals(404, answered(call(admin, "GET", "/v1/stream/s", "")).status());
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
        assertTrue(log().contains(" and operators on " + admin + ", "), log());
        assertTrue(log().contains("has recovered in "), log());
        assertTrue(node.terminate(PATIENCE_MILLIS));
        assertEquals(0, node.exit().orElseThrow());
    }
}
