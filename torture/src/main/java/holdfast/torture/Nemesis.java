package holdfast.torture;

import holdfast.Bytes;
import holdfast.node.Node;
import holdfast.server.client.Called;
import holdfast.server.client.HttpCaller;
import holdfast.server.cluster.NodeProcess;
import holdfast.server.http.Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Does harm: one thing at a time, to one node or several, and heals it after a while. Whatever it has
/// broken it undoes in [#heal].
final class Nemesis {

    private static final int CALL_MILLIS_MAX = 1_000;
    private static final int SHORT_MILLIS = 300;
    private static final int LONG_MILLIS = 3_500;
    private static final int CALM_MILLIS = 2_500;
    private static final int SYNCS_MAX = 20;
    private static final int DELAY_MILLIS_MAX = 200;

    private final List<NodeProcess> nodes;
    private final List<Options.Harm> harms;
    private final LoopDisks disks;
    private final Links links;
    private final Recorder recorder;
    private final Strangers strangers;
    private final SplittableRandom random;
    private final Consumer<String> teller;
    private final TreeMap<String, Integer> done = new TreeMap<>();
    private int surprises;

    /// @param disks null if no power can be cut
    /// @param links null if the nodes speak to each other directly
    Nemesis(
            List<NodeProcess> nodes,
            Options options,
            LoopDisks disks,
            Links links,
            Recorder recorder,
            SplittableRandom random,
            Consumer<String> teller) {
        this.nodes = nodes;
        this.disks = disks;
        this.links = links;
        this.recorder = recorder;
        this.random = random;
        this.teller = teller;
        strangers = new Strangers(nodes, options.shape().appendBytes(), recorder, random.split(), this::tell);
        harms = List.copyOf(options.harms());
    }

    /// One strike and its end.
    void strike() throws InterruptedException, IOException {
        if (harms.isEmpty()) {
            Thread.sleep(CALM_MILLIS);
            return;
        }
        switch (harms.get(random.nextInt(harms.size()))) {
            case KILL -> kill();
            case PAUSE -> pause();
            case PARTITION -> partition();
            case DISK -> disk();
            case POWER -> power();
            case FULL -> new FullDisk(nodes, disks, random, this::tell).strike();
            case AWAY -> new Away(nodes, links, recorder, random, this::tell).strike();
            case LINKS -> links.strike(random, this::tell);
            case STRANGERS -> strangers.strike();
        }
        revive();
        Thread.sleep(random.nextInt(CALM_MILLIS));
    }

    private void tell(String what) {
        done.merge(what.split(" ")[0], 1, Integer::sum);
        teller.accept(what);
    }

    /// Half the time one node, otherwise any number: a majority that fails together is the harder test.
    private List<NodeProcess> victims() {
        List<NodeProcess> drawn = new ArrayList<>(nodes);
        int count = random.nextBoolean() ? 1 : 1 + random.nextInt(nodes.size());
        while (drawn.size() > count) {
            drawn.remove(random.nextInt(drawn.size()));
        }
        return drawn;
    }

    private static String names(List<NodeProcess> victims) {
        return "node " + String.join(",", victims.stream().map(node -> Integer.toString(node.id())).toList());
    }

    private void pauseLong() throws InterruptedException {
        Thread.sleep(SHORT_MILLIS + random.nextInt(LONG_MILLIS - SHORT_MILLIS));
    }

    private void kill() throws InterruptedException {
        List<NodeProcess> victims = victims();
        tell("kill " + names(victims));
        for (NodeProcess victim : victims) {
            victim.kill();
        }
        pauseLong();
    }

    private void pause() throws InterruptedException {
        List<NodeProcess> victims = victims();
        tell("pause " + names(victims));
        victims.forEach(NodeProcess::pause);
        pauseLong();
        victims.forEach(NodeProcess::resume);
    }

    /// One node apart, from both sides or in one direction only.
    private void partition() throws InterruptedException {
        NodeProcess victim = nodes.get(random.nextInt(nodes.size()));
        String others = others(victim);
        int kind = random.nextInt(4);
        String hook = switch (kind) {
            case 0 -> "deaf=" + others;
            case 1 -> "mute=" + others;
            default -> "deaf=" + others + "&mute=" + others;
        };
        tell("partition " + names(List.of(victim)) + " " + hook);
        hook(victim, "network?" + hook);
        pauseLong();
        hook(victim, "network");
    }

    private String others(NodeProcess victim) {
        List<String> others = new ArrayList<>();
        for (NodeProcess node : nodes) {
            if (node != victim) {
                others.add(Integer.toString(node.id()));
            }
        }
        return String.join(",", others);
    }

    private void disk() throws InterruptedException {
        List<NodeProcess> victims = victims();
        int kind = random.nextInt(4);
        int nth = 1 + random.nextInt(SYNCS_MAX);
        String hook = switch (kind) {
            case 0 -> "fail-sync=" + nth;
            case 1 -> "delay-syncs=" + random.nextInt(DELAY_MILLIS_MAX);
            default -> "cut-power=" + nth;
        };
        tell("disk " + names(victims) + " " + hook);
        for (NodeProcess victim : victims) {
            hook(victim, "disk?" + hook);
        }
        pauseLong();
        for (NodeProcess victim : victims) {
            hook(victim, "disk?fail-sync=0&delay-syncs=0&cut-power=0");
        }
    }

    private void power() throws InterruptedException, IOException {
        List<NodeProcess> victims = victims();
        tell("power " + names(victims));
        disks.cutPower(victims);
        pauseLong();
    }

    private static void hook(NodeProcess node, String target) {
        try (HttpCaller caller = new HttpCaller(node.plan().http().resolved())) {
            Called _ = caller.call("POST", "/v1/test/" + target, new Headers(), Bytes.EMPTY, CALL_MILLIS_MAX);
        }
    }

    /// Starts what has ended. Code 74 and a power cut are what was asked for; any other end but a kill is a find.
    void revive() throws IOException {
        for (NodeProcess node : nodes) {
            if (node.exit().isPresent()) {
                int exit = node.exit().getAsInt();
                if (exit != Node.EXIT_IO_ERROR && !NodeProcess.isKilled(exit)) {
                    surprises++;
                    teller.accept("SURPRISE: node " + node.id() + " ended with code " + exit + ", see "
                            + node.plan().log());
                }
                node.start();
            }
        }
    }

    /// Ends all harm. What was armed before may still strike: [#revive] until all is well.
    void heal() {
        if (links != null) {
            links.heal();
        }
        for (NodeProcess node : nodes) {
            node.resume();
            hook(node, "network");
            hook(node, "disk?fail-sync=0&delay-syncs=0&cut-power=0");
        }
    }

    int surprises() {
        return surprises;
    }

    /// How often each kind was done, as one line.
    String tally() {
        StringBuilder line = new StringBuilder();
        done.forEach((kind, count) -> line.append(line.isEmpty() ? "" : ", ").append(kind).append(' ').append(count));
        return line.isEmpty() ? "none" : line.toString();
    }
}
