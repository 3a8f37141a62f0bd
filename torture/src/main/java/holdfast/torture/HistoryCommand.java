package holdfast.torture;

import holdfast.sim.check.stream.StreamChecker;
import holdfast.sim.check.stream.Verdict;
import holdfast.sim.history.HistoryText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/// `./holdfast history check FILE`: judges a history that was saved, whoever saved it.
final class HistoryCommand {

    private final PrintStream out;
    private final PrintStream err;

    HistoryCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> words) {
        if (words.size() != 2 || !words.getFirst().equals("check")) {
            return refuse("history is used as in ./holdfast history check FILE");
        }
        String name = words.get(1);
        try {
            return switch (HistoryText.parse(Files.readString(Path.of(name)))) {
                case HistoryText.Parsed.Damaged(int line, String sentence) ->
                    refuse(name + ":" + line + ": " + sentence);
                case HistoryText.Parsed.Whole whole -> told(
                        StreamChecker.check(whole.history(), new TreeSet<>(), Recorder.CONFIGURATIONS),
                        whole.history().operations());
            };
        } catch (IOException unreadable) {
            return refuse("the file " + name + " cannot be read");
        }
    }

    private int told(Verdict verdict, int operations) {
        return switch (verdict) {
            case Verdict.Linearizable _ -> {
                out.println(operations + " operations: linearizable");
                yield TortureMain.GOOD;
            }
            case Verdict.Violation violation -> {
                out.println(operations + " operations: REFUTED: " + violation.explanation());
                yield TortureMain.FOUND;
            }
            case Verdict.Undecided undecided -> {
                out.println(operations + " operations: undecided: " + undecided.why());
                yield TortureMain.FOUND;
            }
        };
    }

    private int refuse(String sentence) {
        err.println("holdfast: " + sentence);
        return TortureMain.BAD_INPUT;
    }
}
