package holdfast.server.cluster;

import holdfast.server.config.HostPort;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/// How one node's process is started.
///
/// @param http where it will answer HTTP
/// @param peers every node's address for the others
/// @param folder holds its data directory and its log file
/// @param code what it runs: a jar or a folder of classes
/// @param flags more words behind `serve`
public record NodePlan(
        int id,
        HostPort http,
        SortedMap<Integer, HostPort> peers,
        Path folder,
        Path code,
        List<String> flags) {

    private static final String LOOPBACK = "127.0.0.1";

    /// Heap enough for the bounds of one node; the collector with the least threads, because three nodes share a
    /// machine; large records are not copied from one generation to the next.
    private static final List<String> JVM = List.of(
            "-Xmx512m", "-XX:+UseSerialGC", "-XX:PretenureSizeThreshold=256k", "-XX:+UseCompactObjectHeaders");

    private static final String MAIN = "holdfast.server.cli.ServerMain";

    /// Nodes 1 to `nodes` on loopback: HTTP on `firstPort` and up, words among nodes on `firstPort + 10` and up.
    /// Makes the folder.
    public static List<NodePlan> onLoopback(int nodes, int firstPort, Path folder, List<String> flags)
            throws IOException {
        Files.createDirectories(folder);
        Path code = codeKeptIn(folder);
        TreeMap<Integer, HostPort> peers = new TreeMap<>();
        for (int id = 1; id <= nodes; id++) {
            peers.put(id, new HostPort(LOOPBACK, firstPort + 10 + id - 1));
        }
        List<NodePlan> plans = new ArrayList<>();
        for (int id = 1; id <= nodes; id++) {
            plans.add(new NodePlan(
                    id, new HostPort(LOOPBACK, firstPort + id - 1), peers, folder, code, flags));
        }
        return plans;
    }

    /// Which address of these nodes somebody else has, in one sentence; empty if they are all free. To be asked
    /// before a start: what answers there may look just like the node that could not start.
    public static String taken(List<NodePlan> plans) {
        for (NodePlan plan : plans) {
            for (HostPort address : List.of(plan.http, plan.peers.get(plan.id))) {
                try (ServerSocket probe = new ServerSocket()) {
                    probe.setReuseAddress(true);
                    probe.bind(address.resolved());
                } catch (IOException taken) {
                    return "node " + plan.id + " cannot have " + address + ": " + taken.getMessage()
                            + "; choose other ports with --port";
                }
            }
        }
        return "";
    }

    public Path data() {
        return folder.resolve("node-" + id);
    }

    public Path log() {
        return folder.resolve("node-" + id + ".log");
    }

    /// A node needs nothing but the code this class came with. A jar is copied: a node may have to be started again
    /// long after the build that it was begun with has been deleted.
    private static Path codeKeptIn(Path folder) throws IOException {
        Path own;
        try {
            own = Path.of(NodePlan.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("code comes from a file or a folder", impossible);
        }
        if (Files.isDirectory(own)) {
            return own;
        }
        Path unfinished = folder.resolve("holdfast.jar.tmp");
        Files.copy(own, unfinished, StandardCopyOption.REPLACE_EXISTING);
        return Files.move(unfinished, folder.resolve("holdfast.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    List<String> command() {
        StringJoiner list = new StringJoiner(",");
        peers.forEach((peer, address) -> list.add(peer + "=" + address));
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM);
        words.addAll(List.of("-cp", code.toString(), MAIN, "serve"));
        words.addAll(List.of("--node", Integer.toString(id), "--peers", list.toString()));
        words.addAll(List.of("--http", http.toString(), "--data", data().toString()));
        words.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
        words.addAll(flags);
        return words;
    }
}
