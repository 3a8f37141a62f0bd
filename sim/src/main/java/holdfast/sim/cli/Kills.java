package holdfast.sim.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// The table `mutants/kills.txt`: which seed killed which mutant at the last whole hunt. Replaying that one universe shows that
/// the simulator still finds the bug, in a small part of the time; how long a stranger would search is shown by a hunt alone.
///
/// @param byMutant by the mutant's id; what must survive has no row
record Kills(Map<String, Kill> byMutant) {

    /// One in this many mutants is hunted from seed 1 all the same.
    static final int HUNTED_SHARE = 10;

    private static final long SAMPLE_SEEDS = 25;

    private static final String FILE = "mutants/kills.txt";
    private static final Pattern ROW = Pattern.compile("(\\S+) +([1-9][0-9]{0,17}) +(\\S+)");
    private static final String ROW_FORMAT = "%-18s  %6d  %s\n";
    private static final String HEADING = """
            # Which universe killed which mutant at the last whole hunt: id, seed, oracle.
            # Written by ./holdfast mutants --record, read by ./holdfast mutants --recorded TEXT.
            """;

    /// An oracle objected to this universe.
    record Kill(long seed, String oracle) {}

    Kills {
        byMutant = new TreeMap<>(byMutant);
    }

    static Input<Kills> read(Path root) throws IOException {
        TreeMap<String, Kill> kills = new TreeMap<>();
        for (String line : Files.readAllLines(root.resolve(FILE))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                return new Input.Bad<>(FILE + ": '" + line + "' is no row of id, seed and oracle; write it anew with --record");
            }
            kills.put(row.group(1), new Kill(Long.parseLong(row.group(2)), row.group(3)));
        }
        return new Input.Good<>(new Kills(kills));
    }

    void write(Path root) throws IOException {
        StringBuilder text = new StringBuilder(HEADING);
        byMutant.forEach((id, kill) -> text.append(ROW_FORMAT.formatted(id, kill.seed(), kill.oracle())));
        Files.writeString(root.resolve(FILE), text);
    }

    /// The universe to replay for this mutant, or null if it is to be hunted: because it has no row, or because the draw falls on
    /// it.
    ///
    /// @param draw any text that changes from commit to commit, so that in time each mutant has its turn
    Kill toReplay(Mutant mutant, String draw) {
        return isDrawn(mutant, draw) ? null : byMutant.get(mutant.id());
    }

    /// How many universes it will take.
    long seedsExpected(Mutant mutant, String draw) {
        Kill kill = byMutant.get(mutant.id());
        return kill == null ? mutant.seeds() : isDrawn(mutant, draw) ? kill.seed() : 1;
    }

    /// What must survive has no universe to replay: a sample of its seeds is tried, and all of them if the draw falls on it.
    static Mutant sampled(Mutant mutant, String draw) {
        return mutant.mustSurvive() && !isDrawn(mutant, draw)
                ? mutant.withSeeds(Math.min(SAMPLE_SEEDS, mutant.seeds())) : mutant;
    }

    private static boolean isDrawn(Mutant mutant, String draw) {
        CRC32 drawn = new CRC32();
        drawn.update((draw + " " + mutant.id()).getBytes(StandardCharsets.UTF_8));
        return drawn.getValue() % HUNTED_SHARE == 0;
    }
}
