package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.server.FreePorts;
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
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How clusters are formed, and that nothing else makes a store. The time limit only ends what hangs.
@Tag("slow")
@Timeout(120)
class FormingTest {

    private static final String PEERS = "1=127.0.0.1:1,2=127.0.0.1:2,3=127.0.0.1:3";
    private static final String ADVICE = " and docs/operate/replace-a-disk.md. A new cluster is made with"
            + " './holdfast format'.";
    private static final long LOOK_MILLIS = 50;

    @TempDir
    Path folder;

    private Path data;
    private Path file;
    private final List<NodeProcess> nodes = new ArrayList<>();

    @BeforeEach
    void names() {
        data = folder.resolve("data");
        file = folder.resolve("holdfast-formation");
    }

    @AfterEach
    void killAll() throws InterruptedException {
        for (NodeProcess node : nodes) {
            node.kill();
        }
    }

    private static Spoken said(String... words) throws InterruptedException {
        Spoken spoken = Spoken.of(words);
        assertEquals(0, spoken.exit(), spoken.err());
        return spoken;
    }

    private static void refused(String sentence, String... words) throws InterruptedException {
        Spoken spoken = Spoken.of(words);
        assertEquals("holdfast: " + sentence + System.lineSeparator(), spoken.err());
        assertEquals(2, spoken.exit());
        assertEquals("", spoken.out());
    }

    private Spoken found() throws InterruptedException {
        return said("format", "--node", "1", "--peers", PEERS, "--data", data.toString());
    }

    private String cluster() throws IOException {
        return Files.readAllLines(file).get(2).replace("cluster = ", "");
    }

