package holdfast.torture;

import holdfast.server.cluster.NodePlan;
import holdfast.server.config.HostPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A [Link] for each direction between two nodes, so that connections can be harmed and not only words lost.
final class Links implements AutoCloseable {

    private static final int PORTS_BEHIND_HTTP = 20;
    private static final int LEAST_MILLIS = 300;
    private static final int MOST_MILLIS = 7_000;
    private static final int RESET_EVERY_MILLIS = 400;
    private static final int LEAST_BYTES_PER_SECOND = 1 << 10;
    private static final int DOUBLINGS_MAX = 8;

    /// By sender, then by receiver.
    private final TreeMap<Integer, TreeMap<Integer, Link>> links = new TreeMap<>();
    private final List<NodePlan> plans;

    private Links(List<NodePlan> plans) {
        this.plans = plans;
    }

    /// Listens on ports from the first node's HTTP port plus 20 on.
    static Links between(List<NodePlan> plans) throws IOException {
        Links made = new Links(plans);
        try {
            for (NodePlan from : plans) {
                TreeMap<Integer, Link> row = new TreeMap<>();
                made.links.put(from.id(), row);
                for (NodePlan to : plans) {
                    if (from.id() != to.id()) {
                        row.put(to.id(), new Link(made.place(from, to), to.peers().get(to.id())));
                    }
                }
            }
            return made;
        } catch (IOException taken) {
            made.close();
            throw taken;
        }
    }

    private HostPort place(NodePlan from, NodePlan to) {
        HostPort first = plans.getFirst().http();
        return new HostPort(first.host(), first.port() + PORTS_BEHIND_HTTP + (from.id() - 1) * plans.size() + to.id() - 1);
    }

    /// The plan of the same node, which reaches the others through its links.
    NodePlan through(NodePlan plan) {
        TreeMap<Integer, HostPort> peers = new TreeMap<>(plan.peers());
        for (NodePlan to : plans) {
            if (to.id() != plan.id()) {
                peers.put(to.id(), place(plan, to));
            }
        }
        return new NodePlan(plan.id(), plan.http(), peers, plan.folder(), plan.code(), plan.flags());
    }

    /// Harms the links from one node, to it, both, or all that there are, for a while.
    void strike(SplittableRandom random, Consumer<String> teller) throws InterruptedException {
        int victim = plans.get(random.nextInt(plans.size())).id();
        int which = random.nextInt(4);
        List<Link> chosen = chosen(victim, which);
        String where = switch (which) {
            case 0 -> "from node " + victim;
            case 1 -> "to node " + victim;
            case 2 -> "from and to node " + victim;
            default -> "of all nodes";
        };
        int millis = LEAST_MILLIS + random.nextInt(MOST_MILLIS - LEAST_MILLIS);
        switch (random.nextInt(4)) {
            case 0 -> {
                teller.accept("links " + where + " are reset for " + millis + " ms");
                for (int passed = 0; passed < millis; passed += RESET_EVERY_MILLIS) {
                    chosen.forEach(Link::reset);
                    Thread.sleep(RESET_EVERY_MILLIS);
                }
            }
            case 1 -> {
                teller.accept("links " + where + " stand still for " + millis + " ms");
                chosen.forEach(Link::stall);
                Thread.sleep(millis);
            }
            case 2 -> {
                teller.accept("links " + where + " stand still for " + millis + " ms, and what is open there stays dead");
                chosen.forEach(Link::abandon);
                chosen.forEach(Link::stall);
                Thread.sleep(millis);
            }
            default -> {
                int rate = LEAST_BYTES_PER_SECOND << random.nextInt(DOUBLINGS_MAX);
                teller.accept("links " + where + " carry " + rate + " bytes/s for " + millis + " ms");
                chosen.forEach(link -> link.slow(rate));
                Thread.sleep(millis);
            }
        }
        heal();
    }

    private List<Link> chosen(int victim, int which) {
        List<Link> chosen = new ArrayList<>();
        links.forEach((from, row) -> row.forEach((to, link) -> {
            boolean isFrom = from == victim && which != 1;
            boolean isTo = to == victim && which != 0;
            if (isFrom || isTo || which > 2) {
                chosen.add(link);
            }
        }));
        return chosen;
    }

    /// What comes to a node comes at this rate from each other one, until [#heal].
    void slowTo(int node, int bytesPerSecond) {
        for (Link link : chosen(node, 1)) {
            link.slow(bytesPerSecond);
        }
    }

    void heal() {
        links.values().forEach(row -> row.values().forEach(Link::heal));
    }

    @Override
    public void close() throws IOException {
        for (TreeMap<Integer, Link> row : links.values()) {
            for (Link link : row.values()) {
                link.close();
            }
        }
    }
}
