package holdfast.sim.cli;

import holdfast.sim.cli.Command.Example;
import holdfast.sim.cli.Option.Kind;
import holdfast.sim.history.HistoryText;
import java.util.List;

/// Every command with every option: the one place that the parser, the help and the refusals read.
final class Commands {

    private static final Option NODES =
            new Option("--nodes", Kind.NODES, "N", "voters in the cluster: 1, 3, 5, 7, or any, drawn (default any)");
    private static final Option FAULTS =
            new Option("--faults", Kind.TEXT, "LIST", "all (default), none, or kinds separated by commas");
    private static final Option PROFILE = new Option("--profile", Kind.TEXT, "NAME",
            "any (default: each machine's is drawn), or the file system of every machine, as in xfs");
    private static final Option JOBS =
            new Option("--jobs", Kind.NUMBER, "J", "threads, one universe each (default: every core)");

    private static final Command SIM = new Command("sim", "run universes, one per seed, and check every one of them", "",
            List.of(
                    new Option("--seeds", Kind.RANGE, "A..B", "the seeds (default 1..1000)"),
                    new Option("--seed", Kind.NUMBER, "N", "one seed"),
                    NODES,
                    FAULTS,
                    PROFILE,
                    new Option("--minutes", Kind.NUMBER, "M", "go on from the first seed until the time is up"),
                    new Option("--twice", Kind.FLAG, "", "run each seed twice and report the first differing event"),
                    JOBS,
                    new Option("--plan", Kind.FILE, "FILE", "run the universe of a plan file instead of a seed's"),
                    new Option("--stop-at-first", Kind.FLAG, "", "stop at the first universe that fails"),
                    new Option("--write-hashes", Kind.FILE, "FILE", "write the trace hash of every seed"),
                    new Option("--check-hashes", Kind.FILE, "FILE", "compare with the trace hashes of another JVM")),
            List.of(
                    "Exit 0 when all universes hold, 1 when one failed; the last line is \"N passed, M failed\".",
                    "A campaign also fails when it has not met a situation that so many universes owe: then it has not tested"
                            + " what it claims to. 50 universes of any kind owe what comes about by itself; with the usual"
                            + " nodes, faults and disks 50, 500 and 5,000 owe what is rarer and rarer, and "
                            + Campaign.MATRIX_SEEDS + " owe " + MatrixTable.FILLED_PERCENT
                            + " % of the table of faults and states."),
            List.of(
                    new Example("./holdfast sim", "the main job"),
                    new Example("./holdfast sim --seeds 1..5000", "a longer one"),
                    new Example("./holdfast sim --seed 17 --nodes 5 --faults none", "one quiet universe of five nodes"),
                    new Example("./holdfast sim --seeds 1..200 --profile btrfs-6.1", "every machine on that file system"),
                    new Example("./holdfast sim --minutes 30 --jobs 1", "half an hour on one core"),
                    new Example("./holdfast sim --seeds 1..500 --twice", "is every universe repeatable?")));

    private static final Command REPLAY = new Command("replay", "tell one universe, event by event", "SEED|PLANFILE",
            List.of(
                    new Option("--trace", Kind.FILE, "FILE", "write the events there and only the end here"),
                    new Option("--until", Kind.NUMBER, "EVENT", "stop after that event"),
                    new Option("--state", Kind.NUMBER, "NODE", "with --until: show what that machine is like then"),
                    new Option("--causes", Kind.FLAG, "", "name the event that brought each about"),
                    NODES,
                    FAULTS,
                    PROFILE,
                    new Option("--history", Kind.FILE, "FILE", "write what the clients asked and were told, whole"),
                    new Option("--save-plan", Kind.FILE, "FILE", "write the plan, to read, edit and replay it")),
            List.of(
                    "One line per event: its number, simulated seconds, the node (- for clients and the world), the kind of"
                            + " event, and what happened. The last lines are the verdict and \"trace hash <16 hex>\".",
                    "Long lines are cut there and end with " + HistoryText.CUT + "; a history is whole, and"
                            + " './holdfast history check FILE' judges it.",
                    "A word of digits is a seed; anything else is a plan file, which brings its own nodes, faults and disks.",
                    "Exit 0 when the universe holds, 1 when it failed."),
            List.of(
                    new Example("./holdfast replay 17", "the universe of seed 17"),
                    new Example("./holdfast replay 17 --trace trace.txt", "the same, into a file"),
                    new Example("./holdfast replay 17 --until 4021 | tail", "what led to event 4021"),
                    new Example("./holdfast replay 17 --until 4021 --state 2", "and what node 2 was like then"),
                    new Example("./holdfast replay 17 --history 17.history | tail -4", "its history, to judge or to edit"),
                    new Example("./holdfast replay 17 --save-plan 17.plan", "its plan"),
                    new Example("./holdfast replay 17.plan", "the universe of that plan, edited or not")));

