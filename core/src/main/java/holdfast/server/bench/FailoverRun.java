package holdfast.server.bench;

import holdfast.Bytes;
import holdfast.server.client.Appender;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.client.Problems;
import holdfast.server.client.Servers;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.cluster.NodeStatus;
import holdfast.server.config.HostPort;
import holdfast.server.http.Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// Kills the leader under load, again and again, and looks at two things: for how long nobody is acknowledged, and
/// whether everything that was acknowledged is there once.
///
/// Clients speak to any node and retry under the same number; they do not know who leads.
public final class FailoverRun {

    private static final String TARGET = "/v1/stream/failover";
    private static final String TYPE = "application/json";
    private static final long PATIENCE_MILLIS = 60_000;
    private static final int CALL_MILLIS_MAX = 10_000;
    private static final int ASK_MILLIS = 500;
    private static final long CALM_MILLIS = 2_000;
    private static final long AFTER_KILL_MILLIS = 3_000;
    private static final long LOOK_MILLIS = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// What the run saw.
    ///
    /// @param gapsMillis for each kill, the longest time around it in which nobody was acknowledged
    /// @param lost acknowledged and not there at the end
    /// @param doubled there more than once
    public record Result(List<Long> gapsMillis, int acknowledged, int lost, int doubled) {

        public long medianMillis() {
            long[] sorted = gapsMillis.stream().mapToLong(Long::longValue).sorted().toArray();
            return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        }

        public long maxMillis() {
            return gapsMillis.stream().mapToLong(Long::longValue).max().orElse(0);
        }
    }

    private final List<NodeProcess> nodes;
    private final List<HostPort> servers = new ArrayList<>();
    private final ConcurrentLinkedQueue<Long> acknowledgements = new ConcurrentLinkedQueue<>();
    private final TreeMap<String, Integer> records = new TreeMap<>();
    private volatile boolean stopped;

    /// One client: appends its numbers in order, and keeps those that were acknowledged.
    private final class Client implements Runnable {
        private final int number;
        private final List<String> acknowledged = new ArrayList<>();

        Client(int number) {
            this.number = number;
        }

        @Override
        public void run() {
            try (Servers some = new Servers(rotated(number))) {
                Appender appender = new Appender(some, TARGET, TYPE, "failover-" + number);
                for (int i = 0; !stopped; i++) {
                    String record = "\"" + number + "-" + i + "\"";
                    if (!(appender.append(Bytes.utf8(record), PATIENCE_MILLIS) instanceof Appender.Outcome.Written)) {
                        return;
                    }
                    acknowledgements.add(System.nanoTime());
                    acknowledged.add(record);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public FailoverRun(List<NodeProcess> nodes) {
        this.nodes = nodes;
        for (NodeProcess node : nodes) {
            servers.add(node.plan().http());
        }
    }

    private List<HostPort> rotated(int by) {
        List<HostPort> rotated = new ArrayList<>(servers);
        Collections.rotate(rotated, by);
        return rotated;
    }

    /// Runs on nodes that have been started. `teller` hears each gap.
    public Result run(int kills, int clients, Consumer<String> teller)
            throws IOException, InterruptedException {
        awaitAll();
        create();
        List<Client> players = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            players.add(new Client(i));
            threads.add(Thread.ofPlatform().name("client-" + i).start(players.getLast()));
        }
        List<Long> gaps = new ArrayList<>();
        for (int kill = 1; kill <= kills; kill++) {
            Thread.sleep(CALM_MILLIS);
            NodeProcess leader = awaitLeader();
            long killed = System.nanoTime();
            leader.kill();
            Thread.sleep(AFTER_KILL_MILLIS);
            gaps.add(longestSilence(killed) / NANOS_PER_MILLI);
            teller.accept("kill " + kill + ", node " + leader.id() + ": " + gaps.getLast()
                    + " ms without an acknowledgement");
            leader.start();
            awaitAll();
        }
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return judge(gaps, players);
    }

    /// Between two acknowledgements of which the second came after the kill; what is still silent counts to now.
    private long longestSilence(long killed) {
        long[] times = acknowledgements.stream().mapToLong(Long::longValue).sorted().toArray();
        long longest = 0;
        long last = times.length == 0 ? killed : times[0];
        for (long time : times) {
            if (time - killed > 0) {
                longest = Math.max(longest, time - last);
            }
            last = time;
        }
        return Math.max(longest, System.nanoTime() - last);
    }

    private Result judge(List<Long> gaps, List<Client> players) throws IOException {
        readAll();
        int acknowledged = 0;
        int lost = 0;
        for (Client player : players) {
            acknowledged += player.acknowledged.size();
            for (String record : player.acknowledged) {
                lost += records.containsKey(record) ? 0 : 1;
            }
        }
        int doubled = (int) records.values().stream().filter(times -> times > 1).count();
        return new Result(gaps, acknowledged, lost, doubled);
    }

    private void readAll() throws IOException {
        try (Servers some = new Servers(servers)) {
            String offset = "-1";
            boolean more = true;
            while (more) {
                Called called = some.call(
                        "GET", TARGET + "?offset=" + offset, new Headers(), Bytes.EMPTY, CALL_MILLIS_MAX);
                if (!(called instanceof Called.Answered answer) || !answer.isGood()) {
                    throw new IOException("the stream could not be read: " + Problems.sentence(called));
                }
                String text = answer.body().utf8().strip();
                for (String record : text.substring(1, text.length() - 1).split(",")) {
                    records.merge(record, 1, Integer::sum);
                }
                offset = answer.header("Stream-Next-Offset");
                more = !answer.header("Stream-Up-To-Date").equals("true");
            }
        }
    }

    private void create() throws IOException {
        try (HttpCaller caller = new HttpCaller(servers.getFirst().resolved())) {
            Headers headers = Headers.of("Content-Type", TYPE);
            Called called = caller.call("PUT", TARGET, headers, Bytes.EMPTY, CALL_MILLIS_MAX);
            if (!(called instanceof Called.Answered answer) || !answer.isGood()) {
                throw new IOException("the stream could not be made: " + Problems.sentence(called));
            }
        }
    }

    private NodeProcess awaitLeader() throws InterruptedException {
        while (true) {
            for (NodeProcess node : nodes) {
                NodeStatus status = node.isAlive() ? NodeStatus.ask(node.plan().http(), ASK_MILLIS) : null;
                if (status != null && status.leads()) {
                    return node;
                }
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void awaitAll() throws IOException, InterruptedException {
        for (NodeProcess node : nodes) {
            NodeStatus status = null;
            while (status == null || status.leader() == 0) {
                if (!node.isAlive()) {
                    String how = node.refusal().isEmpty() ? "ended with code " + node.exit().orElse(0) : node.refusal();
                    throw new IOException("node " + node.id() + ": " + how);
                }
                Thread.sleep(LOOK_MILLIS);
                status = NodeStatus.ask(node.plan().http(), ASK_MILLIS);
            }
        }
    }
}
