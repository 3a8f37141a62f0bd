package holdfast.server.cli;

import holdfast.server.bench.FailoverRun;
import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.cluster.RunFolder;
import holdfast.server.config.Given;
import holdfast.server.disk.DiskErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `./holdfast failover`: three nodes of its own, load, and the leader killed again and again. Exit 0 when nothing
/// acknowledged was lost or doubled.
final class FailoverCommand {

    private static final int NODES = 3;
    private static final int FIRST_PORT = 4737;
    private static final int PORT_MAX = 65_000;
    private static final int KILLS_MAX = 10_000;
    private static final int CLIENTS_MAX = 256;
    private static final long GOODBYE_MILLIS = 8_000;

    private final Console console;

    FailoverCommand(Console console) {
        this.console = console;
    }

    int run(List<String> words) throws InterruptedException {
        Given<Words> parsed = Words.parse(
                "failover", words, Set.of("--kills", "--clients", "--port", "--folder"), Set.of());
        if (!(parsed instanceof Given.Good<Words>(Words given))) {
            return console.refuse(((Given.Bad<Words>) parsed).sentence());
        }
        int kills = given.number("--kills", 20, 1, KILLS_MAX);
        int clients = given.number("--clients", 8, 1, CLIENTS_MAX);
        int port = given.number("--port", FIRST_PORT, 1, PORT_MAX);
        if (kills < 0 || clients < 0 || port < 0 || !given.operands().isEmpty()) {
            return console.refuse("failover takes --kills N, --clients N, --port P and --folder DIR");
        }
        return switch (RunFolder.below(given.text("--folder", "holdfast-failover"))) {
            case Given.Bad<RunFolder>(String sentence) -> console.refuse(sentence);
            case Given.Good<RunFolder>(RunFolder folder) -> run(folder, port, kills, clients);
        };
    }

    private int run(RunFolder folder, int port, int kills, int clients) throws InterruptedException {
        try {
            List<NodePlan> plans = NodePlan.onLoopback(NODES, port, folder.path(), List.of());
            String taken = NodePlan.taken(plans);
            if (!taken.isEmpty()) {
                folder.delete();
                return console.refuse(taken);
            }
            FailoverRun.Result result = run(plans, kills, clients);
            boolean good = result.lost() == 0 && result.doubled() == 0;
            console.line(kills + " kills: median " + result.medianMillis() + " ms without an acknowledgement, longest "
                    + result.maxMillis() + " ms; " + result.acknowledged() + " appends acknowledged, " + result.lost()
                    + " lost, " + result.doubled() + " doubled");
            if (good) {
                folder.delete();
            } else {
                console.line("data and logs of the nodes are in " + folder.path());
            }
            return good ? Exit.GOOD : Exit.FAILED;
        } catch (IOException trouble) {
            return console.fail(
                    "the run could not go on: " + DiskErrors.text(trouble) + "; logs are in " + folder.path());
        }
    }

    private FailoverRun.Result run(List<NodePlan> plans, int kills, int clients)
            throws IOException, InterruptedException {
        List<NodeProcess> nodes = new ArrayList<>();
        try {
            ClusterFolder.of(plans).form(plans);
            for (NodePlan plan : plans) {
                nodes.add(new NodeProcess(plan));
                nodes.getLast().start();
            }
            return new FailoverRun(nodes).run(kills, clients, console::line);
        } finally {
            for (NodeProcess node : nodes) {
                if (!node.terminate(GOODBYE_MILLIS)) {
                    node.kill();
                }
            }
        }
    }
}
