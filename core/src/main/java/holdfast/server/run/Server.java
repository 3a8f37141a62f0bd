package holdfast.server.run;

import holdfast.node.ClientRequest;
import holdfast.server.Log;
import holdfast.server.NodePort.Status;
import holdfast.server.config.HostPort;
import holdfast.server.config.NodeSettings;
import holdfast.server.config.ServerConfig;
import holdfast.server.http.Cors;
import holdfast.server.http.DescriptorBudget;
import holdfast.server.http.HttpLimits;
import holdfast.server.http.HttpServer;
import holdfast.server.loop.NodeLoop;
import holdfast.server.ops.HttpCounters;
import holdfast.server.ops.Observed;
import holdfast.server.ops.OpsHandler;
import holdfast.server.store.FoundStore;
import holdfast.server.streams.StreamsConfig;
import holdfast.server.streams.StreamsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/// One server process in one object: a node and its HTTP front. Two ways to end: [#shutDown], which hands over
/// leadership and finishes what is under way, and [#abandon] after the node has ended by itself.
public final class Server {

    /// Bodies of requests may take this part of the memory, and those of answers again. What a request holds is
    /// copied on its way into the log and to the others.
    private static final int BODIES_OF_MEMORY = 8;

    private static final int FINISH_MILLIS = 3_000;

    /// What clients are told when the node has ended needs a moment to leave; it takes as long only for those that do not
    /// read.
    private static final int LAST_WORDS_MILLIS = 1_000;
    private static final long LOOK_AGAIN_MILLIS = 5;

    /// What starting gives.
    public sealed interface Started {

        record Running(Server server) implements Started {}

        /// Why not, in one sentence.
        ///
        /// @param exit 74 if it is the disk, 2 if it is what was asked for
        record Refused(int exit, String sentence) implements Started {}
    }

    /// Pages for operators need no more, and clients of theirs are few.
    private static final int ADMIN_CONNECTIONS_MAX = 64;

    private static final int EXIT_BAD_INPUT = 2;

    private final RunningNode node;
    private final HttpServer http;
    private final HttpServer adminOrNull;
    private final String address;
    private final Log log;

    private Server(RunningNode node, HttpServer http, HttpServer adminOrNull, String address, Log log) {
        this.node = node;
        this.http = http;
        this.adminOrNull = adminOrNull;
        this.address = address;
        this.log = log;
    }

    /// Opens and starts everything, or says in one sentence why not. Whatever comes of it, the store is taken.
    public static Started start(FoundStore store, Log log, NodeLoop.Ended ended) {
        String refusal = addressRefusal(store.config());
        if (refusal.isEmpty()) {
            return startAt(store, log, ended);
        }
        RunningNode.closeQuietly(store.directory());
        return new Started.Refused(EXIT_BAD_INPUT, refusal);
    }

    /// Why nobody could reach this server, or empty.
    private static String addressRefusal(ServerConfig config) {
        InetSocketAddress listen = config.http().resolved();
        if (listen.isUnresolved()) {
            return "http names " + config.http().host() + ", which is no known host";
        }
        if (config.admin() != null && config.admin().resolved().isUnresolved()) {
            return "admin names " + config.admin().host() + ", which is no known host";
        }
        return listen.getAddress().isAnyLocalAddress() && config.advertise() == null
                ? "http listens on every address, so advertise must say which one others use"
                : "";
    }

    private static Started startAt(FoundStore store, Log log, NodeLoop.Ended ended) {
        ServerConfig config = store.config();
        DescriptorBudget descriptors = DescriptorBudget.of(config.connectionsMax());
        if (descriptors.connections() == 0) {
            RunningNode.closeQuietly(store.directory());
            return new Started.Refused(EXIT_BAD_INPUT, descriptors.sentence());
        }
        if (!descriptors.sentence().isEmpty()) {
            log.warn(descriptors.sentence());
        }
        HttpFront front = new HttpFront();
        HttpCounters counters = new HttpCounters(log);
        HttpServer http;
        try {
            http = HttpServer.start(
                    config.http().resolved(), limits(config, descriptors.connections()), new Cors(config.cors()), front,
                    counters);
        } catch (IOException taken) {
            RunningNode.closeQuietly(store.directory());
            return new Started.Refused(
                    EXIT_BAD_INPUT, "cannot answer HTTP on " + config.http() + ": " + taken.getMessage());
        }
        HttpServer admin = null;
        try {
            admin = config.admin() == null ? null : HttpServer.start(
                    config.admin().resolved(), adminLimits(), (request, _) -> front.handleOps(request), new HttpCounters(log));
        } catch (IOException taken) {
            http.close();
            RunningNode.closeQuietly(store.directory());
            return new Started.Refused(
                    EXIT_BAD_INPUT, "cannot answer operators on " + config.admin() + ": " + taken.getMessage());
        }
        return startNode(store, log, ended, front, new Fronts(http, admin, counters));
    }

