package holdfast.torture;

import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.RunFolder;
import holdfast.server.config.Columns;
import holdfast.server.config.Given;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// The door behind `./holdfast torture`. Exit 0: nothing found, 1: something found, 2: bad
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
    static final Set<String> NAMES = Set.of(
            "--minutes", "--seconds", "--faults", "--clients", "--nodes", "--port", "--seed", "--append-bytes", "--folder",
            "--save", "--disks");

    private static final String HELP = """
            ./holdfast torture [OPTIONS]

            hurt a real cluster and have its history judged

              --minutes N      how long (1); or --seconds N
              --faults LIST    all (default), none, or some of
                               kill,pause,partition,disk,away,links,strangers,power,full
              --clients N      that many play at the same time (6)
              --nodes N        voters: 1, 3, 5 or 7 (3)
              --port P         HTTP on P and up, nodes among themselves on P+10 and up, with links P+20 and up (7437)
              --seed N         of what is drawn (drawn); time is real, so it repeats the plan and not the run
              --append-bytes N bound on one append, at least 262144 (drawn: 262144, 1048576 or 16777216); files of the log
                               and snapshots are as small as that allows
              --disks FS       give each node a file system of its own, ext4, xfs or btrfs, whose power can be cut and
                               which can be full; needs Linux, root, loop devices and that mkfs
              --folder DIR     data and logs of the nodes, in a folder of this run's own (holdfast-torture)
              --save FILE      write the history, whatever the verdict

            Starts nodes of its own on loopback. Clients create, append, read and close, with records up to the bound,
            delete streams and make them again, fork what is closed, and follow by long-poll and events. Meanwhile:
              kill       nodes are killed, one or several, and started again
              pause      nodes stand still
              partition  a node is cut off in one direction or both: frames are dropped
              disk       syncs fail, drag, or lose what was not synced
              away       a node stays down until the others have forgotten, several snapshots ago, what it would need
              links      connections between nodes are reset, stand still, die without a word, or are slow
              strangers  hostile bodies, uploads that drip, half-open connections, noise at the peer port, at one node
              power      the power of the nodes' own disks is cut; with --disks only
              full       a node's disk is full, has room, is full again and hangs; with --disks only
            Then everything heals, every stream is read through every node, and the history is judged: was
            there one order of all operations that explains every answer? Forks and live reads are compared with the
            streams, and all nodes must be ready.

            Exit 0: nothing found, and the folder is deleted. 1: something found; history, data and logs are kept.

              ./holdfast torture
                  a minute with all faults
              ./holdfast torture --minutes 10 --faults kill,partition
                  ten minutes without failing disks
              ./holdfast torture --seconds 20 --faults none --save quiet.txt
                  a history of a cluster that is left alone
              sudo ./holdfast torture --minutes 5 --disks xfs --faults power,full,kill
                  real power cuts under a real file system, which is also full at times
              ./holdfast history check quiet.txt
                  judge it again""";

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
        if (words.isEmpty() || !words.contains("torture")) {
            err.println("holdfast: this runs torture");
            return BAD_INPUT;
        }
        boolean isAsked = words.indexOf("help") == 0 || words.indexOf("help") == 1;
        if (isAsked || words.contains("--help") || words.contains("-h")) {
            Columns.of(HELP).forEach(out::println);
            return GOOD;
        }
        return new TortureMain(out, err).torture(words.subList(1, words.size()));
    }

    private int torture(List<String> words) throws InterruptedException {
        Options options = options(words);
        if (options == null) {
            return refuse(refusal);
        }
        return switch (RunFolder.below(given.getOrDefault("--folder", "holdfast-torture"))) {
            case Given.Bad<RunFolder>(String sentence) -> refuse(sentence);
            case Given.Good<RunFolder>(RunFolder folder) -> torture(options, folder);
        };
    }

    private int torture(Options options, RunFolder folder) throws InterruptedException {
        try {
            List<String> flags = new ArrayList<>(options.shape().flags());
            flags.addAll(List.of("--long-poll", Integer.toString(LongPoller.POLL_MILLIS), "--test-hooks"));
            List<NodePlan> plans = NodePlan.onLoopback(options.nodes(), options.firstPort(), folder.path(), flags);
            String taken = NodePlan.taken(plans);
            if (!taken.isEmpty()) {
                folder.delete();
                return refuse(taken);
            }
            out.println("torture: " + options.nodes() + " nodes, " + options.clients() + " clients, "
                    + options.millis() / 1_000 + " s, faults " + options.harms() + ", seed " + options.seed());
            out.println("torture: " + options.shape().told());
            return prepared(options, folder, plans);
        } catch (IOException trouble) {
            err.println("holdfast: the torture could not go on: " + trouble.getMessage());
            return FOUND;
        }
    }

    private int prepared(Options options, RunFolder folder, List<NodePlan> plans)
            throws IOException, InterruptedException {
        if (!options.harms().contains(Options.Harm.LINKS)) {
            return linked(options, folder, plans, null);
        }
        Links made;
        try {
            made = Links.between(plans);
        } catch (IOException taken) {
            folder.delete();
            return refuse("a link between nodes cannot have " + taken.getMessage() + "; choose other ports with --port");
        }
        try (Links links = made) {
            return linked(options, folder, plans, links);
        }
    }

    private int linked(Options options, RunFolder folder, List<NodePlan> plans, Links links)
            throws IOException, InterruptedException {
        if (options.disks() == null) {
            return torture(options, folder, plans, null, links);
        }
        LoopDisks disks;
        try {
            disks = LoopDisks.make(options.disks(), folder.path(), options.nodes());
        } catch (IOException impossible) {
            folder.delete();
            return refuse("no disks could be made: " + impossible.getMessage());
        }
        return torture(options, folder, plans, disks, links);
    }

    private int torture(Options options, RunFolder folder, List<NodePlan> plans, LoopDisks disks, Links links)
            throws IOException, InterruptedException {
        TortureRun run = new TortureRun(options, plans, folder.path(), disks, links, this::tell);
        String finding;
        try {
            finding = run.run();
        } finally {
            if (disks != null) {
                disks.unmountAll();
            }
        }
        return finish(options, folder, run, finding);
    }

    private int refuse(String sentence) {
        err.println("holdfast: " + sentence);
        return BAD_INPUT;
    }

    private void tell(String line) {
        out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
        out.flush();
    }

    private int finish(Options options, RunFolder folder, TortureRun run, String finding) throws IOException {
        if (options.save() != null) {
            run.save(options.save());
        }
        if (finding.isEmpty()) {
            folder.delete();
            out.println("nothing found");
            return GOOD;
        }
        Path history = folder.path().resolve("history.txt");
        run.save(history);
        out.println("FOUND: " + finding);
        out.println("the history is in " + history + ", data and logs of the nodes beside it; to judge it again:"
                + " ./holdfast history check " + history);
        return FOUND;
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
        LoopDisks.FileSystem disks = LoopDisks.FileSystem.named(given.getOrDefault("--disks", ""));
        if (disks == null && given.containsKey("--disks")) {
            refusal = "--disks is ext4, xfs or btrfs, not '" + given.get("--disks") + "'";
        }
        Set<Options.Harm> harms = Options.harms(given.getOrDefault("--faults", "all"), disks != null);
        if (harms == null) {
            refusal = "--faults is all, none, or some of kill,pause,partition,disk,away,links,strangers,power,full";
        } else if (disks == null && Options.ofDisks(harms) != null) {
            refusal = "--faults " + Options.ofDisks(harms).name().toLowerCase(Locale.ROOT)
                    + " needs --disks: a disk that others use is left alone";
        }
        long millis = given.containsKey("--seconds")
                ? 1_000L * number("--seconds", 60, MINUTES_MAX)
                : MILLIS_PER_MINUTE * number("--minutes", 1, MINUTES_MAX);
        int nodes = number("--nodes", 3, 7);
        if (nodes % 2 == 0) {
            refusal = "a cluster has 1, 3, 5 or 7 voters, not " + nodes;
        }
        int seed = number("--seed", new SplittableRandom().nextInt(1, 1_000_000_000), Integer.MAX_VALUE);
        Options options = new Options(
                millis, harms == null ? Set.of() : harms, number("--clients", 6, CLIENTS_MAX), nodes,
                number("--port", FIRST_PORT, PORT_MAX), seed, shape(seed), disks,
                given.containsKey("--save") ? Path.of(given.get("--save")) : null);
        return refusal.isEmpty() ? options : null;
    }

    private Shape shape(int seed) {
        if (!given.containsKey("--append-bytes")) {
            return Shape.drawn(seed);
        }
        int bytes = number("--append-bytes", Shape.APPEND_BYTES_LEAST, Shape.APPEND_BYTES_MOST);
        if (bytes < Shape.APPEND_BYTES_LEAST) {
            refusal = "--append-bytes is at least " + Shape.APPEND_BYTES_LEAST + ", not " + bytes;
        }
        return Shape.of(bytes);
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
