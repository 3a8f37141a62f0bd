package holdfast.sim.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Builds and tries mutants, several side by side.
final class MutantRunner {

    private static final long POLL_MILLIS = 100;

    /// What became of one mutant.
    ///
    /// @param killed whether an oracle objected
    /// @param told what stands in the column "killed by"
    /// @param detail a sentence about a mutant that could not be tried, or what is left of its universe; else empty
    /// @param seeds the first seed from 1 on that killed it, or how many universes it survived; 0 if none ran
    /// @param isReplay whether the recorded universe alone was tried, and killed it
    record Fate(
            Mutant mutant, boolean killed, boolean survived, String told, String detail, long seeds, boolean isReplay) {

        Fate withDetail(String sentence) {
            return new Fate(mutant, killed, survived, told, sentence, seeds, isReplay);
        }

        /// Whether this is how it should be: bugs die, the others live.
        boolean isRight() {
            return mutant.mustSurvive() ? survived : killed;
        }
    }

    private final Path root;
    private final int jobs;
    private final Terminal terminal;
    private final Kills kills;
    private final String draw;
    private final Path plans;
    private final MutantTrial trials = new MutantTrial();
    private final Map<Patch, MutantBuild.Outcome> builds = new ConcurrentHashMap<>();

    /// @param kills the universes to try first, and how long a hunt may take
    /// @param draw chooses what is hunted although it could be replayed ([Kills#toReplay])
    /// @param plans the folder for what is left of the universe that killed, or null if it is not to be shrunk
    MutantRunner(Path root, int jobs, Terminal terminal, Kills kills, String draw, Path plans) {
        this.plans = plans;
        this.root = root;
        this.jobs = jobs;
        this.terminal = terminal;
        this.kills = kills;
        this.draw = draw;
    }

    /// Fates in the order of the mutants.
    List<Fate> run(List<Mutant> mutants) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("holdfast-mutants");
        Thread cleaner = new Thread(() -> delete(work));
        Runtime.getRuntime().addShutdownHook(cleaner);
        try (trials; ExecutorService workers = Executors.newFixedThreadPool(jobs)) {
            Map<Mutant, Future<Fate>> pending = new HashMap<>();
            // The longest first, so that no core waits for another one's last.
            for (Mutant mutant : mutants.stream().sorted(Comparator.comparingLong(this::seedsExpected).reversed()).toList()) {
                pending.put(mutant, workers.submit(() -> fateOf(mutant, work)));
            }
            return collect(mutants.stream().map(pending::get).toList());
        } finally {
            Runtime.getRuntime().removeShutdownHook(cleaner);
            delete(work);
        }
    }

    private long seedsExpected(Mutant mutant) {
        return kills.seedsExpected(mutant, draw);
    }

    private List<Fate> collect(List<Future<Fate>> pending) throws IOException, InterruptedException {
        ProgressBar progress = new ProgressBar(terminal, "mutants", pending.size());
        List<Fate> fates = new ArrayList<>();
        for (Future<Fate> future : pending) {
            while (true) {
                try {
                    fates.add(future.get(POLL_MILLIS, TimeUnit.MILLISECONDS));
                    break;
                } catch (TimeoutException _) {
                    long done = pending.stream().filter(Future::isDone).count();
                    progress.show(done, fates.stream().filter(fate -> !fate.isRight()).count());
                } catch (ExecutionException broken) {
                    progress.clear();
                    if (broken.getCause() instanceof IOException failed) {
                        throw failed;
                    }
                    throw new IllegalStateException(broken.getCause());
                }
            }
        }
        progress.clear();
        return fates;
    }

    private Fate fateOf(Mutant mutant, Path work) throws IOException, InterruptedException {
        return switch (built(mutant.patch(), work)) {
            case MutantBuild.Outcome.DoesNotApply(String sentence) -> untried(mutant, "DOES NOT APPLY", sentence);
            case MutantBuild.Outcome.DoesNotCompile(String sentence) -> untried(mutant, "DOES NOT COMPILE", sentence);
            case MutantBuild.Outcome.Compiled(Path classes) -> {
                Path output = Files.createTempFile(work, "output", ".txt");
                Fate fate = fateOf(mutant, classes, output);
                yield plans == null || !fate.killed() ? fate : fate.withDetail(shrunk(fate, classes, output));
            }
        };
    }

    private String shrunk(Fate fate, Path classes, Path output) throws IOException, InterruptedException {
        Path plan = plans.resolve(fate.mutant().id().replace('/', '-') + ".plan");
        String size = MutantTrial.shrink(fate.mutant(), fate.seeds(), classes, output, plan);
        return size.isEmpty() ? "it could not be shrunk" : plan + ": " + size;
    }

    /// A record that kills no longer is no verdict: any change of the core may move what happens in a universe.
    private Fate fateOf(Mutant mutant, Path classes, Path output) throws IOException, InterruptedException {
        Kills.Kill kill = kills.toReplay(mutant, draw);
        if (kill != null) {
            Fate again = tried(mutant, trials.run(mutant, new SeedRange(kill.seed(), kill.seed()), classes, output), true);
            if (again.killed()) {
                return again;
            }
        }
        return tried(mutant, trials.run(mutant, new SeedRange(1, mutant.seeds()), classes, output), false);
    }

    /// One bug in several settings is compiled once: whoever comes second waits.
    private MutantBuild.Outcome built(Patch patch, Path work) throws IOException {
        try {
            return builds.computeIfAbsent(patch, bug -> build(bug, work));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private MutantBuild.Outcome build(Patch patch, Path work) {
        try {
            return MutantBuild.compile(root, patch, Files.createTempDirectory(work, "classes"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Fate untried(Mutant mutant, String told, String detail) {
        return new Fate(mutant, false, false, told, detail, 0, false);
    }

    private static Fate tried(Mutant mutant, MutantTrial.Outcome outcome, boolean isReplay) {
        return switch (outcome) {
            case MutantTrial.Outcome.Killed(String oracle, long seed) ->
                    new Fate(
                            mutant, true, false, mutant.mustSurvive() ? oracle + " (MUST SURVIVE)" : oracle, "", seed, isReplay);
            case MutantTrial.Outcome.Survived(long seeds) ->
                    new Fate(mutant, false, true, mutant.mustSurvive() ? "survived, as it must" : "SURVIVED", "", seeds, false);
            case MutantTrial.Outcome.Untested(long seeds, String sentence) ->
                    new Fate(mutant, false, false, "UNTESTED", "it survived, and its universes " + sentence, seeds, false);
            case MutantTrial.Outcome.Hung(long seconds) -> untried(mutant, "HUNG", "no verdict within " + seconds + " s");
            case MutantTrial.Outcome.Broken(String sentence) -> untried(mutant, "BROKEN", sentence);
        };
    }

    private static void delete(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException gone) {
            // A folder of temporary files that is already gone, or that the system will clear.
            folder.toFile().deleteOnExit();
        }
    }
}
