package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.node.Node;
import holdfast.server.FreePorts;
import holdfast.server.client.Appender;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.client.Problems;
import holdfast.server.client.Servers;
import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.cluster.NodeStatus;
import holdfast.server.cluster.SyncFailure;
import holdfast.server.config.HostPort;
import holdfast.server.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real processes: how they end, and what is left. The time limit only ends what hangs.
@Tag("slow")
@Timeout(120)
class ProcessTest {

    private static final int CALL_MILLIS_MAX = 10_000;
    private static final long PATIENCE_MILLIS = 30_000;
    private static final int PORTS = 20;
    private static final String TARGET = "/v1/stream/s";
    private static final String TYPE = "text/plain";

    @TempDir
    Path folder;

    private final List<NodeProcess> nodes = new ArrayList<>();

    @AfterEach
    void killAll() throws InterruptedException {
        for (NodeProcess node : nodes) {
            node.kill();
        }
    }

    private void start(int size) throws IOException, InterruptedException {
        List<String> flags = List.of("--test-hooks", "--append-bytes", "256k", "--segment-bytes", "4m");
        List<NodePlan> plans = NodePlan.onLoopback(size, FreePorts.run(PORTS), folder, flags);
        ClusterFolder.of(plans).form(plans);
        for (NodePlan plan : plans) {
            NodeProcess node = new NodeProcess(plan);
            nodes.add(node);
            node.start();
        }
        for (NodeProcess node : nodes) {
            awaitReady(node);
        }
    }

    private static void awaitReady(NodeProcess node) throws InterruptedException {
        NodeStatus status = null;
        while (status == null || !status.isComplete()) {
            assertTrue(node.isAlive(), "node " + node.id() + " ended with " + node.exit());
            Thread.sleep(50);
            status = NodeStatus.ask(node.plan().http(), 1_000);
        }
    }

    private NodeProcess leader() throws InterruptedException {
        while (true) {
            for (NodeProcess node : nodes) {
                NodeStatus status = node.isAlive() ? NodeStatus.ask(node.plan().http(), 1_000) : null;
                if (status != null && status.leads()) {
                    return node;
                }
            }
            Thread.sleep(50);
        }
    }

    private List<HostPort> addresses() {
        return nodes.stream().map(node -> node.plan().http()).toList();
    }

    private static Called.Answered call(NodeProcess node, String method, String target) {
        try (HttpCaller caller = new HttpCaller(node.plan().http().resolved())) {
            Headers headers = Headers.of("Content-Type", TYPE);
            Called called = caller.call(method, target, headers, Bytes.EMPTY, CALL_MILLIS_MAX);
            return assertInstanceOf(Called.Answered.class, called, called.toString());
        }
    }

    private static void append(Appender appender, String text) throws InterruptedException {
        assertInstanceOf(Appender.Outcome.Written.class, appender.append(Bytes.utf8(text), PATIENCE_MILLIS));
    }

    private static String logOf(NodeProcess node) throws IOException {
        return Files.readString(node.plan().log());
    }

    @Test
    @DisplayName("told to go, a leader hands over, finishes and ends with 0; the next one already leads")
    void sigterm() throws Exception {
        start(3);
        NodeProcess leader = leader();

        assertTrue(leader.terminate(PATIENCE_MILLIS));

        assertEquals(0, leader.exit().orElseThrow());
        assertTrue(logOf(leader).contains("hands leadership to node "), logOf(leader));
        assertTrue(logOf(leader).contains("follows node "), "the successor led before this one was gone");
    }

    @Test
    @DisplayName("an fdatasync that fails beneath the JVM ends the process with 74, and nothing acknowledged is lost")
    void failedSync() throws Exception {
        start(3);
        NodeProcess leader = leader();
        assertTrue(call(leader, "PUT", TARGET).isGood());
        try (Servers servers = new Servers(addresses())) {
            Appender appender = new Appender(servers, TARGET, TYPE, "p");
            append(appender, "before;");
            assertTrue(!SyncFailure.arm(leader).isEmpty());
            append(appender, "during;");
            assertTrue(leader.awaitExit(PATIENCE_MILLIS));
            assertEquals(Node.EXIT_IO_ERROR, leader.exit().orElseThrow());
            assertTrue(logOf(leader).contains("ERROR"), logOf(leader));

            leader.start();
            awaitReady(leader);
            append(appender, "after;");
        }
        assertEquals("before;during;after;", call(leader, "GET", TARGET + "?offset=-1").body().utf8());
    }

    @Test
    @DisplayName("killed without a word and started again, all nodes still have everything")
    void killedAll() throws Exception {
        start(3);
        assertTrue(call(leader(), "PUT", TARGET).isGood());
        try (Servers servers = new Servers(addresses())) {
            Appender appender = new Appender(servers, TARGET, TYPE, "p");
            append(appender, "kept;");
            for (NodeProcess node : nodes) {
                node.kill();
            }
            for (NodeProcess node : nodes) {
                node.start();
            }
            append(appender, "more;");
        }
        for (NodeProcess node : nodes) {
            awaitReady(node);
            assertEquals("kept;more;", call(node, "GET", TARGET + "?offset=-1").body().utf8());
        }
    }

