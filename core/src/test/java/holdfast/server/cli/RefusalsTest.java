package holdfast.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.server.disk.DataDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    @Test
    @DisplayName("a port that is taken")
    void ports() throws Exception {
        try (ServerSocket socket = taken()) {
            String address = "127.0.0.1:" + socket.getLocalPort();
            refused("cannot answer HTTP on " + address + ": Address already in use",
                    "serve", "--http", address, "--data", folder.toString());
            refused("cannot listen for other nodes on " + address + ": Address already in use",
                    "serve", "--http", "127.0.0.1:0", "--peers", "1=" + address, "--data", folder.toString());
        }
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count(), "a refusal leaves nothing behind");
        }
    }

    @Test
    @DisplayName("a data directory that another process has")
    void locked() throws Exception {
        try (DataDirectory _ = ((DataDirectory.Opened.Usable) DataDirectory.open(folder)).directory()) {
            refused("the data directory " + folder + " is in use by another process (pid "
                            + ProcessHandle.current().pid() + ")",
                    "serve", "--http", "127.0.0.1:0", "--peers", "1=127.0.0.1:0", "--data", folder.toString());
        }
    }

    @Test
    @DisplayName("addresses that nobody could use")
    void addresses() throws Exception {
        refused("http listens on every address, so advertise must say which one others use",
                "serve", "--http", "0.0.0.0:0");
        refused("http names no.such.host.invalid, which is no known host",
                "serve", "--http", "no.such.host.invalid:1");
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
        }
    }
}
