package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.server.FreePorts;
import holdfast.server.client.Appender;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.client.Servers;
import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.cluster.NodeStatus;
import holdfast.server.http.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three real nodes lose all of their disks, one after the other, and nothing that was acknowledged. The time limit only ends
/// what hangs.
@Timeout(180)
class LostDisksTest {

    private static final String STREAM = "/v1/stream/ledger";
    private static final String TEXT = "text/plain";
    private static final long LOOK_MILLIS = 50;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final int CALL_MILLIS = 10_000;
    private static final int NODES = 3;

    @TempDir
    Path folder;

    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private Servers servers;
    private Appender appender;
    private int written;

    @BeforeEach
    void start() throws Exception {
        List<NodePlan> plans = NodePlan.onLoopback(NODES, FreePorts.run(20), folder, List.of());
        ClusterFolder.of(plans).form(plans);
        for (NodePlan plan : plans) {
            nodes.add(new NodeProcess(plan));
            nodes.getLast().start();
        }
        for (NodeProcess node : nodes) {
            awaitReady(node);
        }
        servers = new Servers(plans.stream().map(NodePlan::http).toList());
        appender = new Appender(servers, STREAM, TEXT, "clerk");
        create();
    }

    @AfterEach
    void killAll() throws InterruptedException {
        for (NodeProcess node : nodes) {
            node.kill();
        }
        servers.close();
    }

    private void create() throws InterruptedException {
        Headers headers = new Headers();
        headers.add("Content-Type", TEXT);
        while (!(servers.call("PUT", STREAM, headers, Bytes.EMPTY, CALL_MILLIS) instanceof Called.Answered made)
                || !made.isGood()) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static void awaitReady(NodeProcess node) throws InterruptedException {
        while (readiness(node) != 200) {
            assertTrue(node.isAlive(), () -> "node " + node.id() + " ended with " + node.exit() + ": " + node.refusal());
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static int readiness(NodeProcess node) {
        try (HttpCaller caller = new HttpCaller(node.plan().http().resolved())) {
            return caller.get("/readyz", CALL_MILLIS) instanceof Called.Answered answer ? answer.status() : 0;
        }
    }

    /// Appends and remembers what is acknowledged; returns the voters that had synced the last one.
    private String append(int times) throws InterruptedException {
        String syncedBy = "";
        for (int i = 0; i < times; i++) {
            String record = "r" + ++written + ";";
            Appender.Outcome outcome = appender.append(Bytes.utf8(record), PATIENCE_MILLIS);
            Called.Answered receipt = assertInstanceOf(Appender.Outcome.Written.class, outcome, outcome.toString()).receipt();
            acknowledged.add(record);
            syncedBy = receipt.header("Holdfast-Synced-By");
        }
        return syncedBy;
    }

    /// Everything that was acknowledged, in its order, once.
    private void mustBeThere(NodeProcess... from) {
        for (NodeProcess node : from) {
            try (HttpCaller caller = new HttpCaller(node.plan().http().resolved())) {
                Called called = caller.get(STREAM + "?offset=-1", CALL_MILLIS);
                Called.Answered answer = assertInstanceOf(Called.Answered.class, called, called.toString());
                assertEquals(200, answer.status(), answer.body().utf8());
                assertEquals(String.join("", acknowledged), answer.body().utf8(), "at node " + node.id());
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /// Killed, and nothing is left of its directory: a start finds no store.
    private void lose(NodeProcess node) throws Exception {
        node.kill();
        delete(node.plan().data());
        node.start();
        assertTrue(node.awaitExit(PATIENCE_MILLIS));
        assertEquals(Exit.BAD_INPUT, node.exit().orElseThrow());
        assertTrue(node.refusal().contains("replace-disk"), node.refusal());
        assertFalse(Files.exists(node.plan().data()), "a start makes no directory");
    }

    /// By what docs/operate/replace-a-disk.md says; until the last step the new disk has no voice.
    private void replace(NodeProcess node) throws Exception {
        String id = Integer.toString(node.id());
        Spoken made = Spoken.of(
                "format", "--node", id, "--formation", folder.resolve("formation").toString(),
                "--data", node.plan().data().toString());
        assertEquals(0, made.exit(), made.err());
        node.start();
        while (NodeStatus.ask(node.plan().http(), CALL_MILLIS) == null) {
            Thread.sleep(LOOK_MILLIS);
        }
        assertFalse(append(5).contains(id), "a disk that nobody knows acknowledges nothing");
        assertEquals(503, readiness(node));
        String all = String.join(",", nodes.stream().map(other -> other.plan().http().toString()).toList());
        Spoken replaced = Spoken.of("replace-disk", id, "--servers", all);
        assertEquals(0, replaced.exit(), replaced.err());
        awaitReady(node);
        for (int tried = 0; !append(1).contains(id); tried++) {
            assertTrue(tried < 1_000, "node " + id + " acknowledges again");
        }
    }

    @Test
    @DisplayName("a disk is lost, replaced under load, then another one, then the founder's, and all restart")
    void everyDisk() throws Exception {
        append(20);
        for (int lost : new int[] {2, 3, 1}) {
            NodeProcess node = nodes.get(lost - 1);
            lose(node);
            append(10);
            mustBeThere(nodes.get(lost % NODES), nodes.get((lost + 1) % NODES));
            replace(node);
            mustBeThere(nodes.toArray(NodeProcess[]::new));
        }
        for (NodeProcess node : nodes) {
            node.kill();
        }
        for (NodeProcess node : nodes) {
            node.start();
        }
        for (NodeProcess node : nodes) {
            awaitReady(node);
        }
        append(1);
        mustBeThere(nodes.toArray(NodeProcess[]::new));
    }
}