    private static List<String> namesIn(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    // ---- format --------------------------------------------------------------------------------------------

    @Test
    @DisplayName("the founder makes its store and the file, the others make theirs from the file")
    void founds() throws Exception {
        String said = found().out();

        assertTrue(said.contains("the store of node 1 is in " + data + "; cluster " + cluster()), said);
        assertTrue(said.contains("./holdfast format --formation holdfast-formation --node N --data DIR"), said);
        assertEquals(List.of("FORMATION", "IDENT", "LOCK", "META.A", "META.B", "wal-0000000001.log"), namesIn(data));
        Path second = folder.resolve("deep/second");
        said("format", "--node", "2", "--formation", file.toString(), "--data", second.toString());
        assertEquals(namesIn(data), namesIn(second));
        for (Path store : List.of(data, second)) {
            assertEquals(Files.readString(file), Files.readString(store.resolve("FORMATION")));
        }
        assertNotEquals(-1, Files.mismatch(data.resolve("IDENT"), second.resolve("IDENT")));
    }

    @Test
    @DisplayName("a cluster of one needs no file, and two clusters have two ids")
    void one() throws Exception {
        String first = said("format", "--node", "1", "--peers", "1=127.0.0.1:0", "--data", data.toString()).out();
        String other = said(
                "format", "--node", "1", "--peers", "1=127.0.0.1:0", "--data", folder.resolve("other").toString()).out();

        assertFalse(Files.exists(file));
        assertNotEquals(first.replaceAll("(?s).*cluster ([0-9a-f]{32}).*", "$1"),
                other.replaceAll("(?s).*cluster ([0-9a-f]{32}).*", "$1"));
    }

    @Test
    @DisplayName("a node whose disk is lost gets a store on another disk, the founder like everybody else")
    void again() throws Exception {
        found();
        Path fresh = folder.resolve("fresh");
        said("format", "--node", "1", "--formation", file.toString(), "--data", fresh.toString());

        assertEquals(namesIn(data), namesIn(fresh));
        assertEquals(Files.readString(file), Files.readString(fresh.resolve("FORMATION")));
        assertNotEquals(-1, Files.mismatch(data.resolve("IDENT"), fresh.resolve("IDENT")), "it is another disk");
    }

    @Test
    @DisplayName("no directory is formatted that holds a store, or anything")
    void neverAgain() throws Exception {
        found();
        List<String> before = namesIn(data);
        String refusal = "no store is made in " + data + ": the directory cannot become a store, because it holds a"
                + " store already. Nothing was changed.";
        refused(file + " is there already: if it is this cluster's, leave out --peers, else name another file with"
                + " --formation", "format", "--node", "1", "--peers", PEERS, "--data", data.toString());
        refused(refusal, "format", "--node", "1", "--peers", PEERS, "--data", data.toString(), "--formation",
                folder.resolve("another").toString());
        refused(refusal, "format", "--node", "2", "--formation", file.toString(), "--data", data.toString());
        assertEquals(before, namesIn(data));
        assertFalse(Files.exists(folder.resolve("another")));

        Path holiday = Files.createDirectories(folder.resolve("holiday"));
        Files.createDirectory(holiday.resolve("pictures"));
        refused("no store is made in " + holiday + ": it is not empty: pictures",
                "format", "--node", "2", "--formation", file.toString(), "--data", holiday.toString());
        Files.move(holiday.resolve("pictures"), holiday.resolve("lost+found"));
        Files.writeString(holiday.resolve("a.jpg"), "x");
        refused("no store is made in " + holiday + ": the directory cannot become a store, because it is not empty:"
                        + " a.jpg. Nothing was changed.",
                "format", "--node", "2", "--formation", file.toString(), "--data", holiday.toString());
        assertEquals(List.of("a.jpg", "lost+found"), namesIn(holiday));
        Files.delete(holiday.resolve("a.jpg"));
        said("format", "--node", "2", "--formation", file.toString(), "--data", holiday.toString());
    }

    @Test
    @DisplayName("words that mean nothing, and files that are no formation")
    void words() throws Exception {
        String here = data.toString();
        refused("format needs the id of this node, as in --node 1", "format");
        refused("format needs the id of this node, as in --node 1", "format", "--node", "0", "--peers", PEERS);
        refused("format needs --peers 1=HOST:PORT,... to found a cluster, or --formation FILE to make a further node of"
                + " one", "format", "--node", "1");
        refused("format has no use for 'now'", "format", "now", "--node", "1");
        refused("node 4 is not among the peers [1, 2, 3]", "format", "--node", "4", "--peers", PEERS);
        refused("a cluster has 1, 3, 5 or 7 voters, not 2", "format", "--node", "1", "--peers", "1=a:1,2=b:1");
        refused("--name is 1 to 64 of a-z A-Z 0-9 . _ -, not 'a b'",
                "format", "--node", "1", "--peers", PEERS, "--name", "a b");
        refused("--name is given when a cluster is founded, together with --peers",
                "format", "--node", "2", "--formation", "f", "--name", "a");
        refused("there is no file " + file, "format", "--node", "2", "--formation", file.toString(), "--data", here);
        Files.writeString(file, "peers = 1=a:1");
        refused(file + " is no formation of a cluster",
                "format", "--node", "2", "--formation", file.toString(), "--data", here);
        Files.delete(file);
        said("format", "--node", "1", "--peers", PEERS, "--data", folder.resolve("founder").toString());
        refused("node 4 is not one of the cluster's voters [1, 2, 3]",
                "format", "--node", "4", "--formation", file.toString(), "--data", here);
        Files.writeString(file, Files.readString(file).replace("founder = 1", "founder = 3"));
        refused(file + " was damaged or changed after it was made; take the file as it was, addresses can be changed by"
                + " --peers", "format", "--node", "2", "--formation", file.toString(), "--data", here);
        assertFalse(Files.exists(data), "a refusal leaves nothing behind");
    }

    // ---- serve ---------------------------------------------------------------------------------------------

    @Test
    @DisplayName("a node is not started where there is no store, and nothing is left there")
    void noStore() throws Exception {
        refused("there is no data directory " + data + ": is its file system mounted? If the disk is lost, see"
                + " './holdfast replace-disk N'" + ADVICE, "serve", "--http", "127.0.0.1:0", "--data", data.toString());
        assertFalse(Files.exists(data));
        Files.createDirectory(data);
        String sentence = ". Nothing was changed. If this node had a store, it is not here: is its file system mounted?"
                + " If the disk is lost, see './holdfast replace-disk 2'" + ADVICE;
        refused(data + ": the directory holds no store" + sentence,
                "serve", "--http", "127.0.0.1:0", "--node", "2", "--peers", PEERS, "--data", data.toString());
        assertEquals(List.of(), namesIn(data));
        Files.writeString(data.resolve("a.jpg"), "x");
        refused(data + ": the directory holds no store, but a.jpg" + sentence,
                "serve", "--http", "127.0.0.1:0", "--node", "2", "--data", data.toString());
        assertEquals(List.of("a.jpg"), namesIn(data));
    }

    @Test
    @DisplayName("what --node and --peers say must agree with the store")
    void disagreement() throws Exception {
        found();
        refused(data + " is the store of node 1 of cluster 'holdfast' (" + cluster() + "), and you said node 2 (--node);"
                + " each node has a directory of its own (--data)",
                "serve", "--http", "127.0.0.1:0", "--node", "2", "--data", data.toString());
        for (String peers : List.of("1=127.0.0.1:1", PEERS + ",4=127.0.0.1:4,5=127.0.0.1:5")) {
            String told = peers.replaceAll("=[^,]*", "").replace(",", ", ");
            refused("--peers names the voters [" + told + "], and those of the store in " + data + " are [1, 2, 3];"
                            + " voters are chosen when a cluster is formed",
                    "serve", "--http", "127.0.0.1:0", "--peers", peers, "--data", data.toString());
        }
        refused("node 1 is not among the peers [2, 3, 4]",
                "serve", "--http", "127.0.0.1:0", "--peers", "2=a:1,3=b:1,4=c:1", "--data", data.toString());
    }

    @Test
    @DisplayName("a store whose copy of the formation is lost or another's needs --peers")
    void lostFormation() throws Exception {
        found();
        Files.delete(data.resolve("FORMATION"));
        refused("there is no file " + data.resolve("FORMATION") + "; --peers can name the voters instead",
                "serve", "--http", "127.0.0.1:0", "--data", data.toString());
        Path other = folder.resolve("other");
        said("format", "--node", "1", "--peers", "1=127.0.0.1:0", "--data", other.toString());
        Files.copy(other.resolve("FORMATION"), data.resolve("FORMATION"));
        Spoken spoken = Spoken.of("serve", "--http", "127.0.0.1:0", "--data", data.toString());
        assertTrue(spoken.err().contains(", and the store is of cluster " + cluster()), spoken.err());
        assertEquals(2, spoken.exit());
    }

    // ---- processes -----------------------------------------------------------------------------------------

    private List<NodePlan> plans(int size) throws IOException {
        return NodePlan.onLoopback(size, FreePorts.run(20), folder, List.of("--segment-bytes", "32m"));
    }

    private NodeProcess started(NodePlan plan) throws IOException {
        NodeProcess node = new NodeProcess(plan);
        nodes.add(node);
        node.start();
        return node;
    }

    private static void awaitLog(NodeProcess node, String text) throws Exception {
        while (!logOf(node).contains(text)) {
            assertTrue(node.isAlive(), () -> "node " + node.id() + " ended with " + node.exit());
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static String logOf(NodeProcess node) throws IOException {
        return Files.readString(node.plan().log());
    }

    private static NodePlan moved(NodePlan plan, TreeMap<Integer, HostPort> peers) {
        return new NodePlan(plan.id(), plan.http(), peers, plan.folder(), plan.code(), plan.flags());
    }

    @Test
    @DisplayName("other addresses of the same voters are taken, with a warning")
    void otherAddresses() throws Exception {
        List<NodePlan> plans = plans(3);
        ClusterFolder.of(plans).form(plans);
        TreeMap<Integer, HostPort> peers = new TreeMap<>(plans.getFirst().peers());
        HostPort before = peers.put(3, new HostPort("127.0.0.1", plans.getLast().http().port() + 1));
        for (NodePlan plan : plans) {
            started(moved(plan, peers));
        }
        for (NodeProcess node : nodes) {
            awaitLog(node, " WARN  node " + node.id() + ": node 3 is looked for at " + peers.get(3)
                    + ", as --peers says; the cluster was formed with " + before + "\n");
        }
        awaitLog(nodes.getFirst(), "speaks to node 3 at " + peers.get(3));
    }

    @Test
    @DisplayName("voters that only the log knows better end the node with 2 before it says a word to a peer")
    void otherVotersInTheLog() throws Exception {
        List<NodePlan> plans = plans(3);
        ClusterFolder.of(plans).form(plans);
        Files.delete(plans.getFirst().data().resolve("FORMATION"));
        TreeMap<Integer, HostPort> alone = new TreeMap<>();
        alone.put(1, plans.getFirst().peers().get(1));
        NodeProcess node = started(moved(plans.getFirst(), alone));

        assertTrue(node.awaitExit(60_000));
        assertEquals(2, node.exit().orElseThrow());
        assertTrue(logOf(node).contains("--peers names the voters [1], and those of the store in " + node.plan().data()
                + " are [1, 2, 3]"), logOf(node));
    }

    @Test
    @DisplayName("nodes of two clusters do not speak, although everything else about them agrees")
    void strangers() throws Exception {
        List<NodePlan> plans = plans(3);
        ClusterFolder.of(plans).form(plans);
        String formed = Files.readString(folder.resolve("formation"));
        Path second = plans.get(1).data();
        for (String name : namesIn(second)) {
            Files.delete(second.resolve(name));
        }
        Files.delete(folder.resolve("formation"));
        said("format", "--node", "3", "--peers", plans.getFirst().peers().toString().replaceAll("[{} ]", ""),
                "--data", folder.resolve("elsewhere").toString());
        assertNotEquals(formed, Files.readString(file));
        said("format", "--node", "2", "--formation", file.toString(), "--data", second.toString());
        NodeProcess one = started(plans.get(0));
        NodeProcess two = started(plans.get(1));

        awaitLog(one, "belongs to another cluster");
        awaitLog(two, "belongs to another cluster");
        for (NodeProcess node : List.of(one, two)) {
            NodeStatus status = NodeStatus.ask(node.plan().http(), 5_000);
            // The founder may lead alone; of use is neither.
            assertNotEquals("", status.trouble(), status::toString);
        }
    }

    @Test
    @DisplayName("a node whose directory was emptied is refused, and the others do not wait for it")
    void emptied() throws Exception {
        List<NodePlan> plans = plans(3);
        ClusterFolder.of(plans).form(plans);
        Path lost = plans.get(1).data();
        for (String name : namesIn(lost)) {
            Files.delete(lost.resolve(name));
        }
        for (NodePlan plan : plans) {
            started(plan);
        }
        assertTrue(nodes.get(1).awaitExit(60_000));
        assertEquals(2, nodes.get(1).exit().orElseThrow());
        assertTrue(nodes.get(1).refusal().contains("'./holdfast replace-disk 2'"), nodes.get(1).refusal());
        awaitLog(nodes.get(0), " node 3");
        assertEquals(List.of(), namesIn(lost));
    }
}
