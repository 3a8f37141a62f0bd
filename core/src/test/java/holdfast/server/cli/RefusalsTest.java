package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.server.FreePorts;
import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodePlan;
import holdfast.server.disk.DataDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever cannot work is refused with exit code 2 and one sentence.
@Timeout(60)
class RefusalsTest {

    @TempDir
    Path folder;

    private static void refused(String sentence, String... words) throws InterruptedException {
        Spoken spoken = Spoken.of(words);
        assertEquals("holdfast: " + sentence + System.lineSeparator(), spoken.err());
        assertEquals(2, spoken.exit());
        assertEquals("", spoken.out());
    }

    /// The folder of a store of one node.
    private String formatted() throws InterruptedException {
        String data = folder.resolve("data").toString();
        Spoken spoken = Spoken.of("format", "--node", "1", "--peers", "1=127.0.0.1:0", "--data", data);
        assertEquals(0, spoken.exit(), spoken.err());
        return data;
    }

    private static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    @Test
    @DisplayName("a port that is taken")
    void ports() throws Exception {
        String data = formatted();
        try (ServerSocket socket = taken()) {
            String address = "127.0.0.1:" + socket.getLocalPort();
            refused("cannot answer HTTP on " + address + ": Address already in use",
                    "serve", "--http", address, "--data", data);
            refused("cannot listen for other nodes on " + address + ": Address already in use",
                    "serve", "--http", "127.0.0.1:0", "--peer-listen", address, "--data", data);
        }
    }

    @Test
    @DisplayName("a data directory that another process has")
    void locked() throws Exception {
        String data = formatted();
        try (DataDirectory _ = ((DataDirectory.Opened.Usable) DataDirectory.open(Path.of(data))).directory()) {
            String sentence = "the data directory " + data + " is in use by another process (pid "
                    + ProcessHandle.current().pid() + ")";
            refused(sentence, "serve", "--http", "127.0.0.1:0", "--data", data);
            refused(sentence, "format", "--node", "1", "--peers", "1=127.0.0.1:0", "--data", data);
        }
    }

    @Test
    @DisplayName("ports that are taken, before anything has begun: what answers there could be taken for the node")
    void portsOfNodes() throws Exception {
        try (ServerSocket socket = taken()) {
            String port = Integer.toString(socket.getLocalPort());
            String sentence = "node 1 cannot have 127.0.0.1:" + port
                    + ": Address already in use; choose other ports with --port";
            Path below = folder.resolve("runs");
            refused(sentence, "cluster", "--port", port, "--folder", folder.resolve("cluster").toString());
            refused(sentence, "demo", "--port", port, "--folder", below.toString());
            refused(sentence, "failover", "--port", port, "--folder", below.toString());
            assertTrue(Files.notExists(below), "a refusal leaves nothing behind");
        }
    }

    @Test
    @DisplayName("a cluster none of whose nodes can start tells each one's reason")
    void cluster() throws Exception {
        List<NodePlan> plans = NodePlan.onLoopback(1, FreePorts.run(11), folder, List.of());
        ClusterFolder.of(plans).form(plans);
        try (DataDirectory _ = ((DataDirectory.Opened.Usable) DataDirectory.open(folder.resolve("node-1"))).directory()) {
            Spoken spoken = Spoken.of("cluster", "--nodes", "1", "--port", Integer.toString(FreePorts.run(11)),
                    "--folder", folder.toString());
            assertEquals(2, spoken.exit());
            assertEquals("holdfast: no node could start: node 1: the data directory " + folder.resolve("node-1")
                    + " is in use by another process (pid " + ProcessHandle.current().pid() + ")"
                    + System.lineSeparator(), spoken.err());
        }
    }

