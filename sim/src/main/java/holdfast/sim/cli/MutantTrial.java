package holdfast.sim.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        // Most mutants die before the optimizing compiler would have paid for itself.
        Process child = start(mutant, classes, output, List.of("-XX:TieredStopAtLevel=1"), List.of(
                "sim", "--seeds", seeds.first() + ".." + seeds.last(), "--stop-at-first"));
        long seconds = START_SECONDS + seeds.size() / SEEDS_PER_SECOND;
        return awaitEnd(child, seconds)
                ? judge(seeds, child.exitValue(), Files.readAllLines(output))
                : new Outcome.Hung(seconds);
    }

    /// Shrinks the universe that killed a mutant.
    ///
    /// @param plan the file that the smallest plan is written to
    /// @return how small it is, or an empty text if nothing came of it
    static String shrink(Mutant mutant, long seed, Path classes, Path output, Path plan)
            throws IOException, InterruptedException {
        Process child = start(mutant, classes, output, List.of(), List.of(
                "shrink", Long.toString(seed), "--seconds", Long.toString(ShrinkCommand.SECONDS), "--out", plan.toString()));
        if (!awaitEnd(child, START_SECONDS + 2 * ShrinkCommand.SECONDS) || child.exitValue() != Main.HOLDS) {
            return "";
        }
        return Files.readAllLines(output).stream().filter(line -> line.contains(ShrinkCommand.WORD)).findFirst().orElse("");
    }

    private static Process start(Mutant mutant, Path classes, Path output, List<String> flags, List<String> words)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx512m"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classes + File.pathSeparator + MutantBuild.OWN_CLASSES, "holdfast.sim.cli.Main"));
        command.addAll(words);
        command.addAll(List.of(
                "--nodes", mutant.setting().nodesText(), "--faults", mutant.setting().faults(),
                "--profile", mutant.setting().profile(), "--jobs", "1"));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private static boolean awaitEnd(Process child, long seconds) throws InterruptedException {
        try {
            return child.waitFor(seconds, TimeUnit.SECONDS);
        } finally {
            child.destroyForcibly().waitFor();
        }
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
