package holdfast.sim.cli;

import holdfast.sim.cli.Command.Example;
import holdfast.sim.cli.Option.Kind;
import java.util.List;

/// What `./holdfast history` can be asked for.
final class HistoryCommands {

    static final long DEFAULT_BUDGET = 10_000_000;
    static final long DEFAULT_HISTORIES = 1_000_000;

    private static final String MODELS = "stream, register, cas-register, multi-register, list-append, kv, mutex, set,"
            + " counter, queue, unordered-queue, stack, s2 or auto (default)";
    private static final String FORMATS = "jsonl, edn, jepsen-log, porcupine-kv, s2, violin, text or auto (default)";
    private static final Option FORMAT = new Option("--format", Kind.TEXT, "FORMAT", FORMATS);

    static final Command CHECK = new Command("history check", "judge recorded histories", "FILE...",
            List.of(
                    new Option("--model", Kind.TEXT, "MODEL", "the object they are about: " + MODELS),
                    FORMAT,
                    new Option("--budget", Kind.NUMBER, "N",
                            "configurations that a search may meet (default " + DEFAULT_BUDGET + ")"),
                    new Option("--html", Kind.FILE, "OUT", "draw the history, one page without a network"),
                    new Option("--json", Kind.FLAG, "", "one JSON object a file instead of a line of text")),
            List.of(
                    "One line a file: the verdict, operations, milliseconds, and the reason if there is one. The verdict is a"
                            + " function of the history and the budget.",
                    "Exit 0 when all are linearizable, 1 when one is not, 3 when one is undecided, 2 when one cannot be read;"
                            + " of several, the first that applies of 1, 2, 3."),
            List.of(
                    new Example("./holdfast history check run.jsonl", "one history"),
                    new Example("./holdfast history check --html run.html run.jsonl", "the same, with its picture"),
                    new Example("./holdfast history check --model mutex *.edn", "several of Jepsen's")));

    static final Command CONVERT = new Command("history convert", "write a history in another format", "FILE",
            List.of(new Option("--to", Kind.TEXT, "FORMAT", "jsonl or edn"), FORMAT),
            List.of("Writes to the standard output. EDN is what Knossos and Elle read; JSON Lines is our own.", "Exit 0, or 2"
                    + " when the file cannot be read."),
            List.of(new Example("./holdfast history convert run.jsonl --to edn > run.edn", "for Jepsen's checkers")));

    static final Command SELFTEST = new Command("history selftest", "set the judges against each other", "",
            List.of(
                    new Option("--histories", Kind.NUMBER, "N",
                            "random histories to judge twice (default " + DEFAULT_HISTORIES + ")"),
                    new Option("--first", Kind.NUMBER, "N", "number of the first one (default 1)"),
                    new Option("--jobs", Kind.NUMBER, "J", "threads (default: every core)")),
            List.of(
                    "Each number is one small history, good or damaged, judged by the linear check of streams and by a search"
                            + " over their specification: up to 8 operations, every tenth up to 14. They must agree.",
                    "Exit 0 when they did, 1 when not; a disagreement is told with its history."),
            List.of(
                    new Example("./holdfast history selftest", "a million, in about a quarter of a minute"),
                    new Example("./holdfast history selftest --histories 10000000", "the whole bar")));

    static final List<Command> ALL = List.of(CHECK, CONVERT, SELFTEST);

    private HistoryCommands() {}
}
