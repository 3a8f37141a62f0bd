package holdfast.sim.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs the simulator on mutants, in other JVMs: whatever a bug does to its JVM, this one goes on.
final class MutantTrial implements AutoCloseable {

    private static final long START_SECONDS = 60;
    private static final long SEEDS_PER_SECOND = 2;

    sealed interface Outcome {

        /// An oracle objected to this universe.
        record Killed(String oracle, long seed) implements Outcome {}

        record Survived(long seeds) implements Outcome {}

        /// It survived universes that have not met what so many of them owe: that says nothing.
        record Untested(long seeds, String sentence) implements Outcome {}

        /// No oracle said anything before the time was up.
        record Hung(long seconds) implements Outcome {}

        /// The JVM ended in a way that says nothing about the bug.
        record Broken(String sentence) implements Outcome {}
    }

    private final ConcurrentLinkedQueue<MutantHost> idle = new ConcurrentLinkedQueue<>();

    /// @param seeds tried one after the other, until an oracle objects
    /// @param classes of the mutant
    /// @param output a file for what the child says
    Outcome run(Mutant mutant, SeedRange seeds, Path classes, Path output) throws IOException, InterruptedException {
        long seconds = START_SECONDS + seeds.size() / SEEDS_PER_SECOND;
        List<String> words = words(
                mutant, List.of("sim", "--seeds", seeds.first() + ".." + seeds.last(), "--stop-at-first"));
        MutantHost waiting = idle.poll();
        MutantHost host = waiting == null ? new MutantHost() : waiting;
        boolean isFirst = !host.isUsed();
        int exit = host.run(classes, output, words, seconds);
        if (exit >= 0) {
            idle.add(host);
            return judge(seeds, exit, Files.readAllLines(output));
        }
        host.close();
        if (exit == MutantHost.SILENT) {
            return new Outcome.Hung(seconds);
        }
        // What ended the JVM may be the doing of a mutant before this one.
        return isFirst ? new Outcome.Broken("it ended its JVM") : run(mutant, seeds, classes, output);
    }

    @Override
    public void close() {
        idle.forEach(MutantHost::close);
    }

    /// Shrinks the universe that killed a mutant.
    ///
    /// @param plan the file that the smallest plan is written to
    /// @return how small it is, or an empty text if nothing came of it
    static String shrink(Mutant mutant, long seed, Path classes, Path output, Path plan)
            throws IOException, InterruptedException {
        Process child = start(classes, output, words(mutant, List.of(
                "shrink", Long.toString(seed), "--seconds", Long.toString(ShrinkCommand.SECONDS), "--out", plan.toString())));
        if (!awaitEnd(child, START_SECONDS + 2 * ShrinkCommand.SECONDS) || child.exitValue() != Main.HOLDS) {
            return "";
        }
        return Files.readAllLines(output).stream().filter(line -> line.contains(ShrinkCommand.WORD)).findFirst().orElse("");
    }

    private static List<String> words(Mutant mutant, List<String> command) {
        return Stream.concat(command.stream(), Stream.of(
                "--nodes", mutant.setting().nodesText(), "--faults", mutant.setting().faults(),
                "--profile", mutant.setting().profile(), "--jobs", "1")).toList();
    }

    private static Process start(Path classes, Path output, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java(), "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx512m",
                "-cp", classes + File.pathSeparator + MutantBuild.OWN_CLASSES, Main.class.getName()));
        command.addAll(words);
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static boolean awaitEnd(Process child, long seconds) throws InterruptedException {
        try {
            return child.waitFor(seconds, TimeUnit.SECONDS);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    static Outcome judge(SeedRange seeds, int exit, List<String> lines) {
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
        for (String line : lines) {
            if (line.startsWith(CampaignReport.NEVER_REACHED)) {
                return new Outcome.Untested(seeds.size(), line);
            }
        }
        String last = lines.isEmpty() ? "it said nothing" : lines.getLast();
        return new Outcome.Broken("the JVM ended with " + exit + ": " + last);
    }
}
