package holdfast.sim.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the simulator on a mutant, in a JVM of its own: whatever the bug does to the JVM, this one goes on.
final class MutantTrial {

    private static final long START_SECONDS = 60;
    private static final long SEEDS_PER_SECOND = 2;

    sealed interface Outcome {

        /// An oracle objected to this universe.
        record Killed(String oracle, long seed) implements Outcome {}

        record Survived(long seeds) implements Outcome {}

        /// No oracle said anything before the time was up.
        record Hung(long seconds) implements Outcome {}

        /// The JVM ended in a way that says nothing about the bug.
        record Broken(String sentence) implements Outcome {}
    }

    private MutantTrial() {}

    /// @param seeds tried one after the other, until an oracle objects
    /// @param classes of the mutant
    /// @param output a file for what the child says
    static Outcome run(Mutant mutant, SeedRange seeds, Path classes, Path output) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Most mutants die before the optimizing compiler would have paid for itself.
                        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx512m",
                        "-cp", classes.toString(), "holdfast.sim.cli.Main",
                        "sim", "--seeds", seeds.first() + ".." + seeds.last(),
                        "--nodes", Integer.toString(mutant.setting().nodes()),
                        "--faults", mutant.setting().faults(),
                        "--profile", mutant.setting().profile(),
                        "--jobs", "1", "--stop-at-first"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long seconds = START_SECONDS + seeds.size() / SEEDS_PER_SECOND;
        try {
            if (!child.waitFor(seconds, TimeUnit.SECONDS)) {
                return new Outcome.Hung(seconds);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        return judge(seeds, child.exitValue(), Files.readAllLines(output));
    }

    private static Outcome judge(SeedRange seeds, int exit, List<String> lines) {
        for (String line : lines) {
            CampaignReport.FirstFailure failure = CampaignReport.FirstFailure.parse(line);
            if (failure != null && failure.oracle().equals(Universes.SIMULATOR)) {
                return new Outcome.Broken("seed " + failure.seed() + " has no verdict: " + failure.sentence());
            }
            if (failure != null) {
                return new Outcome.Killed(failure.oracle(), failure.seed());
            }
        }
        if (exit == Main.HOLDS) {
            return new Outcome.Survived(seeds.size());
        }
        String last = lines.isEmpty() ? "it said nothing" : lines.getLast();
        return new Outcome.Broken("the JVM ended with " + exit + ": " + last);
    }
}
