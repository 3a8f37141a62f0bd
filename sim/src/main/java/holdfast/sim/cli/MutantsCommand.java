package holdfast.sim.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// `./holdfast mutants`: which planted bugs does the simulator find?
final class MutantsCommand {

    private static final int KILLED_BY_COLUMNS = 26;

    /// With any of these, what is found is not what a whole hunt would find.
    private static final List<String> HUNTS_OF_A_KIND =
            List.of("--only", "--patch", "--seeds", "--faults", "--profile", "--recorded");

    private final Arguments arguments;
    private final Terminal terminal;
    private final Path root = Path.of(System.getProperty("holdfast.root", ""));

    MutantsCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
    }

    int run() {
        if (arguments.has("--patch") && arguments.has("--only")) {
            return terminal.refuse("--patch is one bug of your own; --only chooses among ours; give one of them");
        }
        if (arguments.has("--record") && HUNTS_OF_A_KIND.stream().anyMatch(arguments::has)) {
            return terminal.refuse("--record keeps a whole hunt; leave out " + String.join(", ", HUNTS_OF_A_KIND));
        }
        switch (Setting.of(arguments)) {
            case Input.Bad<Setting>(String sentence) -> {
                return terminal.refuse(sentence);
            }
            case Input.Good<Setting> _ -> {}
        }
        Input<List<Mutant>> chosen = arguments.has("--patch")
                ? read(List.of(Path.of(arguments.text("--patch", ""))))
                : catalogue();
        return switch (chosen) {
            case Input.Bad<List<Mutant>>(String sentence) -> terminal.refuse(sentence);
            case Input.Good<List<Mutant>>(List<Mutant> mutants) -> run(adjusted(mutants));
        };
    }

    private Input<List<Mutant>> catalogue() {
        Path folder = root.resolve("mutants");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> patches = files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
            if (patches.isEmpty()) {
                return new Input.Bad<>("no *.patch in " + folder + "; use --patch FILE for a bug of your own");
            }
            return switch (read(patches)) {
                case Input.Bad<List<Mutant>> bad -> bad;
                case Input.Good<List<Mutant>>(List<Mutant> all) -> only(all);
            };
        } catch (IOException unreadable) {
            return new Input.Bad<>("cannot read the mutants " + Failures.of(unreadable));
        }
    }

    private Input<List<Mutant>> only(List<Mutant> all) {
        if (!arguments.has("--only")) {
            return new Input.Good<>(all);
        }
        TreeSet<String> wanted = new TreeSet<>(Arrays.asList(arguments.text("--only", "").split(",")));
        List<Mutant> chosen = all.stream()
                .filter(mutant -> wanted.contains(mutant.id()) || wanted.contains(mutant.bug()))
                .toList();
        for (Mutant mutant : chosen) {
            wanted.remove(mutant.id());
            wanted.remove(mutant.bug());
        }
        if (wanted.isEmpty()) {
            return new Input.Good<>(chosen);
        }
        List<String> ids = all.stream().map(Mutant::bug).distinct().toList();
        return new Input.Bad<>("--only: there is no mutant '" + wanted.first() + "'; there are " + String.join(",", ids));
    }

    private static Input<List<Mutant>> read(List<Path> files) {
        List<Mutant> mutants = new ArrayList<>();
        for (Path file : files) {
            String text;
            try {
                text = Files.readString(file);
            } catch (CharacterCodingException binary) {
                return new Input.Bad<>(file + " is no patch: it holds bytes that are not text");
            } catch (IOException unreadable) {
                return new Input.Bad<>("cannot read the patch " + Failures.of(unreadable));
            }
            String name = file.getFileName().toString().replaceFirst("\\.(patch|diff)$", "");
            switch (Mutant.parse(name, text)) {
                case Input.Bad<List<Mutant>> bad -> {
                    return bad;
                }
                case Input.Good<List<Mutant>>(List<Mutant> parsed) -> mutants.addAll(parsed);
            }
        }
        return new Input.Good<>(mutants);
    }

    private List<Mutant> adjusted(List<Mutant> mutants) {
        List<Mutant> adjusted = new ArrayList<>();
        for (Mutant mutant : mutants) {
            Mutant counted = arguments.has("--seeds") ? mutant.withSeeds(arguments.number("--seeds", 1)) : mutant;
            adjusted.add(counted.in(new Setting(
                    counted.setting().nodes(),
                    arguments.text("--faults", counted.setting().faults()),
                    arguments.text("--profile", counted.setting().profile()))));
        }
        return adjusted;
    }

    private int run(List<Mutant> mutants) {
        try {
            return switch (kills()) {
                case Input.Bad<Kills>(String sentence) -> terminal.refuse(sentence);
                case Input.Good<Kills>(Kills kills) -> run(mutants, kills);
            };
        } catch (IOException unreadable) {
            return terminal.refuse("cannot read the recorded kills " + Failures.of(unreadable) + "; write them with --record");
        }
    }

    /// Where plans are wanted, made if it is not there; null if none are.
    private Path plans() throws IOException {
        return arguments.has("--shrink") ? Files.createDirectories(Path.of(arguments.text("--shrink", ""))) : null;
    }

    private Input<Kills> kills() throws IOException {
        return arguments.has("--recorded") ? Kills.read(root) : new Input.Good<>(new Kills(Map.of()));
    }

    private int run(List<Mutant> mutants, Kills kills) {
        String draw = arguments.text("--recorded", "");
        int jobs = (int) Math.min(mutants.size(), arguments.number("--jobs", Runtime.getRuntime().availableProcessors()));
        Path plans;
        try {
            plans = plans();
        } catch (IOException failed) {
            return terminal.refuse("cannot make the folder " + Failures.of(failed) + "; name another with --shrink");
        }
        List<Mutant> tried = arguments.has("--recorded")
                ? mutants.stream().map(mutant -> Kills.sampled(mutant, draw)).toList() : mutants;
        List<MutantRunner.Fate> fates;
        try {
            fates = new MutantRunner(root, jobs, terminal, kills, draw, plans).run(tried);
        } catch (IOException failed) {
            return terminal.refuse("cannot build the mutants " + Failures.of(failed) + "; is there space for temporary files?");
        } catch (InterruptedException stopped) {
            return Main.FAILED;
        }
        MutantRunner.Fate first = fates.getFirst();
        if (arguments.has("--patch") && first.told().startsWith("DOES NOT")) {
            String what = first.told().toLowerCase(Locale.ROOT);
            return terminal.refuse(arguments.text("--patch", "") + " " + what + ": " + first.detail());
        }
        int exit = table(fates);
        return arguments.has("--record") ? record(fates, exit) : exit;
    }

    /// A table with gaps would be replayed as if it had none: only a hunt in which all is right is kept.
    private int record(List<MutantRunner.Fate> fates, int exit) {
        if (exit != Main.HOLDS) {
            terminal.line("nothing is recorded, because not every bug was killed");
            return exit;
        }
        TreeMap<String, Kills.Kill> kills = new TreeMap<>();
        for (MutantRunner.Fate fate : fates) {
            if (fate.killed()) {
                kills.put(fate.mutant().id(), new Kills.Kill(fate.seeds(), fate.told()));
            }
        }
        try {
            new Kills(kills).write(root);
            return exit;
        } catch (IOException failed) {
            return terminal.refuse("cannot write the recorded kills " + Failures.of(failed));
        }
    }

    private int table(List<MutantRunner.Fate> fates) {
        int idWidth = 4;
        int breaksWidth = 16;
        for (MutantRunner.Fate fate : fates) {
            idWidth = Math.max(idWidth, fate.mutant().id().length());
            breaksWidth = Math.max(breaksWidth, fate.mutant().breaks().length());
        }
        String format = "%-" + idWidth + "s  %-" + breaksWidth + "s  %-" + KILLED_BY_COLUMNS + "s %s";
        terminal.line(String.format(Locale.ROOT, format, "id", "what it breaks", "killed by", "seeds"));
        for (MutantRunner.Fate fate : fates) {
            String number = fate.seeds() == 0 ? "-" : String.format(Locale.ROOT, "%,d", fate.seeds());
            String seeds = fate.isReplay() ? number + " replayed" : number;
            String line = String.format(Locale.ROOT, format, fate.mutant().id(), fate.mutant().breaks(), fate.told(), seeds);
            terminal.line(fate.isRight() ? line : terminal.red(line));
            if (!fate.detail().isEmpty()) {
                terminal.line(" ".repeat(idWidth + 2) + fate.detail());
            }
        }
        return summary(fates);
    }

    /// Counts bugs, not settings: one that survives in a setting in which it should not is not killed.
    private int summary(List<MutantRunner.Fate> fates) {
        TreeSet<String> bugs = new TreeSet<>();
        TreeSet<String> equivalents = new TreeSet<>();
        TreeSet<String> wrong = new TreeSet<>();
        for (MutantRunner.Fate fate : fates) {
            String bug = fate.mutant().bug();
            (fate.mutant().mustSurvive() ? equivalents : bugs).add(bug);
            if (!fate.isRight()) {
                wrong.add(bug);
            }
        }
        // What must survive in one setting and die in others is a bug.
        equivalents.removeAll(bugs);
        boolean right = wrong.isEmpty();
        int all = bugs.size();
        bugs.removeAll(wrong);
        equivalents.removeAll(wrong);
        String last = bugs.size() + " of " + all + " killed, " + equivalents.size() + " equivalents survived";
        terminal.line("");
        terminal.line(right ? terminal.green(last) : terminal.red(last));
        return right ? Main.HOLDS : Main.FAILED;
    }
}
