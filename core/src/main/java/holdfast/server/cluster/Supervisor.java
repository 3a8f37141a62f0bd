package holdfast.server.cluster;

import holdfast.node.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps the node processes of one folder: starts them, grants wishes, and gives a node whose disk failed one more
/// life. A second failed disk within the hour is a disk to be looked at by a person.
public final class Supervisor {

    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final long GOODBYE_MILLIS = 8_000;
    private static final int ASK_MILLIS = 250;

    private final ClusterFolder folder;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Map<Integer, Long> lastDiskFailure = new TreeMap<>();
    private final Map<Integer, String> remarks = new TreeMap<>();

    public Supervisor(ClusterFolder folder, List<NodePlan> plans) {
        this.folder = folder;
        for (NodePlan plan : plans) {
            nodes.add(new NodeProcess(plan));
        }
    }

    public void start() throws IOException {
        for (ClusterFolder.Wish stale : folder.wishes()) {
            Files.deleteIfExists(stale.file());
        }
        folder.form(nodes.stream().map(NodeProcess::plan).toList());
        folder.write(nodes.stream().map(NodeProcess::plan).toList());
        for (NodeProcess node : nodes) {
            node.start();
        }
    }

    public NodeProcess node(int id) {
        return nodes.get(id - 1);
    }

    public List<NodeProcess> nodes() {
        return nodes;
    }

    /// One round: wishes, then the dead.
    public void tend() throws IOException, InterruptedException {
        for (ClusterFolder.Wish wish : folder.wishes()) {
            if (wish.node() >= 1 && wish.node() <= nodes.size()) {
                grant(wish.what(), node(wish.node()));
            }
            Files.deleteIfExists(wish.file());
        }
        for (NodeProcess node : nodes) {
            if (node.exit().isPresent() && node.exit().getAsInt() == Node.EXIT_IO_ERROR) {
                onDiskFailure(node);
            }
        }
    }

    private void grant(String what, NodeProcess node) throws IOException, InterruptedException {
        switch (what) {
            case "kill" -> node.kill();
            case "restart" -> {
                node.terminate(GOODBYE_MILLIS);
                node.kill();
                remarks.remove(node.id());
                lastDiskFailure.remove(node.id());
                node.start();
            }
            default -> {}
        }
    }

    private void onDiskFailure(NodeProcess node) throws IOException {
        if (remarks.containsKey(node.id())) {
            return;
        }
        Long before = lastDiskFailure.put(node.id(), System.nanoTime());
        if (before != null && System.nanoTime() - before < HOUR_NANOS) {
            remarks.put(node.id(), "disk suspect");
        } else {
            node.start();
        }
    }

    /// One line about every node.
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (NodeProcess node : nodes) {
            lines.add("node " + node.id() + " " + describe(node));
        }
        return lines;
    }

    private String describe(NodeProcess node) {
        if (!node.isAlive()) {
            int exit = node.exit().orElse(0);
            String how = NodeProcess.isKilled(exit) ? "killed" : "exit " + exit;
            return "down (" + remarks.getOrDefault(node.id(), node.refusal().isEmpty() ? how : node.refusal()) + ")";
        }
        if (node.isPaused()) {
            return "paused";
        }
        NodeStatus status = NodeStatus.ask(node.plan().http(), ASK_MILLIS);
        return status == null ? "no answer" : status.role() + " t" + status.term() + " #" + status.appliedIndex();
    }

    /// Whether every node answers, knows the leader and the disks of all voters: any one of them may be lost from now on.
    public boolean isReady() {
        for (NodeProcess node : nodes) {
            NodeStatus status = node.isAlive() && !node.isPaused() ? NodeStatus.ask(node.plan().http(), ASK_MILLIS) : null;
            if (status == null || !status.isComplete()) {
                return false;
            }
        }
        return true;
    }

    /// Ends all nodes in peace, those that will not by force.
    public void stop() throws InterruptedException {
        for (NodeProcess node : nodes.reversed()) {
            node.resume();
        }
        for (NodeProcess node : nodes.reversed()) {
            if (!node.terminate(GOODBYE_MILLIS)) {
                node.kill();
            }
        }
    }
}
