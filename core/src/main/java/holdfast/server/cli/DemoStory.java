package holdfast.server.cli;

import holdfast.Bytes;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.client.Problems;
import holdfast.server.cluster.ClusterFolder;
import holdfast.server.cluster.NodePlan;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.cluster.NodeStatus;
import holdfast.server.cluster.SyncFailure;
import holdfast.server.http.Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The story of the deposit, chapter by chapter. Every sentence about the cluster is checked before it is told; a
/// chapter whose promise is not kept ends the story.
final class DemoStory {

    private static final String TARGET = "/v1/stream/accounts/A-17";
    private static final Bytes FIRST = Bytes.utf8("{\"deposit\":200,\"id\":\"d-1\"}");
    private static final Bytes SECOND = Bytes.utf8("{\"deposit\":50,\"id\":\"d-2\"}");
    private static final int CALL_MILLIS_MAX = 10_000;
    private static final int ASK_MILLIS = 500;
    private static final int LOOKS_MAX = 300;
    private static final long LOOK_MILLIS = 100;
    private static final long EXIT_MILLIS_MAX = 10_000;
    private static final long GOODBYE_MILLIS = 8_000;

    /// A promise that the cluster did not keep.
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String what) {
            super(what);
        }
    }

    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Console console;
    private String receipt = "";

    DemoStory(List<NodePlan> plans, Console console) {
        this.console = console;
        for (NodePlan plan : plans) {
            nodes.add(new NodeProcess(plan));
        }
    }

    /// Returns the exit code: good if every promise was kept.
    int tell() throws IOException, InterruptedException {
        try {
            threeNodes();
            depositWithAFailingDisk();
            retry();
            quorumLost();
            everythingBack();
            console.line("\nNothing acknowledged was lost, nothing was written twice, and nobody was told a guess.");
            return Exit.GOOD;
        } catch (Broken promise) {
            return console.fail("this should not have happened: " + promise.getMessage());
        } finally {
            for (NodeProcess node : nodes) {
                if (!node.terminate(GOODBYE_MILLIS)) {
                    node.kill();
                }
            }
        }
    }

    // ---- the chapters --------------------------------------------------------------------------------------

    private void threeNodes() throws Broken, IOException, InterruptedException {
        List<NodePlan> plans = nodes.stream().map(NodeProcess::plan).toList();
        ClusterFolder.of(plans).form(plans);
        console.line("1. Three nodes start, each a process with a log on disk. An account is a stream.");
        for (NodeProcess node : nodes) {
            node.start();
        }
        awaitAll();
        NodeProcess leader = awaitLeader();
        console.line("   node " + leader.id() + " leads");
        Called.Answered made = answered(call(leader, "PUT", json(), Bytes.EMPTY));
        require(made.isGood(), "the stream could not be made: " + Problems.sentence(made));
    }

    private void depositWithAFailingDisk() throws Broken, InterruptedException {
        NodeProcess leader = awaitLeader();
        NodeProcess victim = nodes.get(leader.id() % nodes.size());
        String how = SyncFailure.arm(victim);
        require(!how.isEmpty(), "the disk of node " + victim.id() + " could not be made to fail");
        console.line("\n2. A customer deposits $200. The disk under node " + victim.id() + " is about to fail:");
        console.line("   " + how + ".");
        console.line("   POST " + TARGET + "  Producer-Id: teller-4  Producer-Seq: 0  " + FIRST.utf8());
        Called.Answered answer = answered(call(leader, "POST", numbered(0), FIRST));
        require(answer.isGood(), "the deposit was refused: " + Problems.sentence(answer));
        String synced = answer.header("Holdfast-Synced-By");
        require(synced.split(",").length >= 2, "acknowledged with fewer than two durable copies: " + synced);
        receipt = answer.header("Stream-Next-Offset");
        console.line("   -> " + answer.status() + ", on stable storage at nodes " + synced + ", index "
                + answer.header("Holdfast-Index"));
        require(victim.awaitExit(EXIT_MILLIS_MAX), "node " + victim.id() + " went on after a failed sync");
        require(victim.exit().orElse(0) == 74, "node " + victim.id() + " ended with " + victim.exit().orElse(0));
        console.line("   Node " + victim.id() + " did not count: a failed fsync ended it at once, with code 74.");
        console.line("   It never tries again on that file: a second fsync could say yes without a byte on the disk.");
    }

    private void retry() throws Broken, InterruptedException {
        console.line("\n3. The teller's answer got lost on the way, so the teller sends the same deposit again:");
        Called.Answered answer = answered(call(awaitLeader(), "POST", numbered(0), FIRST));
        require(answer.isGood(), "the retry was refused: " + Problems.sentence(answer));
        require(answer.header("Stream-Next-Offset").equals(receipt), "the retry was written a second time");
        console.line("   -> " + answer.status() + ", the receipt of the first attempt; the account holds "
                + balance(awaitLeader(), "linearizable"));
        require(content(awaitLeader(), "linearizable").equals("[" + FIRST.utf8() + "]"), "the account is wrong");
    }

    private void quorumLost() throws Broken, InterruptedException {
        NodeProcess leader = awaitLeader();
        NodeProcess second = nodes.stream().filter(node -> node.isAlive() && node != leader).findFirst().orElseThrow();
        second.kill();
        console.line("\n4. Node " + second.id() + " is killed as well; one of three is no majority. $50 more:");
        console.line("   POST " + TARGET + "  Producer-Id: teller-4  Producer-Seq: 1  " + SECOND.utf8());
        Called.Answered answer = answered(call(leader, "POST", numbered(1), SECOND));
        require(!answer.isGood(), "a deposit was acknowledged by one node alone");
        console.line("   -> " + answer.status() + ": " + Problems.sentence(answer));
        console.line("   No false yes and no false no. What this node has can still be read, by asking for just that:");
        console.line("   Holdfast-Read: local -> the account holds " + balance(leader, "local"));
    }

    private void everythingBack() throws Broken, IOException, InterruptedException {
        console.line("\n5. All nodes start again. The one with the bad disk copies what it can prove to new files.");
        for (NodeProcess node : nodes) {
            node.start();
        }
        awaitAll();
        Called.Answered answer = answered(call(awaitLeader(), "POST", numbered(1), SECOND));
        require(answer.isGood(), "the second deposit was refused: " + Problems.sentence(answer));
        console.line("   The teller repeats the $50 under its number -> " + answer.status() + ", synced by nodes "
                + answer.header("Holdfast-Synced-By"));
        String expected = "[" + FIRST.utf8() + "," + SECOND.utf8() + "]";
        for (NodeProcess node : nodes) {
            String content = content(node, "linearizable");
            require(content.equals(expected), "node " + node.id() + " shows " + content);
            console.line("   node " + node.id() + " shows " + content + ": " + balance(node, "linearizable"));
        }
    }

    // ---- asking --------------------------------------------------------------------------------------------

    private static Headers json() {
        return Headers.of("Content-Type", "application/json");
    }

    private static Headers numbered(int seq) {
        return json().add("Producer-Id", "teller-4").add("Producer-Epoch", "0").add("Producer-Seq", "" + seq);
    }

    private static Called call(NodeProcess node, String method, Headers headers, Bytes body) {
        try (HttpCaller caller = new HttpCaller(node.plan().http().resolved())) {
            return caller.call(method, TARGET, headers, body, CALL_MILLIS_MAX);
        }
    }

    private static Called.Answered answered(Called called) throws Broken {
        return switch (called) {
            case Called.Answered answer -> answer;
            case Called.NotSent(String why) -> throw new Broken(why);
            case Called.Silent(String why) -> throw new Broken(why);
        };
    }

    private static String content(NodeProcess node, String level) throws Broken {
        return answered(call(node, "GET", Headers.of("Holdfast-Read", level), Bytes.EMPTY)).body().utf8().strip();
    }

    /// The deposits in what a node shows, added up.
    private static String balance(NodeProcess node, String level) throws Broken {
        long sum = 0;
        for (String part : content(node, level).split("\"deposit\":")) {
            String digits = part.replaceAll("[^0-9].*", "");
            sum += digits.isEmpty() ? 0 : Long.parseLong(digits);
        }
        return "$" + sum;
    }

    private NodeProcess awaitLeader() throws Broken, InterruptedException {
        for (int look = 0; look < LOOKS_MAX; look++) {
            for (NodeProcess node : nodes) {
                NodeStatus status = node.isAlive() ? NodeStatus.ask(node.plan().http(), ASK_MILLIS) : null;
                if (status != null && status.leads()) {
                    return node;
                }
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new Broken("no node leads; see the logs");
    }

    private void awaitAll() throws Broken, InterruptedException {
        for (int look = 0; look < LOOKS_MAX; look++) {
            boolean all = true;
            for (NodeProcess node : nodes) {
                require(node.refusal().isEmpty(), "node " + node.id() + " could not start: " + node.refusal());
                NodeStatus status = NodeStatus.ask(node.plan().http(), ASK_MILLIS);
                all &= status != null && status.isComplete();
            }
            if (all) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new Broken("not all nodes answer; see the logs");
    }

    private static void require(boolean kept, String otherwise) throws Broken {
        if (!kept) {
            throw new Broken(otherwise);
        }
    }
}