    @Test
    @DisplayName("a damaged store ends the process with 65 and a sentence that names the file")
    void damaged() throws Exception {
        start(1);
        NodeProcess node = nodes.getFirst();
        assertTrue(node.terminate(PATIENCE_MILLIS));
        Files.write(node.plan().data().resolve("IDENT"), new byte[8192]);

        node.start();

        assertTrue(node.awaitExit(PATIENCE_MILLIS));
        assertEquals(Node.EXIT_DAMAGED, node.exit().orElseThrow());
        assertTrue(logOf(node).contains("IDENT: neither copy says whose store this is"), logOf(node));
        assertTrue(logOf(node).endsWith("see './holdfast replace-disk 1' and docs/operate/replace-a-disk.md.\n"),
                logOf(node));
    }

    @Test
    @DisplayName("lines that are there together go in one append, bytes in pieces; the receipt says how many")
    void input() throws Exception {
        start(1);
        NodeProcess node = nodes.getFirst();

        String told = append(Bytes.utf8("one\ntwo\n"), "text", "text/plain").strip();
        assertTrue(told.startsWith("written: ") && told.endsWith(", 2 lines in 1 append"), told);
        append(Bytes.utf8("three"), "text", "text/plain");
        assertEquals("one\ntwo\nthree\n", call(node, "GET", "/v1/stream/text").body().utf8());

        told = append(Bytes.utf8("{\"a\":1}\n\n[2,3]\n4\n\"5\"\n"), "json", "application/json").strip();
        assertTrue(told.endsWith(", 4 lines in 3 appends"), told);
        assertEquals("[{\"a\":1},2,3,4,\"5\"]", call(node, "GET", "/v1/stream/json").body().utf8().strip());

        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 2_500; i++) {
            many.append("line ").append(i).append('\n');
        }
        told = append(Bytes.utf8(many.toString()), "many", "text/plain").strip();
        assertTrue(told.endsWith(", 2500 lines in 3 appends"), told);
        assertEquals(many.toString(), call(node, "GET", "/v1/stream/many").body().utf8());

        Bytes bytes = Bytes.wrap(new byte[] {0, -1, 10, 13, 10, -64, -128});
        assertEquals(1, append(bytes, "bytes", "image/png").lines().count());
        assertEquals(bytes, call(node, "GET", "/v1/stream/bytes").body());
    }

    @Test
    @DisplayName("a line that is refused is named, and those before it are written")
    void refusedLine() throws Exception {
        start(1);
        NodeProcess node = nodes.getFirst();
        Spoken spoken = appending(Bytes.utf8("{\"a\":1}\n2\n{3}\n4\n"), "lines", "--type", "application/json");
        assertEquals(1, spoken.exit());
        assertTrue(spoken.out().strip().endsWith(", 2 lines in 2 appends"), spoken.out());
        assertTrue(spoken.err().contains("line 3 of the input: not written: "), spoken.err());
        assertEquals("[{\"a\":1},2]", call(node, "GET", "/v1/stream/lines").body().utf8().strip());

        String small = "x".repeat(200_000) + "\n";
        assertEquals(0, appending(Bytes.utf8(small + small), "large").exit());
        assertEquals(2 * small.length(), call(node, "GET", "/v1/stream/large").body().size());
        spoken = appending(Bytes.utf8("first\n" + "x".repeat(300_000) + "\n"), "larger");
        assertEquals(1, spoken.exit());
        assertTrue(spoken.err().contains("line 2 of the input: not written: "), spoken.err());
    }

    @Test
    @DisplayName("the same input given again under the same name of a producer is written once")
    void sameInputAgain() throws Exception {
        start(1);
        NodeProcess node = nodes.getFirst();
        assertEquals(0, appending(Bytes.utf8("one\ntwo\n"), "again", "--producer", "p").exit());
        assertEquals(0, appending(Bytes.utf8("one\ntwo\nthree\n"), "again", "--producer", "p").exit());
        assertEquals("one\ntwo\nthree\n", call(node, "GET", "/v1/stream/again").body().utf8());
    }

    /// By the command, from its input; returns what it said.
    private String append(Bytes input, String stream, String type) throws InterruptedException {
        Spoken spoken = appending(input, stream, "--type", type);
        assertEquals(0, spoken.exit(), spoken.err());
        return spoken.out();
    }

    private Spoken appending(Bytes input, String stream, String... options) throws InterruptedException {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(input.toArray()));
            List<String> words = new ArrayList<>(
                    List.of("append", stream, "--servers", nodes.getFirst().plan().http().toString()));
            words.addAll(List.of(options));
            return Spoken.of(words.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    @DisplayName("the operators' pages say what the node is")
    void pages() throws Exception {
        start(1);
        NodeProcess node = nodes.getFirst();

        assertEquals("ok\n", call(node, "GET", "/healthz").body().utf8());
        assertEquals("ready\n", call(node, "GET", "/readyz").body().utf8());
        String metrics = call(node, "GET", "/metrics").body().utf8();
        assertTrue(metrics.contains("holdfast_role{role=\"leader\"} 1\n"), metrics);
        for (String line : metrics.split("\n")) {
            assertTrue(
                    line.matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[a-z0-9-]+\"\\})? [0-9.]+"),
                    "no line of a metrics page: " + line);
        }
        assertEquals(404, call(node, "GET", "/nothing").status());
        Called.Answered refused = call(node, "DELETE", "/v1/status");
        assertEquals(405, refused.status());
        assertEquals("GET, HEAD", refused.header("Allow"));
        assertEquals("this page is read with GET", Problems.sentence(refused));
        assertEquals(400, call(node, "POST", "/v1/test/disk?fail-sync=x").status());
    }
}
