package holdfast.torture;

import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.client.JsonFields;
import holdfast.server.cluster.NodeProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Keeps one node down until the others have forgotten what it would need from their logs, several snapshots ago: only a
/// snapshot can bring it up again. That must happen while clients go on to write, also where the snapshot takes longer than
/// it takes the others to make the next ones.
final class Away {

    private static final int SNAPSHOTS = 3;
    private static final long AWAY_MILLIS_MAX = 40_000;
    private static final long START_MILLIS_MAX = 10_000;
    private static final long CATCH_UP_MILLIS_MAX = 90_000;
    /// How long it takes on a slow link to send all that a node has.
    private static final int SLOW_SECONDS = 20;
    private static final int SLOW_BYTES_LEAST = 256 << 10;
    private static final int SLOW_BYTES_MOST = 64 << 20;
    private static final long LOOK_MILLIS = 200;
    private static final int ASK_MILLIS = 500;

    private final List<NodeProcess> nodes;
    private final Links links;
    private final Recorder recorder;
    private final SplittableRandom random;
    private final Consumer<String> teller;

    /// @param links null if the nodes speak to each other directly
    Away(
            List<NodeProcess> nodes,
            Links links,
            Recorder recorder,
            SplittableRandom random,
            Consumer<String> teller) {
        this.nodes = nodes;
        this.links = links;
        this.recorder = recorder;
        this.random = random;
        this.teller = teller;
    }

    void strike() throws InterruptedException, IOException {
        NodeProcess victim = nodes.get(random.nextInt(nodes.size()));
        List<NodeProcess> others = nodes.stream().filter(node -> node != victim).toList();
        long had = newest(List.of(victim), "lastIndex");
        for (long waited = 0; had < 1 && waited < START_MILLIS_MAX; waited += LOOK_MILLIS) {
            Thread.sleep(LOOK_MILLIS);
            had = newest(List.of(victim), "lastIndex");
        }
        victim.kill();
        long seen = newest(others, "snapshotIndex");
        int passed = 0;
        long most = others.isEmpty() ? 0 : AWAY_MILLIS_MAX;
        for (long waited = 0; waited < most && !isEnough(passed, seen, had); waited += LOOK_MILLIS) {
            Thread.sleep(LOOK_MILLIS);
            long now = newest(others, "snapshotIndex");
            if (now > seen) {
                seen = now;
                passed++;
            }
        }
        teller.accept((isEnough(passed, seen, had) ? "away" : "absent") + " node " + victim.id()
                + ", which had entries up to " + had + ", while the others forgot up to " + seen + " in " + passed + " steps");
        boolean isSlow = links != null && !others.isEmpty() && random.nextBoolean();
        if (isSlow) {
            int rate = Math.clamp(bytesOf(others.getFirst()) / SLOW_SECONDS, SLOW_BYTES_LEAST, SLOW_BYTES_MOST);
            teller.accept("slow links to node " + victim.id() + ", " + rate + " bytes/s each, while it is brought up");
            links.slowTo(victim.id(), rate);
        }
        victim.start();
        if (isEnough(passed, seen, had)) {
            awaitSnapshot(victim, seen);
        }
        if (isSlow) {
            links.heal();
        }
    }

    private static long bytesOf(NodeProcess node) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(node.plan().data())) {
            for (Path file : files) {
                bytes += file.toFile().length();
            }
        }
        return bytes;
    }

    /// What it has applied then can only have come with a snapshot.
    private void awaitSnapshot(NodeProcess victim, long forgotten) throws InterruptedException {
        for (long waited = 0; waited < CATCH_UP_MILLIS_MAX; waited += LOOK_MILLIS) {
            if (newest(List.of(victim), "appliedIndex") >= forgotten || victim.exit().isPresent() || recorder.isRefuted()) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        recorder.report("node " + victim.id() + " came back and was not brought up by a snapshot within "
                + CATCH_UP_MILLIS_MAX / 1_000 + " s while clients wrote");
    }

    /// A node that recovers says that it has nothing; then nobody knows what it has.
    private static boolean isEnough(int passed, long forgotten, long had) {
        return passed >= SNAPSHOTS && had >= 1 && forgotten > had;
    }

    /// The largest value that one of these nodes tells, or -1.
    private static long newest(List<NodeProcess> asked, String field) {
        long newest = -1;
        for (NodeProcess node : asked) {
            try (HttpCaller caller = new HttpCaller(node.plan().http().resolved())) {
                if (caller.get("/v1/status", ASK_MILLIS) instanceof Called.Answered answer && answer.isGood()) {
                    newest = Math.max(newest, JsonFields.number(answer.body().utf8(), field));
                }
            }
        }
        return newest;
    }
}