    private static final Command SHRINK = new Command("shrink", "make a failing universe as small as it gets", "SEED|PLANFILE",
            List.of(
                    new Option("--out", Kind.FILE, "FILE", "write the plan there and not here"),
                    new Option("--seconds", Kind.NUMBER, "N", "how long to search at most (default " + ShrinkCommand.SECONDS
                            + ")"),
                    NODES,
                    FAULTS,
                    PROFILE,
                    JOBS),
            List.of(
                    "Takes away faults, clients, operations, streams, noise and time as long as the universe fails in the same"
                            + " way: the same oracle, the same sentence but for its numbers. The plan that is left begins with"
                            + " what happened, and may have another seed.",
                    "Exit 0 when there is a plan, also if the time was up; 2 when the universe does not fail."),
            List.of(
                    new Example("./holdfast shrink 17 --out 17.plan", "what of seed 17 is needed to fail?"),
                    new Example("./holdfast shrink 17.plan --seconds 600", "go on with a plan, for ten minutes")));

    private static final Command MUTANTS = new Command("mutants", "plant known bugs and see which the simulator finds", "",
            List.of(
                    new Option("--only", Kind.TEXT, "ID,...", "these mutants of the folder mutants/"),
                    new Option("--patch", Kind.FILE, "FILE", "a bug of your own: a unified diff against core"),
                    new Option("--seeds", Kind.NUMBER, "N", "try the seeds 1..N (default: what each mutant's file says)"),
                    new Option("--recorded", Kind.TEXT, "TEXT", "replay the universe that killed each one last"),
                    new Option("--record", Kind.FLAG, "", "keep the universes of this whole hunt in mutants/kills.txt"),
                    new Option("--shrink", Kind.FILE, "FOLDER", "write there what is left of each universe that killed one"),
                    FAULTS,
                    PROFILE,
                    JOBS),
            List.of(
                    "The table has the id, what it breaks, the oracle that killed it and the seeds needed. The last line is"
                            + " \"K of N killed, E equivalents survived\".",
                    "Exit 0 when every bug was killed and every equivalent survived. A patch that does not apply or does not"
                            + " compile, or a universe that never ends, is reported as that and is not a kill.",
                    "With --recorded, one mutant in ten, drawn by TEXT (a commit, say), is hunted from seed 1 all the same,"
                            + " and so is one that its recorded universe no longer kills; of what must survive, but for"
                            + " those drawn, 50 seeds are tried."),
            List.of(
                    new Example("./holdfast mutants", "all of them, hunted"),
                    new Example("./holdfast mutants --recorded today", "all of them, most by one universe each"),
                    new Example("./holdfast mutants --only M01,M49", "two of them"),
                    new Example("git diff > my.patch; git checkout core; ./holdfast mutants --patch my.patch",
                            "one of your own")));

    private static final Command BENCH = new Command("sim bench", "measure the simulator on one core", "",
            List.of(),
            List.of("Events per second, simulated seconds per second (busy and idle), seeds per second, each with the method"
                    + " in one line."),
            List.of(new Example("./holdfast sim bench", "takes about half a minute")));

    private static final Command CHECK = new Command("check", "everything that CI runs", "",
            List.of(new Option("--quick", Kind.FLAG, "", "a sample of each: no slow test, few seeds")),
            List.of("Needs Maven on the path. Exit 0 when every step passed; the last line is \"N passed, M failed\"."),
            List.of(
                    new Example("./holdfast check", "before a push"),
                    new Example("./holdfast check --quick", "while working")));

    private static final Command HELP = new Command("help", "tell what a command can do", "[COMMAND]",
            List.of(), List.of(), List.of(new Example("./holdfast help replay", "every option of replay")));

    private static final List<Command> ALL = List.of(SIM, REPLAY, SHRINK, MUTANTS, HistoryCommands.CHECK, HistoryCommands.CONVERT,
            HistoryCommands.SELFTEST, CHECK, BENCH, HELP);

    private Commands() {}

    static List<Command> all() {
        return ALL;
    }

    /// Null if there is none of that name.
    static Command named(String name) {
        for (Command command : ALL) {
            if (command.name().equals(name)) {
                return command;
            }
        }
        return null;
    }
}
