package holdfast.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.node.ClientRequest;
import holdfast.server.http.Headers;
import holdfast.server.http.Request;
import holdfast.server.http.Response;
import holdfast.server.ops.HttpCounters;
import holdfast.server.ops.Observed;
import holdfast.server.ops.OpsHandler;
import holdfast.stream.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `/readyz`, `/v1/status` and `/v1/voters/N/disk` tell while a store is formed and a disk is replaced. The time limit
/// only ends what hangs.
@Tag("slow")
@Timeout(120)
class OperatorsPagesTest {

    private static final String FORMING =
            "the store is being formed: its founder has not heard a majority of the voters yet\n";
    private static final String READY = "ready\n";

    @TempDir
    Path folder;

    private LoopbackCluster cluster;

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static Response.Whole ask(RunningNode node, String method, String path, String body)
            throws InterruptedException {
        Observed observed = new Observed(
                node.store(), "127.0.0.1:" + node.config().node(), node.loop(), node.door(), node.disk().statistics(),
                node.network(), new HttpCounters(node.log()), () -> 0, node.trouble(), node.partition());
        Request request = new Request(method, path, true, Headers.of("Host", "h"), Bytes.utf8(body));
        return assertInstanceOf(Response.Whole.class, new OpsHandler(observed).handle(request));
    }

    /// Waits until `/readyz` says that; only "ready" is a success.
    private static void awaitReadiness(RunningNode node, String text) throws InterruptedException {
        Response.Whole answer = ask(node, "GET", "/readyz", "");
        while (!answer.body().utf8().equals(text)) {
            Thread.sleep(10);
            answer = ask(node, "GET", "/readyz", "");
        }
        assertEquals(text.equals(READY) ? 200 : 503, answer.status());
    }

    private static void assertStatus(RunningNode node, String part) throws InterruptedException {
        String json = ask(node, "GET", "/v1/status", "").body().utf8();
        assertTrue(json.contains(part), json + " has " + part);
    }

    private void startWholeCluster() throws Exception {
        cluster = new LoopbackCluster(folder, 3);
        cluster.awaitWhole();
        for (int id = 1; id <= 3; id++) {
            awaitReadiness(cluster.node(id), READY);
        }
    }

    private static String diskOf(RunningNode node) {
        return node.store().id().diskUuid().toString();
    }

    private static String bound(int node, String disk, long since) {
        return "{\"node\":" + node + ",\"disk\":\"" + disk + "\",\"since\":" + since + "}";
    }

    @Test
    @DisplayName("a founder alone is not ready; a second node completes the store, and is missed until the third has come")
    void forming() throws Exception {
        cluster = new LoopbackCluster(folder, 3, 1);
        RunningNode founder = cluster.node(1);
        awaitReadiness(founder, FORMING);
        assertEquals(founder, cluster.leader());
        awaitReadiness(founder, FORMING);
        assertStatus(founder, "\"trouble\":\"" + FORMING.strip() + "\"");
        assertStatus(founder, "\"disks\":[" + bound(1, diskOf(founder), 0) + "," + bound(2, "", 0) + "," + bound(3, "", 0) + "]");
        assertEquals(200, ask(founder, "GET", "/healthz", "").status());

        RunningNode second = cluster.start(2);
        awaitReadiness(founder, READY);
        awaitReadiness(second, READY);
        assertStatus(founder, "\"trouble\":\"\"");
        assertStatus(founder, bound(2, diskOf(second), 0) + "," + bound(3, "", 0));

        cluster.stop(2);
        awaitReadiness(founder, "no leader is known; a voter without a disk has no vote: 3\n");
    }

    @Test
    @DisplayName("a node that hears nobody is alive and not ready, and so is a stopped one not even alive")
    void alone() throws Exception {
        startWholeCluster();
        RunningNode node = cluster.leader();
        node.partition().set(Set.of(1, 2, 3), Set.of(1, 2, 3));

        awaitReadiness(node, "no leader is known\n");
        assertStatus(node, "\"trouble\":\"no leader is known\"");
        assertEquals(200, ask(node, "GET", "/healthz", "").status());

        cluster.stop(node.config().node());
        awaitReadiness(node, "stopped\n");
        assertEquals(503, ask(node, "GET", "/healthz", "").status());
    }

