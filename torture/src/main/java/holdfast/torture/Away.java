package holdfast.torture;

import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.client.JsonFields;
import holdfast.server.cluster.NodeProcess;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Keeps one node down until the others have forgotten what it would need from their logs, several snapshots ago: only a
/// snapshot can bring it up again. That must happen while clients go on to write.
final class Away {

    private static final int SNAPSHOTS = 3;
    private static final long AWAY_MILLIS_MAX = 40_000;
    private static final long START_MILLIS_MAX = 10_000;
    private static final long CATCH_UP_MILLIS_MAX = 90_000;
    private static final long LOOK_MILLIS = 200;
    private static final int ASK_MILLIS = 500;

    private final List<NodeProcess> nodes;
    private final Recorder recorder;
    private final SplittableRandom random;
    private final Consumer<String> teller;

    Away(List<NodeProcess> nodes, Recorder recorder, SplittableRandom random, Consumer<String> teller) {
        this.nodes = nodes;
        this.recorder = recorder;
        this.random = random;
        this.teller = teller;
    }

    void strike() throws InterruptedException, IOException {
        NodeProcess victim = nodes.get(random.nextInt(nodes.size()));
        List<NodeProcess> others = nodes.stream().filter(node -> node != victim).toList();
        long had = newest(List.of(victim), "lastIndex");
        for (long waited = 0; had < 0 && waited < START_MILLIS_MAX; waited += LOOK_MILLIS) {
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
        victim.start();
        if (isEnough(passed, seen, had)) {
            awaitSnapshot(victim, seen);
        }
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

    private static boolean isEnough(int passed, long forgotten, long had) {
        return passed >= SNAPSHOTS && had >= 0 && forgotten > had;
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
