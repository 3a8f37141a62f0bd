package holdfast.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.node.ClientRequest.Level;
import holdfast.node.Node;
import holdfast.server.NodePort;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Stories of the real thing: three nodes with files and sockets. The time limit only ends what hangs.
@Tag("slow")
@Timeout(120)
class ThreeNodesTest {

    @TempDir
    Path folder;

    private LoopbackCluster cluster;
    private long seq;

    @BeforeEach
    void start() throws InterruptedException {
        cluster = new LoopbackCluster(folder, 3);
        cluster.awaitWhole();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static ClientRequest.Write create(String stream) {
        return new ClientRequest.Write(new Command.Create(stream));
    }

    /// With a producer, so that it may be sent again.
    private ClientRequest.Write append(String text) {
        return new ClientRequest.Write(new Command.Append(
                "s", List.of(Bytes.utf8(text)), Command.ANY_TAIL, new Command.Producer("p", 0, seq++), false));
    }

    private Outcome.Appended appended(ClientRequest.Write write) throws InterruptedException {
        ClientReply.Applied applied = (ClientReply.Applied) cluster.write(write);
        assertTrue(applied.receipt().syncedBy().size() >= 2, "acknowledged with two synced copies");
        return assertInstanceOf(Outcome.Appended.class, applied.outcome());
    }

    private List<String> readAll(RunningNode node, Level level) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        while (true) {
            ClientReply reply = cluster.read(node, new ClientRequest.Read("s", texts.size(), 1_000, level));
            ClientReply.Records records = assertInstanceOf(ClientReply.Records.class, reply);
            records.records().forEach(record -> texts.add(record.utf8()));
            if (texts.size() >= records.tail()) {
                return texts;
            }
        }
    }

    private RunningNode follower() throws InterruptedException {
        int leader = cluster.leader().config().node();
        return cluster.node(leader % 3 + 1);
    }

    @Test
    @DisplayName("a leader is elected, appends are acknowledged, and every node reads them")
    void appendAndRead() throws Exception {
        cluster.write(create("s"));
        for (int i = 0; i < 100; i++) {
            assertEquals(i, appended(append("record " + i)).first());
        }

        for (int id = 1; id <= 3; id++) {
            List<String> texts = readAll(cluster.node(id), Level.LINEARIZABLE);
            assertEquals(100, texts.size());
            assertEquals("record 99", texts.getLast());
        }
    }

    @Test
    @DisplayName("a follower passes a write on to the leader and hands its answer back")
    void forward() throws Exception {
        cluster.write(create("s"));
        RunningNode follower = follower();

        assertInstanceOf(ClientReply.NotWritten.class, follower.door().ask(append("refused"), 10_000));
        seq = 0;
        int leader = follower.door().awaitLeader(0, 10_000).leader();
        ClientReply reply = follower.door().forward(leader, append("passed on"), 10_000);

        Outcome outcome = assertInstanceOf(ClientReply.Applied.class, reply).outcome();
        assertEquals(0, assertInstanceOf(Outcome.Appended.class, outcome).first());
    }

    @Test
    @DisplayName("the leader goes away, another takes over, nothing acknowledged is lost, none is there twice")
    void failover() throws Exception {
        cluster.write(create("s"));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                appended(append(round + "." + i));
            }
            int leader = cluster.leader().config().node();
            cluster.stop(leader);
            appended(append(round + " after"));
            cluster.start(leader);
        }

        List<String> texts = readAll(cluster.leader(), Level.LINEARIZABLE);
        assertEquals(63, texts.size());
        assertEquals(63, Set.copyOf(texts).size());
    }

    @Test
    @DisplayName("all nodes stop and start again: everything is still there")
    void allDown() throws Exception {
        cluster.write(create("s"));
        for (int i = 0; i < 50; i++) {
            appended(append("record " + i));
        }
        for (int id = 1; id <= 3; id++) {
            cluster.stop(id);
        }
        for (int id = 1; id <= 3; id++) {
            cluster.start(id);
        }

        assertEquals(50, readAll(cluster.leader(), Level.LINEARIZABLE).size());
        assertEquals(50, appended(append("one more")).first());
    }

    @Test
    @DisplayName("a failed sync ends a node with code 74; the others go on, and it comes back from proven bytes")
    void failedSync() throws Exception {
        cluster.write(create("s"));
        appended(append("before"));
        int leader = cluster.leader().config().node();
        cluster.node(leader).trouble().failSync(1);

        appended(append("during"));
        assertEquals(Node.EXIT_IO_ERROR, cluster.exitOf(leader));
        assertEquals(NodePort.Role.STOPPED, cluster.node(leader).door().status().role());
        assertFalse(cluster.node(leader).loop().isRunning());

        cluster.stop(leader);
        RunningNode back = cluster.start(leader);
        appended(append("after"));
        assertEquals(List.of("before", "during", "after"), readAll(back, Level.LINEARIZABLE));
    }

    @Test
    @DisplayName("a leader cut off from both others acknowledges nothing and serves no linearizable read")
    void partition() throws Exception {
        cluster.write(create("s"));
        appended(append("before"));
        RunningNode old = cluster.leader();
        List<Integer> others = old.door().status().voters().stream().filter(id -> id != old.config().node()).toList();
        old.partition().set(Set.copyOf(others), Set.copyOf(others));

        ClientReply reply = old.door().ask(append("lost or not"), 10_000);
        assertInstanceOf(ClientReply.Unknown.class, reply);
        ClientReply read = old.door().ask(new ClientRequest.Tail("s", Level.LINEARIZABLE), 10_000);
        assertInstanceOf(ClientReply.ReadFailed.class, read);
        assertEquals(List.of("before"), readAll(old, Level.LOCAL));

        old.partition().set(Set.of(), Set.of());
        seq = 1;
        appended(append("lost or not"));
        assertEquals(List.of("before", "lost or not"), readAll(old, Level.LINEARIZABLE));
    }

    @Test
    @DisplayName("whoever watches a stream is woken by its changes")
    void watch() throws Exception {
        RunningNode follower = follower();
        try (NodePort.Watch watch = follower.door().watch("s")) {
            assertFalse(watch.await(0));
            cluster.write(create("s"));
            ClientRequest tail = new ClientRequest.Tail("s", Level.LOCAL);
            while (cluster.read(follower, tail) instanceof ClientReply.NoSuchStream) {
                assertTrue(watch.await(60_000));
            }
            appended(append("news"));
            while (readAll(follower, Level.LOCAL).isEmpty()) {
                assertTrue(watch.await(60_000));
            }
        }
    }

    @Test
    @DisplayName("leadership is handed over on request")
    void transfer() throws Exception {
        cluster.write(create("s"));
        RunningNode leader = cluster.leader();
        int target = leader.config().node() % 3 + 1;

        ClientReply reply = leader.door().ask(new ClientRequest.TransferLeadership(target), 10_000);

        assertInstanceOf(ClientReply.Accepted.class, reply);
        while (!cluster.node(target).door().status().leads()) {
            Thread.sleep(10);
        }
    }
}