    @Test
    @DisplayName("a cluster that has ended is not spoken to: its addresses may be another's by now")
    void endedCluster() throws Exception {
        String now = ProcessHandle.current().info().startInstant().orElseThrow().plusSeconds(9).toString();
        for (String supervisor : new String[] {"1 since 2001-01-01T00:00:00Z", "999999999 since " + now, "x"}) {
            Files.writeString(
                    folder.resolve("cluster.txt"), "supervisor " + supervisor + "\nnode 1 http 127.0.0.1:1\n");
            refused("no cluster runs in " + folder + "; start one with ./holdfast cluster, or name --servers"
                    + " HOST:PORT,...", "status", "--folder", folder.toString());
        }
        Files.writeString(folder.resolve("cluster.txt"), "supervisor " + ProcessHandle.current().pid() + " since "
                + ProcessHandle.current().info().startInstant().orElseThrow() + "\nnode 1 http 127.0.0.1:1\n");
        assertEquals("", Spoken.of("status", "--folder", folder.toString()).err(), "its supervisor lives");
    }

    @Test
    @DisplayName("a folder that cannot be made")
    void folders() throws Exception {
        String file = Files.writeString(folder.resolve("file"), "").toString();
        refused("the folder " + file + " cannot be used: a file of this name is in the way",
                "cluster", "--folder", file);
        String sentence = "the data directory " + file + " cannot be used: a file of this name is in the way";
        refused(sentence, "serve", "--http", "127.0.0.1:0", "--data", file);
        refused(sentence, "format", "--node", "1", "--peers", "1=127.0.0.1:0", "--data", file);
    }

    @Test
    @DisplayName("addresses that nobody could use")
    void addresses() throws Exception {
        String data = formatted();
        refused("http listens on every address, so advertise must say which one others use",
                "serve", "--http", "0.0.0.0:0", "--data", data);
        refused("http names no.such.host.invalid, which is no known host",
                "serve", "--http", "no.such.host.invalid:1", "--data", data);
    }

    @Test
    @DisplayName("a configuration file that is not there")
    void file() throws Exception {
        String missing = folder.resolve("missing").toString();
        refused("the file " + missing + " cannot be read", "serve", "--config", missing);
    }

    @Test
    @DisplayName("words that mean nothing")
    void words() throws Exception {
        String here = folder.toString();
        refused("there is no command 'srve'; './holdfast help' lists them", "srve");
        refused("cluster has no option '--nodez'; './holdfast help cluster' lists its options",
                "cluster", "--nodez", "3");
        refused("a cluster has 1, 3, 5 or 7 voters, not 4", "cluster", "--nodes", "4");
        refused("no cluster runs in " + here + "; start one with ./holdfast cluster, or name --servers HOST:PORT,...",
                "status", "--folder", here);
        refused("no cluster runs in " + here + "; start one with ./holdfast cluster", "kill", "2", "--folder", here);
        refused("kill needs the number of a node, as in ./holdfast kill 2", "kill", "--folder", here);
        refused("append needs a stream, as in ./holdfast append events hello", "append");
        refused("read needs a stream, as in ./holdfast read events", "read");
        refused("--servers is a list of HOST:PORT; 'x' does not fit", "read", "a", "--servers", "x");
        refused("--node is a number from 1 to 1", "read", "a", "--servers", "a:1", "--node", "2");
    }

    @Test
    @DisplayName("a server that is not there is a failure, not bad input")
    void unreachable() throws Exception {
        int port;
        try (ServerSocket socket = taken()) {
            port = socket.getLocalPort();
        }
        Spoken spoken = Spoken.of("read", "a", "--servers", "127.0.0.1:" + port);

        assertEquals(1, spoken.exit());
        assertTrue(spoken.err().startsWith("holdfast: no node can be reached: "), spoken.err());
    }

    @Test
    @DisplayName("every command has a page of help")
    void help() throws Exception {
        Spoken overview = Spoken.of("help");
        assertEquals(0, overview.exit());
        for (String command : Manual.commands()) {
            assertTrue(overview.out().contains("\n  " + command + " "), command + " is missing in " + overview.out());
            Spoken page = Spoken.of("help", command);
            assertEquals(0, page.exit());
            assertTrue(page.out().startsWith("./holdfast " + command), page.out());
            assertTrue(page.out().matches("(?s).*\n  (tail .*)?\\./holdfast " + command + ".*"), "an example: " + page.out());
            assertEquals(page, Spoken.of(command, "--help"));
        }
    }
}
