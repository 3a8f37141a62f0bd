package holdfast.server.cli;

import holdfast.Bytes;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.client.JsonFields;
import holdfast.server.client.Problems;
import holdfast.server.cluster.NodeStatus;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.http.Headers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `./holdfast replace-disk N`: the disk of voter N is lost, and the one that node N runs on now takes its place.
///
/// The leader is asked until it is settled, and then the node is watched until it has everything. Both can be begun again.
final class ReplaceDiskCommand {

    private static final int ASK_MILLIS = 2_000;
    private static final int REPLACE_MILLIS = 15_000;
    private static final int TRIES = 20;
    private static final long PAUSE_MILLIS = 500;
    private static final long TELL_MILLIS = 5_000;
    private static final int CONFLICT = 409;

    private final Console console;

    ReplaceDiskCommand(Console console) {
        this.console = console;
    }

    int run(List<String> words) throws InterruptedException {
        Given<Words> parsed = Words.parse("replace-disk", words, Set.of("--servers", "--folder"), Set.of());
        if (!(parsed instanceof Given.Good<Words>(Words given))) {
            return console.refuse(((Given.Bad<Words>) parsed).sentence());
        }
        if (given.operands().size() != 1 || !given.operands().getFirst().matches("[1-9][0-9]{0,8}")) {
            return console.refuse("replace-disk needs the number of a node, as in ./holdfast replace-disk 2");
        }
        int node = Integer.parseInt(given.operands().getFirst());
        return switch (Contact.of(given)) {
            case Given.Bad<List<HostPort>>(String sentence) -> console.refuse(sentence);
            case Given.Good<List<HostPort>>(List<HostPort> addresses) -> replace(node, addresses);
        };
    }

    private int replace(int node, List<HostPort> addresses) throws InterruptedException {
        NodeStatus fresh = find(node, addresses);
        if (fresh == null) {
            return console.refuse("node " + node + " answers at none of " + addresses
                    + "; format its new disk and start it there first, see docs/operate/replace-a-disk.md");
        }
        Set<String> clusters = new HashSet<>();
        statuses(addresses).forEach(status -> clusters.add(status.clusterId()));
        if (clusters.size() > 1) {
            return console.refuse("these nodes belong to different clusters; format node " + node
                    + " with the formation of the cluster that it is to serve");
        }
        String trouble = "no leader answers";
        for (int tried = 0; tried < TRIES; tried++) {
            NodeStatus leader = leader(addresses);
            if (leader != null) {
                switch (ask(leader, node, fresh.diskId())) {
                    case Called.Answered answer when answer.isGood() -> {
                        return awaitCaughtUp(node, addresses, fresh, JsonFields.number(answer.body().utf8(), "index"));
                    }
                    case Called.Answered answer when answer.status() == CONFLICT -> {
                        return console.refuse(Problems.sentence(answer));
                    }
                    case Called.Answered answer -> trouble = Problems.sentence(answer);
                    case Called.NotSent(String why) -> trouble = why;
                    case Called.Silent(String why) -> trouble = why;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return console.fail("the disk of node " + node + " is not known to be replaced: " + trouble
                + "; a majority of the other voters must be up. Try again; asking twice does no harm");
    }

    private static Called ask(NodeStatus leader, int node, String disk) {
        try (HttpCaller caller = new HttpCaller(leader.http().resolved())) {
            return caller.call("PUT", "/v1/voters/" + node + "/disk", new Headers(), Bytes.utf8(disk), REPLACE_MILLIS);
        }
    }

    /// The node has everything when it has applied what was committed when it was told that it counts.
    private int awaitCaughtUp(int node, List<HostPort> addresses, NodeStatus fresh, long index) throws InterruptedException {
        console.line("node " + node + " is bound to disk " + fresh.diskId() + (index == 0 ? "" : " by entry " + index));
        NodeStatus leader = leader(addresses);
        long wanted = Math.max(index, leader == null ? 0 : leader.commitIndex());
        long told = System.nanoTime();
        while (true) {
            NodeStatus now = NodeStatus.ask(fresh.http(), ASK_MILLIS);
            if (now != null && now.trouble().isEmpty() && now.appliedIndex() >= wanted) {
                console.line("node " + node + " has caught up: it votes and acknowledges again");
                return Exit.GOOD;
            }
            if ((System.nanoTime() - told) / 1_000_000 > TELL_MILLIS) {
                told = System.nanoTime();
                console.line(now == null
                        ? "node " + node + " does not answer; start it, and it goes on catching up"
                        : "node " + node + " has " + now.appliedIndex() + " of " + wanted + " entries");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static List<NodeStatus> statuses(List<HostPort> addresses) {
        List<NodeStatus> statuses = new ArrayList<>();
        for (HostPort address : addresses) {
            NodeStatus status = NodeStatus.ask(address, ASK_MILLIS);
            if (status != null) {
                statuses.add(status);
            }
        }
        return statuses;
    }

    private static NodeStatus find(int node, List<HostPort> addresses) {
        return statuses(addresses).stream().filter(status -> status.node() == node).findFirst().orElse(null);
    }

    /// Among these nodes, or where one of them says it is; null if nobody knows.
    private static NodeStatus leader(List<HostPort> addresses) {
        for (NodeStatus status : statuses(addresses)) {
            if (status.leads()) {
                return status;
            }
            if (status.leaderHttp() != null) {
                NodeStatus named = NodeStatus.ask(status.leaderHttp(), ASK_MILLIS);
                if (named != null && named.leads()) {
                    return named;
                }
            }
        }
        return null;
    }
}
