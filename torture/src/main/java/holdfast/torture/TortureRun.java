package holdfast.torture;

import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.cluster.NodeStatus;
import holdfast.server.config.HostPort;
import holdfast.sim.check.stream.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// One run: nodes start, clients play, the nemesis strikes; then calm, last reads, and the verdict.
final class TortureRun {

    private static final long RECOVERY_MILLIS_MAX = 90_000;
    private static final long LOOK_MILLIS = 100;
    private static final long GOODBYE_MILLIS = 8_000;
    private static final int ASK_MILLIS = 500;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Options options;
    private final Path folder;
    private final LoopDisks disks;
    private final Links links;
    private final List<NodePlan> plans;
    private final Consumer<String> teller;
    private final SplittableRandom random;
    private final Recorder recorder = new Recorder();
    private final Stage stage = new Stage();
    private final Aside aside = new Aside();
    private final Forks forks = new Forks();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<HostPort> servers = new ArrayList<>();

    private LongPoller poller;
    private EventReader events;

    /// @param disks the nodes' own, or null
    /// @param links through which the nodes speak to each other, or null
    TortureRun(
            Options options,
            List<NodePlan> plans,
            Path folder,
            LoopDisks disks,
            Links links,
            Consumer<String> teller) {
        this.options = options;
        this.folder = folder;
        this.disks = disks;
        this.links = links;
        this.plans = plans;
        this.teller = teller;
        random = new SplittableRandom(options.seed());
        for (NodePlan plan : plans) {
            nodes.add(new NodeProcess(links == null ? plan : links.through(plan)));
            servers.add(plan.http());
        }
    }

    /// Returns what was found, or an empty text.
    String run() throws IOException, InterruptedException {
        try {
            ClusterFolder.of(plans).form(plans);
            for (NodeProcess node : nodes) {
                node.start();
            }
            Nemesis nemesis = new Nemesis(nodes, options, disks, links, recorder, random.split(), teller);
            if (!awaitReady(nemesis) || nemesis.surprises() > 0) {
                return "the nodes did not start; see the logs in " + folder;
            }
            play(nemesis);
            return judge(nemesis);
        } finally {
            stopNodes();
        }
    }

    private void play(Nemesis nemesis) throws IOException, InterruptedException {
        List<Player> players = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        poller = new LongPoller(options.clients() + 1, servers, recorder, stage, random.split());
        events = new EventReader(servers, recorder, stage, random.split());
        threads.add(started("long-poll", poller));
        threads.add(started("events", events));
        for (int client = 1; client <= options.clients(); client++) {
            Player player = new Player(
                    client, servers, recorder, stage, aside, forks, options.shape().appendBytes(), random.split());
            players.add(player);
            threads.add(started("client-" + client, player));
        }
        long end = System.nanoTime() + options.millis() * NANOS_PER_MILLI;
        while (System.nanoTime() < end && !recorder.isRefuted() && nemesis.surprises() == 0) {
            nemesis.strike();
        }
        nemesis.heal();
        players.forEach(Player::stop);
        poller.stop();
        events.stop();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /// A client that ends by itself is a bug of the torture, or an answer that nobody can make sense of.
    private Thread started(String name, Runnable client) {
        return Thread.ofPlatform().name(name)
                .uncaughtExceptionHandler((_, bug) -> recorder.report(name + " could not go on: " + bug))
                .start(client);
    }

    private String judge(Nemesis nemesis) throws IOException, InterruptedException {
        String finding = "";
        if (!recorder.isRefuted()) {
            finding = awaitReady(nemesis)
                    ? readLast()
                    : "the nodes did not recover within " + RECOVERY_MILLIS_MAX / 1_000
                            + " s after all faults had ended";
        }
        if (finding.isEmpty()) {
            finding = recorder.reported();
        }
        if (nemesis.surprises() > 0) {
            finding = "a node ended in a way that no fault explains" + (finding.isEmpty() ? "" : "; and " + finding);
        }
        if (finding.isEmpty() && !recorder.hasAppended()) {
            finding = "no append was acknowledged, so the run shows nothing";
        }
        Verdict verdict = recorder.verdict();
        teller.accept(recorder.operations() + " operations: " + recorder.tally());
        teller.accept(stage.number() + " streams one after the other, " + aside.streams() + " deleted and made again, "
                + forks.count() + " forks; live: " + poller.followed().records() + " records by long-poll, "
                + events.followed().records() + " by events");
        teller.accept("faults: " + nemesis.tally());
        return switch (verdict) {
            case Verdict.Linearizable _ -> finding;
            case Verdict.Violation v -> v.explanation();
            case Verdict.Undecided u -> finding.isEmpty() ? "undecided: " + u.why() : finding;
        };
    }

    private String readLast() throws InterruptedException {
        LastReads reads = new LastReads(recorder, 0);
        String wrong = reads.readAll(stage.number(), aside.streams(), servers);
        if (wrong.isEmpty()) {
            wrong = forks.check(reads.contents(), servers);
        }
        for (HostPort server : servers) {
            wrong = wrong.isEmpty() ? HandlerBugs.found(server) : wrong;
        }
        for (Followed followed : List.of(poller.followed(), events.followed())) {
            wrong = wrong.isEmpty() ? followed.check(reads.contents()) : wrong;
        }
        return wrong;
    }

    private boolean awaitReady(Nemesis nemesis) throws IOException, InterruptedException {
        for (long waited = 0; waited < RECOVERY_MILLIS_MAX; waited += LOOK_MILLIS) {
            nemesis.revive();
            if (areReady()) {
                return true;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return false;
    }

    private boolean areReady() {
        for (HostPort server : servers) {
            NodeStatus status = NodeStatus.ask(server, ASK_MILLIS);
            if (status == null || !status.isComplete() || !isReady(server)) {
                return false;
            }
        }
        return true;
    }

    /// By its own word: it is recovered, knows a leader and has caught up.
    private static boolean isReady(HostPort server) {
        try (HttpCaller caller = new HttpCaller(server.resolved())) {
            return caller.get("/readyz", ASK_MILLIS) instanceof Called.Answered answer && answer.isGood();
        }
    }

    private void stopNodes() throws InterruptedException {
        for (NodeProcess node : nodes) {
            if (!node.terminate(GOODBYE_MILLIS)) {
                node.kill();
            }
        }
    }

    /// Writes the history where it was asked for.
    void save(Path file) throws IOException {
        Files.writeString(file, recorder.text());
    }
}
