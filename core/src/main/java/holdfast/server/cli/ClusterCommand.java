package holdfast.server.cli;

import holdfast.raft.Membership;
import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.cluster.Supervisor;
import holdfast.server.config.Given;
import holdfast.server.disk.DiskErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `./holdfast cluster`: nodes on loopback with their data under one folder, and a line that says how they are.
final class ClusterCommand {

    static final String FOLDER = "holdfast-cluster";
    static final int FIRST_PORT = 4437;

    private static final int NODES = 3;
    private static final int PORT_MAX = 65_000;
    private static final long LOOK_MILLIS = 400;

    private final Console console;

    ClusterCommand(Console console) {
        this.console = console;
    }

    int run(List<String> words) throws InterruptedException {
        Given<Words> parsed = Words.parse(
                "cluster", words, Set.of("--folder", "--nodes", "--port"), Set.of("--test-hooks"));
        return switch (parsed) {
            case Given.Bad<Words>(String sentence) -> console.refuse(sentence);
            case Given.Good<Words>(Words given) -> run(given);
        };
    }

    private int run(Words given) throws InterruptedException {
        int nodes = given.number("--nodes", NODES, 1, Membership.VOTERS_MAX);
        int port = given.number("--port", FIRST_PORT, 1, PORT_MAX);
        if (!given.operands().isEmpty()) {
            return console.refuse("cluster has no use for '" + given.operands().getFirst() + "'");
        }
        if (nodes < 0 || !Membership.refusal(nodes).isEmpty()) {
            return console.refuse("a cluster has 1, 3, 5 or 7 voters, not " + given.text("--nodes", ""));
        }
        if (port < 0) {
            return console.refuse("--port is the first of the ports, from 1 to " + PORT_MAX);
        }
        ClusterFolder folder = new ClusterFolder(Path.of(given.text("--folder", FOLDER)));
        List<String> flags = given.has("--test-hooks") ? List.of("--test-hooks") : List.of();
        List<NodePlan> plans;
        try {
            ClusterFolder.Members before = folder.read();
            if (before != null && before.isSupervised()) {
                return console.refuse("a cluster runs in " + folder.path() + " already (pid " + before.supervisor()
                        + ")");
            }
            plans = NodePlan.onLoopback(nodes, port, folder.path(), flags);
        } catch (IOException trouble) {
            return console.refuse("the folder " + folder.path() + " cannot be used: " + DiskErrors.text(trouble));
        }
        String taken = NodePlan.taken(plans);
        if (!taken.isEmpty()) {
            return console.refuse(taken);
        }
        try {
            return supervise(folder, plans);
        } catch (IOException trouble) {
            return console.fail(
                    "the cluster in " + folder.path() + " cannot be kept: " + DiskErrors.text(trouble));
        }
    }

    private int supervise(ClusterFolder folder, List<NodePlan> plans) throws IOException, InterruptedException {
        Supervisor supervisor = new Supervisor(folder, plans);
        try (Ending _ = new Ending(Exit.GOOD)) {
            try {
                supervisor.start();
                List<String> urls = plans.stream().map(plan -> "http://" + plan.http()).toList();
                console.line("nodes answer on " + String.join(", ", urls)
                        + "; data and logs are in " + folder.path() + "; Ctrl-C ends them");
                return watch(supervisor);
            } catch (InterruptedException told) {
                console.line(console.live() ? "\nending the nodes" : "ending the nodes");
                return Exit.GOOD;
            } finally {
                Thread.interrupted();
                supervisor.stop();
            }
        }
    }

    private int watch(Supervisor supervisor) throws IOException, InterruptedException {
        String shown = "";
        boolean wasReady = false;
        while (true) {
            supervisor.tend();
            List<String> each = supervisor.describe();
            String now = String.join(" | ", each);
            if (console.live()) {
                console.status(StatusLine.of(each));
            } else if (!withoutIndexes(now).equals(withoutIndexes(shown))) {
                console.line(now);
            }
            shown = now;
            if (allRefused(supervisor)) {
                console.line("");
                return refused(supervisor);
            }
            if (!wasReady && supervisor.isReady()) {
                wasReady = true;
                console.line(console.live() ? "\nready" : "ready");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static String withoutIndexes(String line) {
        return line.replaceAll(" #[0-9]+", "");
    }

    /// Every node has refused its configuration: there is nothing to wait for.
    private static boolean allRefused(Supervisor supervisor) {
        return supervisor.nodes().stream().allMatch(node -> node.exit().orElse(0) == Exit.BAD_INPUT);
    }

    private int refused(Supervisor supervisor) {
        List<String> reasons = new ArrayList<>();
        for (NodeProcess node : supervisor.nodes()) {
            reasons.add("node " + node.id() + ": " + node.refusal());
        }
        return console.refuse("no node could start: " + String.join("; ", reasons));
    }
}
