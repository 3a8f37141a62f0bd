package holdfast.server.cli;

import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodePlan;
import holdfast.server.config.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/// `./holdfast demo`: a deposit of 200 dollars, told on a real cluster that is being hurt. Exit 0 when the account
/// is right at the end.
final class DemoCommand {

    private static final int NODES = 3;
    private static final int FIRST_PORT = 4637;
    private static final int PORT_MAX = 65_000;

    private final Console console;

    DemoCommand(Console console) {
        this.console = console;
    }

    int run(List<String> words) throws InterruptedException {
        Given<Words> parsed = Words.parse("demo", words, Set.of("--port", "--folder"), Set.of("--keep"));
        if (!(parsed instanceof Given.Good<Words>(Words given))) {
            return console.refuse(((Given.Bad<Words>) parsed).sentence());
        }
        int port = given.number("--port", FIRST_PORT, 1, PORT_MAX);
        if (port < 0 || !given.operands().isEmpty()) {
            return console.refuse("demo takes --port N, --folder DIR and --keep");
        }
        String stamp = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
        ClusterFolder folder = new ClusterFolder(Path.of(given.text("--folder", "holdfast-demo"), stamp));
        try {
            Files.createDirectories(folder.path());
            DemoStory story = new DemoStory(
                    NodePlan.onLoopback(NODES, port, folder.path(), List.of("--test-hooks")), console);
            boolean good = story.tell();
            if (good && !given.has("--keep")) {
                Folders.delete(folder.path());
            } else {
                console.line("data and logs of the nodes are in " + folder.path());
            }
            return good ? Exit.GOOD : Exit.FAILED;
        } catch (IOException trouble) {
            return console.fail("the demo could not go on: " + trouble.getMessage());
        }
    }
}
