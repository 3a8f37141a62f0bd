package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.server.FreePorts;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.cluster.NodeStatus;
import holdfast.server.config.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three real nodes lose all of their disks, one after the other, and nothing that was acknowledged. The time limit only ends
/// what hangs.
@Tag("slow")
@Timeout(180)
class LostDisksTest {

    private static final long LOOK_MILLIS = 50;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final int CALL_MILLIS = 10_000;
    private static final int NODES = 3;

    @TempDir
    Path folder;

    private final List<NodeProcess> nodes = new ArrayList<>();
    private Clerk ledger;
    private Clerk rush;

    @BeforeEach
    void start() throws Exception {
        List<NodePlan> plans = NodePlan.onLoopback(NODES, FreePorts.run(20), folder, List.of());
        ClusterFolder.of(plans).form(plans);
        for (NodePlan plan : plans) {
            nodes.add(new NodeProcess(plan));
            nodes.getLast().start();
        }
        for (NodeProcess node : nodes) {
            awaitComplete(node);
        }
        List<HostPort> addresses = plans.stream().map(NodePlan::http).toList();
        ledger = new Clerk("ledger", addresses);
        rush = new Clerk("rush", addresses);
    }

    @AfterEach
    void killAll() throws InterruptedException {
        for (NodeProcess node : nodes) {
            node.kill();
        }
        for (Clerk clerk : new Clerk[] {ledger, rush}) {
            if (clerk != null) {
                clerk.stop();
            }
        }
    }

    private static void awaitReady(NodeProcess node) throws InterruptedException {
        while (readiness(node) != 200) {
            assertTrue(node.isAlive(), () -> "node " + node.id() + " ended with " + node.exit() + ": " + node.refusal());
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static void awaitComplete(NodeProcess node) throws InterruptedException {
        NodeStatus status = null;
        while (status == null || !status.isComplete()) {
            Thread.sleep(LOOK_MILLIS);
            status = NodeStatus.ask(node.plan().http(), CALL_MILLIS);
        }
    }

    private static int readiness(NodeProcess node) {
        try (HttpCaller caller = new HttpCaller(node.plan().http().resolved())) {
            return caller.get("/readyz", CALL_MILLIS) instanceof Called.Answered answer ? answer.status() : 0;
        }
    }

    /// What both clerks wrote, the one that never rests included.
    private void mustBeThere(NodeProcess... from) throws InterruptedException {
        for (NodeProcess node : from) {
            ledger.mustBeThere(node.id(), node.plan().http());
            rush.mustBeThere(node.id(), node.plan().http());
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
        assertFalse(ledger.append(5).contains(id), "a disk that nobody knows acknowledges nothing");
        assertEquals(503, readiness(node));
        String all = String.join(",", nodes.stream().map(other -> other.plan().http().toString()).toList());
        rush.awaitMore(5);
        Spoken replaced = Spoken.of("replace-disk", id, "--servers", all);
        assertEquals(0, replaced.exit(), replaced.err());
        rush.awaitMore(5);
        awaitReady(node);
        for (int tried = 0; !ledger.append(1).contains(id); tried++) {
            assertTrue(tried < 1_000, "node " + id + " acknowledges again");
        }
    }

    @Test
    @DisplayName("a disk is lost, replaced under load, then another one, then the founder's, and all restart")
    void everyDisk() throws Exception {
        rush.start();
        ledger.append(20);
        for (int lost : new int[] {2, 3, 1}) {
            NodeProcess node = nodes.get(lost - 1);
            lose(node);
            ledger.append(10);
            mustBeThere(nodes.get(lost % NODES), nodes.get((lost + 1) % NODES));
            replace(node);
            mustBeThere(nodes.toArray(NodeProcess[]::new));
        }
        for (NodeProcess node : nodes) {
            node.kill();
        }
        mustStartAgain();
    }

    /// A leader that does not know yet what is committed has to hear it from voters that were all replaced.
    private void mustStartAgain() throws Exception {
        for (NodeProcess node : nodes) {
            node.start();
        }
        for (NodeProcess node : nodes) {
            awaitReady(node);
        }
        ledger.append(1);
        rush.awaitMore(5);
        rush.rest();
        mustBeThere(nodes.toArray(NodeProcess[]::new));
    }
}
