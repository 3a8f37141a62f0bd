package holdfast.server.cli;

import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.RunFolder;
import holdfast.server.config.Given;
import holdfast.server.disk.DiskErrors;
import java.io.IOException;
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

    int run(List<String> words) {
        Given<Words> parsed = Words.parse("demo", words, Set.of("--port", "--folder"), Set.of("--keep"));
        if (!(parsed instanceof Given.Good<Words>(Words given))) {
            return console.refuse(((Given.Bad<Words>) parsed).sentence());
        }
        int port = given.number("--port", FIRST_PORT, 1, PORT_MAX);
        if (port < 0 || !given.operands().isEmpty()) {
            return console.refuse("demo takes --port N, --folder DIR and --keep");
        }
        return switch (RunFolder.below(given.text("--folder", "holdfast-demo"))) {
            case Given.Bad<RunFolder>(String sentence) -> console.refuse(sentence);
            case Given.Good<RunFolder>(RunFolder folder) -> {
                try (Ending _ = new Ending(Exit.INTERRUPTED)) {
                    yield tell(folder, port, given.has("--keep"));
                }
            }
        };
    }

    private int tell(RunFolder folder, int port, boolean isKept) {
        int exit;
        try {
            List<NodePlan> plans = NodePlan.onLoopback(NODES, port, folder.path(), List.of("--test-hooks"));
            String taken = NodePlan.taken(plans);
            exit = taken.isEmpty() ? new DemoStory(plans, console).tell() : console.refuse(taken);
        } catch (IOException trouble) {
            exit = console.fail("the demo could not go on: " + DiskErrors.text(trouble));
        } catch (InterruptedException told) {
            exit = Exit.INTERRUPTED;
            console.line("\nThe demo was ended before its end.");
        }
        try {
            if (isKept || exit == Exit.FAILED) {
                console.line("data and logs of the nodes are in " + folder.path());
            } else {
                folder.delete();
            }
        } catch (IOException trouble) {
            return console.fail("the folder " + folder.path() + " cannot be deleted: " + DiskErrors.text(trouble));
        }
        return exit;
    }
}
