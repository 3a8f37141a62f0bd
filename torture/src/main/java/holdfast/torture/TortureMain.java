package holdfast.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The door behind `./holdfast torture` and `./holdfast history`. Exit 0: nothing found, 1: something found, 2: bad
/// input.
public final class TortureMain {

    static final int GOOD = 0;
    static final int FOUND = 1;
    static final int BAD_INPUT = 2;

    private static final long MILLIS_PER_MINUTE = 60_000;
    private static final int MINUTES_MAX = 10_000;
    private static final int CLIENTS_MAX = 64;
    private static final int PORT_MAX = 65_000;
    private static final int FIRST_PORT = 7_437;
    private static final Set<String> NAMES = Set.of(
            "--minutes", "--seconds", "--faults", "--clients", "--nodes", "--port", "--seed", "--folder", "--save");

    private final PrintStream out;
    private final PrintStream err;
    private final TreeMap<String, String> given = new TreeMap<>();
    private String refusal = "";

    private TortureMain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] words) throws InterruptedException {
        int exit = run(List.of(words), System.out, System.err);
        System.out.flush();
        System.exit(exit);
    }

    static int run(List<String> words, PrintStream out, PrintStream err) throws InterruptedException {
        if (!words.isEmpty() && words.getFirst().equals("history")) {
            return new HistoryCommand(out, err).run(words.subList(1, words.size()));
        }
        if (words.isEmpty() || !words.getFirst().equals("torture")) {
            err.println("holdfast: this runs torture and history");
            return BAD_INPUT;
        }
        return new TortureMain(out, err).torture(words.subList(1, words.size()));
    }

    private int torture(List<String> words) throws InterruptedException {
        Options options = options(words);
        if (options == null) {
            err.println("holdfast: " + refusal);
            return BAD_INPUT;
        }
        out.println("torture: " + options.nodes() + " nodes, " + options.clients() + " clients, "
                + options.millis() / 1_000 + " s, faults " + options.harms() + ", seed " + options.seed());
        try {
            TortureRun run = new TortureRun(options, this::tell);
            String finding = run.run();
            return finish(options, run, finding);
        } catch (IOException trouble) {
            err.println("holdfast: the torture could not go on: " + trouble.getMessage());
            return FOUND;
        }
    }

    private void tell(String line) {
        out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
        out.flush();
    }

    private int finish(Options options, TortureRun run, String finding) throws IOException {
        if (options.save() != null) {
            run.save(options.save());
        }
        if (finding.isEmpty()) {
            delete(options.folder());
            out.println("nothing found");
            return GOOD;
        }
        Path history = options.folder().resolve("history.txt");
        run.save(history);
        out.println("FOUND: " + finding);
        out.println("the history is in " + history + ", data and logs of the nodes beside it");
        return FOUND;
    }

    /// The folder of this run, which holds nothing but what this run has put there.
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    // ---- words ---------------------------------------------------------------------------------------------

    /// Null if something is wrong with them, which `refusal` then says.
    private Options options(List<String> words) {
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i);
            if (!NAMES.contains(name)) {
                refusal = "torture has no option '" + name + "'; './holdfast help torture' lists its options";
                return null;
            }
            if (i + 1 == words.size()) {
                refusal = name + " needs a value";
                return null;
            }
            given.put(name, words.get(i + 1));
        }
        Set<Options.Harm> harms = Options.harms(given.getOrDefault("--faults", "all"));
        if (harms == null) {
            refusal = "--faults is all, none, or some of kill,pause,partition,disk";
        }
        long millis = given.containsKey("--seconds")
                ? 1_000L * number("--seconds", 60, MINUTES_MAX)
                : MILLIS_PER_MINUTE * number("--minutes", 1, MINUTES_MAX);
        int nodes = number("--nodes", 3, 7);
        if (nodes % 2 == 0) {
            refusal = "a cluster has 1, 3, 5 or 7 voters, not " + nodes;
        }
        String folder = given.getOrDefault("--folder", "holdfast-torture");
        String stamp = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
        Options options = new Options(
                millis, harms == null ? Set.of() : harms, number("--clients", 6, CLIENTS_MAX), nodes,
                number("--port", FIRST_PORT, PORT_MAX),
                number("--seed", new SplittableRandom().nextInt(1, 1_000_000_000), Integer.MAX_VALUE),
                Path.of(folder, stamp), given.containsKey("--save") ? Path.of(given.get("--save")) : null);
        return refusal.isEmpty() ? options : null;
    }

    private int number(String name, int otherwise, int most) {
        String digits = given.get(name);
        if (digits == null) {
            return otherwise;
        }
        if (!digits.matches("[0-9]{1,10}") || Long.parseLong(digits) < 1 || Long.parseLong(digits) > most) {
            refusal = name + " is a whole number from 1 to " + most + ", not '" + digits + "'";
            return otherwise;
        }
        return Integer.parseInt(digits);
    }
}
