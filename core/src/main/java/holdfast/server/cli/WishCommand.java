package holdfast.server.cli;

import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodeStatus;
import holdfast.server.config.Given;
import holdfast.server.disk.DiskErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// `./holdfast kill N` and `./holdfast restart N`: asks the supervisor of a cluster on this machine. Kill is
/// SIGKILL; restart stops the node in peace if it still runs.
final class WishCommand {

    private static final long PATIENCE_MILLIS = 15_000;
    private static final long LOOK_MILLIS = 50;
    private static final int ASK_MILLIS = 500;

    private final String what;
    private final Console console;

    WishCommand(String what, Console console) {
        this.what = what;
        this.console = console;
    }

    int run(List<String> words) throws InterruptedException {
        return switch (Words.parse(what, words, Set.of("--folder"), Set.of())) {
            case Given.Bad<Words>(String sentence) -> console.refuse(sentence);
            case Given.Good<Words>(Words given) -> run(given);
        };
    }

    private int run(Words given) throws InterruptedException {
        ClusterFolder folder = new ClusterFolder(Path.of(given.text("--folder", ClusterCommand.FOLDER)));
        if (given.operands().size() != 1 || !given.operands().getFirst().matches("[1-9][0-9]{0,3}")) {
            return console.refuse(what + " needs the number of a node, as in ./holdfast " + what + " 2");
        }
        int node = Integer.parseInt(given.operands().getFirst());
        try {
            ClusterFolder.Members members = folder.read();
            if (members == null || !members.isSupervised()) {
                return console.refuse("no cluster runs in " + folder.path() + "; start one with ./holdfast cluster");
            }
            if (node > members.http().size()) {
                return console.refuse("the cluster has nodes 1 to " + members.http().size() + ", not " + node);
            }
            Path wish = folder.wish(what, node);
            if (!awaitGone(wish)) {
                return console.fail("the supervisor (pid " + members.supervisor() + ") does not answer");
            }
            if (what.equals("kill")) {
                console.line("node " + node + " is killed");
                return Exit.GOOD;
            }
            return awaitUp(node, members);
        } catch (IOException trouble) {
            return console.fail("the folder " + folder.path() + " cannot be used: " + DiskErrors.text(trouble));
        }
    }

    private static boolean awaitGone(Path file) throws InterruptedException {
        for (long waited = 0; waited < PATIENCE_MILLIS && Files.exists(file); waited += LOOK_MILLIS) {
            Thread.sleep(LOOK_MILLIS);
        }
        return !Files.exists(file);
    }

    private int awaitUp(int node, ClusterFolder.Members members) throws InterruptedException {
        for (long waited = 0; waited < PATIENCE_MILLIS; waited += LOOK_MILLIS) {
            NodeStatus status = NodeStatus.ask(members.http().get(node - 1), ASK_MILLIS);
            if (status != null && status.leader() != 0) {
                console.line("node " + node + " is a " + status.role() + " in term " + status.term());
                return Exit.GOOD;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return console.fail("node " + node + " has started and does not know a leader yet; see ./holdfast status");
    }
}