    /// What answers HTTP already.
    private record Fronts(HttpServer http, HttpServer adminOrNull, HttpCounters counters) {

        void close() {
            http.close();
            if (adminOrNull != null) {
                adminOrNull.close();
            }
        }
    }

    private static Started startNode(
            FoundStore store, Log log, NodeLoop.Ended ended, HttpFront front, Fronts fronts) {
        ServerConfig config = store.config();
        HttpServer http = fronts.http();
        String address = config.advertise() != null
                ? config.advertise().toString()
                : new HostPort(config.http().host(), http.port()).toString();
        return switch (RunningNode.open(store, address, log, ended)) {
            case RunningNode.Opened.Refused(int exit, String sentence) -> {
                fronts.close();
                yield new Started.Refused(exit, sentence);
            }
            case RunningNode.Opened.Open(RunningNode node) -> {
                open(front, node, http, address, fronts.counters());
                node.start();
                yield new Started.Running(new Server(node, http, fronts.adminOrNull(), address, log));
            }
        };
    }

    private static HttpLimits adminLimits() {
        return HttpLimits.DEFAULT.withConnectionsMax(ADMIN_CONNECTIONS_MAX);
    }

    private static HttpLimits limits(ServerConfig config, int connections) {
        long bodies = Math.max(2L * config.appendBytesMax(), Runtime.getRuntime().maxMemory() / BODIES_OF_MEMORY);
        return HttpLimits.DEFAULT.withBodies(config.appendBytesMax(), bodies).withConnectionsMax(connections);
    }

    private static void open(
            HttpFront front, RunningNode node, HttpServer http, String address, HttpCounters counters) {
        ServerConfig config = node.config();
        StreamsConfig streams = StreamsConfig.of(
                        node.store().id().clusterId().toString(), System.currentTimeMillis(),
                        NodeSettings.commandBytesMax(config.appendBytesMax()))
                .withLongPollMillis(config.longPollMillis());
        Observed observed = new Observed(
                node.store(), address, node.loop(), node.door(), node.disk().statistics(), node.network(), counters,
                http::connections, node.trouble(), node.partition());
        StreamsHandler handler =
                new StreamsHandler(node.door(), streams, () -> ThreadLocalRandom.current().nextLong());
        front.open(handler, new OpsHandler(observed));
    }

    /// Where HTTP is answered, as `host:port`.
    public String address() {
        return address;
    }

    public RunningNode node() {
        return node;
    }

    // ---- the end -------------------------------------------------------------------------------------------

    /// Where the operators' pages are answered apart from clients, as `host:port`; empty for nowhere else.
    public String adminAddress() {
        return adminOrNull == null
                ? ""
                : new HostPort(node.config().admin().host(), adminOrNull.port()).toString();
    }

    /// Hands over leadership, answers what is under way, closes. Returns whether all of it came to an end; a disk that
    /// hangs may keep it from that.
    public boolean shutDown() throws InterruptedException {
        handOver();
        http.stop(FINISH_MILLIS);
        boolean isFinished = node.stop();
        if (adminOrNull != null) {
            adminOrNull.close();
        }
        if (isFinished) {
            log.info("has finished");
        } else {
            log.error("ends although its disk hangs in an operation: what was not acknowledged may be lost");
        }
        return isFinished;
    }

    /// A leader that leaves without a word costs its followers an election timeout.
    private void handOver() throws InterruptedException {
        long patience = 2 * node.config().electionTimeoutMillis();
        Status status = node.door().status();
        for (int voter : status.voters()) {
            if (node.door().status().leads() && voter != status.self() && node.network().isConnected(voter)) {
                log.info("hands leadership to node " + voter);
                node.door().ask(new ClientRequest.TransferLeadership(voter), patience);
                awaitSuccessor(patience);
            }
        }
    }

    private void awaitSuccessor(long patienceMillis) throws InterruptedException {
        for (long waited = 0; waited < patienceMillis && !hasSuccessor(); waited += LOOK_AGAIN_MILLIS) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private boolean hasSuccessor() {
        Status status = node.door().status();
        return !status.leads() && status.leader() != 0;
    }

    /// The node has ended; its clients have their answers, which now need a moment to leave.
    public void abandon() {
        http.stop(LAST_WORDS_MILLIS);
    }
}