    @Test
    @DisplayName("a node that was away is not ready until it has what is committed, and says how far it is")
    void catchingUp() throws Exception {
        startWholeCluster();
        cluster.stop(3);
        cluster.write(new ClientRequest.Write(new Command.Create("s")));
        for (int i = 0; i < 200; i++) {
            cluster.write(new ClientRequest.Write(new Command.Append(
                    "s", List.of(Bytes.wrap(new byte[50_000])), Command.ANY_TAIL, Command.Producer.NONE, false)));
        }
        long committed = cluster.leader().door().status().commitIndex();

        RunningNode back = cluster.start(3);
        Response.Whole answer = ask(back, "GET", "/readyz", "");
        while (answer.status() != 200) {
            assertTrue(answer.body().utf8().matches("recovering\n|no leader is known\n|the node's loop does not answer\n"
                    + "|no leader has said yet what is committed\n|catching up: applied [0-9]+ of [0-9]+\n"),
                    answer.body().utf8());
            answer = ask(back, "GET", "/readyz", "");
        }
        long applied = back.door().status().appliedIndex();
        assertTrue(applied >= committed, applied + " of " + committed);
    }

    @Test
    @DisplayName("who looks at the node and throws has a bug, and the node has none")
    void badVisitor() throws Exception {
        cluster = new LoopbackCluster(folder, 1);
        RunningNode node = cluster.leader();
        CompletableFuture<Object> look = node.loop().look(_ -> {
            throw new IllegalStateException("a bug of a page");
        });
        assertEquals("a bug of a page", assertThrows(ExecutionException.class, look::get).getCause().getMessage());
        assertTrue(node.loop().isRunning());
        awaitReadiness(node, READY);
    }

    @Test
    @DisplayName("the founder on another disk says which disks it and its voter are on, until that one is replaced")
    void wrongDisk() throws Exception {
        startWholeCluster();
        String lost = diskOf(cluster.node(1));
        cluster.stop(1);
        RunningNode founder = cluster.startOnNewDisk(1);
        String fresh = diskOf(founder);
        String trouble = "voter 1 is on disk " + lost + " and this is disk " + fresh + ": see docs/operate/replace-a-disk.md";

        awaitReadiness(founder, trouble + "\n");
        assertStatus(founder, "\"trouble\":\"" + trouble + "\"");
        assertEquals(503, ask(founder, "PUT", "/v1/voters/1/disk", fresh).status(), "it leads nobody");
        assertStatus(cluster.leader(), bound(1, lost, 0));

        Response.Whole replaced = replace(leader -> 1, leader -> fresh);
        assertEquals(200, replaced.status(), replaced.body().utf8());
        awaitReadiness(founder, READY);
        long since = Long.parseLong(replaced.body().utf8().replaceAll(".*\"index\":([0-9]+).*\\s*", "$1"));
        assertStatus(founder, bound(1, fresh, since));
        assertEquals(replaced.body(), replace(leader -> 1, leader -> fresh).body(), "to ask again is safe");
    }

    /// Asks whoever leads until it is not refused for now: the last voter may still wait for its disk to be bound.
    private Response.Whole replace(ToIntFunction<RunningNode> voter, Function<RunningNode, String> disk)
            throws InterruptedException {
        while (true) {
            RunningNode leader = cluster.leader();
            String page = "/v1/voters/" + voter.applyAsInt(leader) + "/disk";
            Response.Whole answer = ask(leader, "PUT", page, disk.apply(leader));
            if (answer.status() != 503) {
                return answer;
            }
            Thread.sleep(10);
        }
    }

    private static int next(int voter) {
        return voter % 3 + 1;
    }

    @Test
    @DisplayName("a leader does not replace itself, nobody who is no voter, and no disk by another voter's: 409")
    void impossible() throws Exception {
        startWholeCluster();
        ToIntFunction<RunningNode> self = leader -> leader.config().node();
        ToIntFunction<RunningNode> other = leader -> next(self.applyAsInt(leader));
        String strange = "00000000000000090000000000000009";

        assertEquals(409, replace(self, leader -> strange).status());
        assertEquals(409, replace(leader -> 4, leader -> strange).status());
        assertEquals(409, replace(other, leader -> diskOf(cluster.node(next(other.applyAsInt(leader))))).status());
        assertEquals(409, replace(other, leader -> "0".repeat(32)).status());
        for (int id = 1; id <= 3; id++) {
            assertStatus(cluster.leader(), bound(id, diskOf(cluster.node(id)), 0));
        }
    }
}
