package holdfast.server.cluster;

import holdfast.server.config.Formation;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.store.Forming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/// The folder of a cluster on this machine: the nodes' data and logs, a file that says who runs where, and the
/// requests that other commands leave for the supervisor.
///
///     cluster.txt       supervisor PID and when it began, then one line a node: node 1 http 127.0.0.1:4437
///     formation         what the nodes' stores were made from
///     holdfast.jar      the code that the nodes run
///     node-1/           data of node 1
///     node-1.log        its log lines
///     request.kill.1    left by ./holdfast kill 1, taken by the supervisor
public record ClusterFolder(Path path) {

    private static final String REQUEST = "request.";
    private static final String FORMATION = "formation";
    private static final String NAME = "local";
    private static final String UNFINISHED = ".tmp";

    /// Something that another command wants done: `kill` or `restart`.
    public record Wish(String what, int node, Path file) {}

    /// What the file says.
    public record Members(long supervisor, Instant began, List<HostPort> http) {

        /// A process id is used again, so the time counts, too; the system tells it with some blur.
        public boolean isSupervised() {
            return ProcessHandle.of(supervisor).filter(ProcessHandle::isAlive)
                    .flatMap(process -> process.info().startInstant())
                    .map(start -> Duration.between(start, began).abs().compareTo(BLUR) < 0)
                    .orElse(false);
        }
    }

    private static final Duration BLUR = Duration.ofSeconds(2);

    /// The folder that these nodes share.
    public static ClusterFolder of(List<NodePlan> plans) {
        return new ClusterFolder(plans.getFirst().folder());
    }

    private Path members() {
        return path.resolve("cluster.txt");
    }

    void write(List<NodePlan> plans) throws IOException {
        ProcessHandle own = ProcessHandle.current();
        StringBuilder text = new StringBuilder("supervisor ").append(own.pid()).append(" since ")
                .append(own.info().startInstant().orElseGet(Instant::now)).append('\n');
        for (NodePlan plan : plans) {
            text.append("node ").append(plan.id()).append(" http ").append(plan.http()).append('\n');
        }
        Path unfinished = path.resolve("cluster.txt" + UNFINISHED);
        Files.writeString(unfinished, text);
        Files.move(unfinished, members(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Makes the stores of these nodes if this folder has never seen a cluster, and leaves them alone if it has: a store
    /// that is missing then is a lost one.
    ///
    /// @throws IOException if the nodes are not those of the cluster that is here, or if no store can be made
    public void form(List<NodePlan> plans) throws IOException {
        Path file = path.resolve(FORMATION);
        SortedMap<Integer, HostPort> voters = plans.getFirst().peers();
        if (Files.exists(file)) {
            requireVoters(file, voters);
            return;
        }
        NodePlan founder = plans.getFirst();
        Formation formation = good(Forming.found(founder.data(), founder.id(), voters, NAME));
        for (NodePlan plan : plans.subList(1, plans.size())) {
            require(Forming.join(plan.data(), plan.id(), formation));
        }
        require(Forming.write(formation, file));
    }

    private static void requireVoters(Path file, SortedMap<Integer, HostPort> voters) throws IOException {
        Formation formation = good(Forming.read(file));
        if (!formation.voters().keySet().equals(voters.keySet())) {
            throw new IOException("it holds a cluster of nodes " + formation.voterIds() + "; choose another folder");
        }
    }

    private static Formation good(Given<Formation> given) throws IOException {
        return switch (given) {
            case Given.Good<Formation>(Formation formation) -> formation;
            case Given.Bad<Formation>(String sentence) -> throw new IOException(sentence);
        };
    }

    private static void require(String refusal) throws IOException {
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
    }

    /// Who runs here or did, or null if nobody ever did. Node 1 is the first of the list.
    public Members read() throws IOException {
        if (!Files.exists(members())) {
            return null;
        }
        long supervisor = 0;
        Instant began = Instant.EPOCH;
        List<HostPort> http = new ArrayList<>();
        for (String line : Files.readAllLines(members())) {
            String[] words = line.split(" ");
            if (words.length == 4 && words[0].equals("supervisor") && words[1].matches("[0-9]{1,10}")) {
                supervisor = Long.parseLong(words[1]);
                began = instant(words[3]);
            } else if (words.length == 4 && words[0].equals("node") && HostPort.parse(words[3]) != null) {
                http.add(HostPort.parse(words[3]));
            }
        }
        return new Members(supervisor, began, http);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException garbled) {
            return Instant.EPOCH;
        }
    }

    /// Leaves a wish; it is gone when it has been granted.
    public Path wish(String what, int node) throws IOException {
        Path file = path.resolve(REQUEST + what + "." + node);
        Files.writeString(file, "");
        return file;
    }

    List<Wish> wishes() throws IOException {
        List<Wish> wishes = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.sorted().toList()) {
                String[] parts = file.getFileName().toString().split("\\.");
                if (parts.length == 3 && parts[0].equals("request") && parts[2].matches("[0-9]{1,4}")) {
                    wishes.add(new Wish(parts[1], Integer.parseInt(parts[2]), file));
                }
            }
        }
        return wishes;
    }
}
