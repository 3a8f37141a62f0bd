package holdfast.sim.cli;

import holdfast.sim.plan.Anchor;
import holdfast.sim.plan.Plan;
import holdfast.sim.run.TraceSink;
import holdfast.sim.run.Verdict;
import holdfast.sim.shrink.Failure;
import holdfast.sim.shrink.Shrinker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `./holdfast shrink`: from a universe that fails to a plan that a person can read.
final class ShrinkCommand {

    static final long SECONDS = 60;

    /// Stands in the line that tells how small the plan is, and in no other.
    static final String WORD = "operations of clients";

    private static final double NANOS = 1e9;
    private static final int LAST_EVENTS = 6;
    private static final int LINE_CHARS = 150;

    private final Arguments arguments;
    private final Terminal terminal;
    private final long started = System.nanoTime();

    ShrinkCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
    }

    int run() {
        return switch (Universes.ofOperand(arguments)) {
            case Input.Bad<Plan>(String sentence) -> terminal.refuse(sentence);
            case Input.Good<Plan>(Plan plan) -> shrink(plan);
        };
    }

    private int shrink(Plan plan) {
        Verdict verdict = Universes.run(plan, TraceSink.NONE);
        if (verdict.passed()) {
            return terminal.refuse("the universe of " + arguments.operand()
                    + " holds, so there is nothing to shrink; './holdfast sim' looks for one that does not");
        }
        Failure failure = Failure.of(verdict);
        long deadline = started + (long) (arguments.number("--seconds", SECONDS) * NANOS);
        int jobs = (int) Math.min(
                arguments.number("--jobs", Runtime.getRuntime().availableProcessors()), Integer.MAX_VALUE);
        ProgressBar progress = new ProgressBar(terminal, "universes", 0);
        Shrinker shrinker = new Shrinker(
                new Side(), failure, jobs, () -> System.nanoTime() > deadline, (tried, _) -> progress.show(tried, 0));
        Plan smallest = shrinker.shrink(plan);
        progress.clear();
        return told(plan, smallest);
    }

    /// Each universe has a thread of its own.
    private static final class Side implements Shrinker.Judge {

        @Override
        public List<Failure> judge(List<Plan> plans) {
            return plans.parallelStream().map(plan -> Failure.of(Universes.run(plan, TraceSink.NONE))).toList();
        }

        @Override
        public Map<Integer, List<Anchor>> anchors(Plan plan) {
            return Universes.anchors(plan);
        }
    }

    private int told(Plan plan, Plan smallest) {
        Story story = new Story();
        Verdict verdict = Universes.run(smallest, story);
        String from = String.format(Locale.ROOT, "%s, %.0f s", change(plan, smallest), (System.nanoTime() - started) / NANOS);
        String text = "# FAILED " + verdict.oracle() + ": " + verdict.failure() + "\n#\n# Shrunk from " + arguments.operand()
                + ": " + change(plan, smallest) + ".\n#\n" + story.text() + "\n" + Universes.text(smallest);
        Optional<Path> file = arguments.file("--out");
        if (file.isEmpty()) {
            terminal.print(text);
            return Main.HOLDS;
        }
        try {
            Files.writeString(file.get(), text);
        } catch (IOException failed) {
            return terminal.refuse("cannot write the plan " + Failures.of(failed) + "; name another file with --out");
        }
        terminal.line("FAILED " + verdict.oracle() + ": " + verdict.failure());
        terminal.line(from);
        terminal.line("  ./holdfast replay " + file.get());
        return Main.HOLDS;
    }

    private static String change(Plan plan, Plan smallest) {
        return String.format(Locale.ROOT, "%,d faults and %,d " + WORD + ", %,d and %,d before",
                smallest.faults().size(), Shrinker.operations(smallest), plan.faults().size(), Shrinker.operations(plan));
    }

    /// What was done to the cluster, and the end.
    private static final class Story implements TraceSink {

        private final StringBuilder faults = new StringBuilder();
        private final ArrayDeque<String> last = new ArrayDeque<>();

        @Override
        public boolean wantsLines() {
            return true;
        }

        @Override
        public void line(long event, long cause, long micros, int node, String kind, String text) {
            String line = TraceColumns.line(event, micros, node, kind, text);
            String comment = "# " + (line.length() > LINE_CHARS ? line.substring(0, LINE_CHARS) : line).stripTrailing() + "\n";
            if (kind.equals("fault") || kind.equals("halt")) {
                faults.append(comment);
            }
            last.addLast(comment);
            if (last.size() > LAST_EVENTS) {
                last.removeFirst();
            }
        }

        @Override
        public void hash(long event, long rolling) {}

        private String text() {
            return faults + "#   ...\n" + String.join("", last);
        }
    }
}
