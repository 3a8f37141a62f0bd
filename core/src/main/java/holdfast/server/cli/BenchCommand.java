package holdfast.server.cli;

import holdfast.Bytes;
import holdfast.server.bench.DiskFloor;
import holdfast.server.bench.LatencyHistogram;
import holdfast.server.bench.LoadPlan;
import holdfast.server.bench.LoadResult;
import holdfast.server.bench.LoadRun;
import holdfast.server.client.Called;
import holdfast.server.client.Problems;
import holdfast.server.client.Servers;
import holdfast.server.cluster.NodeStatus;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.disk.DiskErrors;
import holdfast.server.http.Headers;
import holdfast.server.ops.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// `./holdfast bench`: append load over HTTP, closed loop for a list of client counts, or open loop at a rate.
final class BenchCommand {

    private static final int SECONDS_MAX = 3_600;
    private static final int CLIENTS_MAX = 10_000;
    private static final int RATE_MAX = 1_000_000;
    private static final int BYTES_MAX = 16 << 20;
    private static final int CALL_MILLIS_MAX = 10_000;
    private static final int ASK_MILLIS = 1_000;
    private static final long FLOOR_MILLIS = 2_000;
    private static final long MILLIS = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Set<String> OPTIONS = Set.of(
            "--clients", "--rate", "--seconds", "--warmup", "--bytes", "--json", "--floor", "--stream");

    private final Console console;

    BenchCommand(Console console) {
        this.console = console;
    }

    int run(List<String> words) throws InterruptedException {
        Set<String> valued = new TreeSet<>(Contact.OPTIONS);
        valued.addAll(OPTIONS);
        Given<Words> parsed = Words.parse("bench", words, valued, Set.of("--leader"));
        if (!(parsed instanceof Given.Good<Words>(Words given))) {
            return console.refuse(((Given.Bad<Words>) parsed).sentence());
        }
        return switch (Contact.of(given)) {
            case Given.Bad<List<HostPort>>(String sentence) -> console.refuse(sentence);
            case Given.Good<List<HostPort>>(List<HostPort> addresses) -> {
                try {
                    yield run(given, addresses);
                } catch (IOException trouble) {
                    yield console.fail("the bench could not go on: " + DiskErrors.text(trouble));
                }
            }
        };
    }

    private int run(Words given, List<HostPort> nodes) throws IOException, InterruptedException {
        List<Integer> clients = clients(given.text("--clients", "1,16,64,256"));
        int rate = given.number("--rate", 0, 1, RATE_MAX);
        int seconds = given.number("--seconds", 8, 1, SECONDS_MAX);
        int warmUp = given.number("--warmup", 10, 1, SECONDS_MAX);
        int bytes = given.number("--bytes", 256, 1, BYTES_MAX);
        if (clients.isEmpty() || rate < 0 || seconds < 0 || warmUp < 0 || bytes < 0 || !given.operands().isEmpty()) {
            return console.refuse("bench takes --clients 1,16,64 --rate N --seconds N --warmup N --bytes N, all whole"
                    + " numbers from 1 on, bytes up to 16777216; './holdfast help bench' says more");
        }
        List<HostPort> servers = given.has("--leader") ? leaderOf(nodes) : nodes;
        if (servers.isEmpty()) {
            return console.fail("no node leads");
        }
        String target = Contact.target(given.text("--stream", "bench-" + ProcessHandle.current().pid()));
        String refusal = create(nodes, target);
        if (!refusal.isEmpty()) {
            return console.fail(refusal);
        }
        LatencyHistogram floor = given.has("--floor")
                ? DiskFloor.measure(Path.of(given.text("--floor", "")), FLOOR_MILLIS) : null;
        List<LoadResult> results = new ArrayList<>();
        if (floor != null) {
            console.line(String.format(Locale.ROOT, "floor: one write and fdatasync of 4 KiB, p50 %.3f ms, p99 %.3f ms",
                    floor.percentile(50_000) / NANOS_PER_MILLI, floor.percentile(99_000) / NANOS_PER_MILLI));
        }
        console.line(LoadResult.HEADER);
        for (int count : clients) {
            LoadResult result = measured(new LoadPlan(
                    servers, nodes, target, count, rate, bytes, warmUp * MILLIS, seconds * MILLIS));
            console.line(result.row());
            if (result.failed() > 0) {
                console.line("        the last of " + result.failed() + " failures: " + result.lastFailure());
            }
            results.add(result);
        }
        if (given.has("--json")) {
            Files.writeString(Path.of(given.text("--json", "")), json(floor, results));
        }
        return results.stream().anyMatch(result -> result.latency().count() == 0) ? Exit.FAILED : Exit.GOOD;
    }

    /// Shows meanwhile how far it is, where a person watches.
    private LoadResult measured(LoadPlan plan) throws InterruptedException {
        if (!console.live()) {
            return new LoadRun(plan).run();
        }
        Thread progress = Thread.ofVirtual().start(() -> showProgress(plan));
        try {
            return new LoadRun(plan).run();
        } finally {
            progress.interrupt();
            progress.join();
            console.status("");
        }
    }

    private void showProgress(LoadPlan plan) {
        long warmUp = plan.warmUpMillis() / MILLIS;
        long all = warmUp + plan.measureMillis() / MILLIS;
        try {
            for (long second = 0; second <= all; second++) {
                console.status(plan.clients() + " clients: " + (second < warmUp ? "warming up, " : "measuring, ") + second
                        + " of " + all + " s");
                Thread.sleep(MILLIS);
            }
            console.status(plan.clients() + " clients: waiting for the last answers");
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Integer> clients(String list) {
        List<Integer> clients = new ArrayList<>();
        for (String item : list.split(",", -1)) {
            if (!item.matches("[1-9][0-9]{0,4}") || Integer.parseInt(item) > CLIENTS_MAX) {
                return List.of();
            }
            clients.add(Integer.parseInt(item));
        }
        return clients;
    }

    private static List<HostPort> leaderOf(List<HostPort> nodes) {
        for (HostPort node : nodes) {
            NodeStatus status = NodeStatus.ask(node, ASK_MILLIS);
            if (status != null && status.leads()) {
                return List.of(node);
            }
        }
        return List.of();
    }

    private static String create(List<HostPort> nodes, String target) {
        try (Servers servers = new Servers(nodes)) {
            Headers headers = Headers.of("Content-Type", "application/octet-stream");
            Called called = servers.call("PUT", target, headers, Bytes.EMPTY, CALL_MILLIS_MAX);
            return called instanceof Called.Answered answer && answer.isGood() ? "" : Problems.sentence(called);
        }
    }

    private static String json(LatencyHistogram floor, List<LoadResult> results) {
        JsonText json = new JsonText().open();
        if (floor != null) {
            json.put("floorP50Millis", floor.percentile(50_000) / NANOS_PER_MILLI);
            json.put("floorP99Millis", floor.percentile(99_000) / NANOS_PER_MILLI);
        }
        json.openList("results");
        results.forEach(result -> result.writeTo(json));
        return json.closeList().close() + "\n";
    }
}
