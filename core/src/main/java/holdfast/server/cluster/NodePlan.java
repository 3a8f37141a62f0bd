package holdfast.server.cluster;

import holdfast.server.config.HostPort;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/// How one node's process is started.
///
/// @param http where it will answer HTTP
/// @param peers every node's address for the others
/// @param folder holds its data directory and its log file
/// @param wrapper words before the Java command, such as a tracer; usually none
/// @param environment variables besides this process's own
/// @param flags more words behind `serve`
public record NodePlan(
        int id,
        HostPort http,
        SortedMap<Integer, HostPort> peers,
        Path folder,
        List<String> wrapper,
        Map<String, String> environment,
        List<String> flags) {

    private static final String LOOPBACK = "127.0.0.1";

    /// Heap enough for the bounds of one node; the collector with the least threads, because three nodes share a
    /// machine.
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");

    private static final String MAIN = "holdfast.server.cli.ServerMain";

    /// Nodes 1 to `nodes` on loopback: HTTP on `firstPort` and up, words among nodes on `firstPort + 10` and up.
    public static List<NodePlan> onLoopback(int nodes, int firstPort, Path folder, List<String> flags) {
        TreeMap<Integer, HostPort> peers = new TreeMap<>();
        for (int id = 1; id <= nodes; id++) {
            peers.put(id, new HostPort(LOOPBACK, firstPort + 10 + id - 1));
        }
        List<NodePlan> plans = new ArrayList<>();
        for (int id = 1; id <= nodes; id++) {
            plans.add(new NodePlan(
                    id, new HostPort(LOOPBACK, firstPort + id - 1), peers, folder, List.of(), Map.of(), flags));
        }
        return plans;
    }

    public NodePlan wrapped(List<String> words) {
        return new NodePlan(id, http, peers, folder, words, environment, flags);
    }

    public NodePlan with(Map<String, String> variables) {
        return new NodePlan(id, http, peers, folder, wrapper, variables, flags);
    }

    public Path data() {
        return folder.resolve("node-" + id);
    }

    public Path log() {
        return folder.resolve("node-" + id + ".log");
    }

    /// A node needs nothing but the code this class came with.
    private static String ownCode() {
        try {
            return Path.of(NodePlan.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("code comes from a file or a folder", impossible);
        }
    }

    List<String> command() {
        StringJoiner list = new StringJoiner(",");
        peers.forEach((peer, address) -> list.add(peer + "=" + address));
        List<String> words = new ArrayList<>(wrapper);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM);
        words.addAll(List.of("-cp", ownCode(), MAIN, "serve"));
        words.addAll(List.of("--node", Integer.toString(id), "--peers", list.toString()));
        words.addAll(List.of("--http", http.toString(), "--data", data().toString()));
        words.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
        words.addAll(flags);
        return words;
    }
}
