package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holdfast.server.config.Formation;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.store.Forming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three real nodes on three networks of the test's own, and a router that drops every packet. The time limit only ends what
/// hangs: a node that trusts the kernel goes on believing for a quarter of an hour that it is connected.
@Timeout(180)
class SilentCutTest {

    private static final int NODES = 3;
    private static final int HTTP = 4437;
    private static final int PEERS = 4447;

    @TempDir
    Path folder;

    private final Namespaces net = new Namespaces();
    private final List<Process> nodes = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        String trouble = net.open();
        assumeTrue(trouble.isEmpty(), "this machine makes no network namespaces for a test: " + trouble);
        TreeMap<Integer, HostPort> voters = new TreeMap<>();
        for (int id = 1; id <= NODES; id++) {
            voters.put(id, new HostPort(Namespaces.host(id), PEERS));
        }
        Given<Formation> founded = Forming.found(data(1), 1, voters, "cut");
        Formation formation = (Formation) assertInstanceOf(Given.Good.class, founded, founded.toString()).value();
        for (int id = 2; id <= NODES; id++) {
            assertEquals("", Forming.join(data(id), id, formation));
        }
        for (int id = 1; id <= NODES; id++) {
            nodes.add(new ProcessBuilder(net.on(
                    id, Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
                    "-cp", code().toString(), "holdfast.server.cli.ServerMain", "serve",
                    "--data", data(id).toString(), "--http", Namespaces.host(id) + ":" + HTTP))
                    .redirectErrorStream(true).redirectOutput(folder.resolve("node-" + id + ".log").toFile()).start());
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Process node : nodes) {
            node.destroyForcibly().waitFor();
        }
        net.close();
    }

    private Path data(int id) {
        return folder.resolve("node-" + id);
    }

    private static Path code() throws Exception {
        return Path.of(ServerMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /// One request by a shell on the node's own machine; the whole answer, or nothing.
    private String http(int id, String head) throws IOException, InterruptedException {
        String script = "exec 3<>/dev/tcp/" + Namespaces.host(id) + "/" + HTTP + " && printf '" + head
                + "\\r\\nHost: x\\r\\nConnection: close\\r\\nContent-Type: text/plain\\r\\nContent-Length: 0\\r\\n\\r\\n' >&3"
                + " && cat <&3";
        Process call = new ProcessBuilder(net.on(id, "bash", "-c", script))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String answer = new String(call.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        call.waitFor();
        assertTrue(nodes.get(id - 1).isAlive(), "node " + id + " has ended");
        return answer;
    }

    private void awaitWritten(String stream) throws Exception {
        int id = 1;
        while (!http(id, "PUT /v1/stream/" + stream + " HTTP/1.1").startsWith("HTTP/1.1 201")) {
            id = id % NODES + 1;
            Thread.sleep(20);
        }
    }

    /// Waits until every node believes so of each of its peers.
    private void awaitConnected(boolean isConnected) throws Exception {
        for (int id = 1; id <= NODES; id++) {
            String status = "";
            while (!status.contains("\"connected\":" + isConnected) || status.contains("\"connected\":" + !isConnected)) {
                Thread.sleep(50);
                status = http(id, "GET /v1/status HTTP/1.1").replace(" ", "");
            }
        }
    }

    @Test
    @DisplayName("when every packet vanishes, links are given up, and the cluster is back as soon as packets pass again")
    void allCut() throws Exception {
        awaitWritten("before");
        awaitConnected(true);

        assertEquals("", net.forwards(false));
        awaitConnected(false);
        assertEquals("", net.forwards(true));

        awaitWritten("after");
        awaitConnected(true);
    }
}
