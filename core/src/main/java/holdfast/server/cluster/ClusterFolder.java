package holdfast.server.cluster;

import holdfast.server.config.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The folder of a cluster on this machine: the nodes' data and logs, a file that says who runs where, and the
/// requests that other commands leave for the supervisor.
///
///     cluster.txt       supervisor PID and when it began, then one line a node: node 1 http 127.0.0.1:4437
///     holdfast.jar      the code that the nodes run
///     node-1/           data of node 1
///     node-1.log        its log lines
///     request.kill.1    left by ./holdfast kill 1, taken by the supervisor
public record ClusterFolder(Path path) {

    private static final String REQUEST = "request.";
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
