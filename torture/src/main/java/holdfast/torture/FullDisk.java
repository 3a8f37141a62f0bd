package holdfast.torture;

import holdfast.server.cluster.NodeProcess;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// One node's disk is full, has room again, is full again, and hangs. A node that ends with 74 meanwhile does what it should.
final class FullDisk {

    private static final int PHASE_MILLIS_LEAST = 1_000;
    private static final int PHASE_MILLIS_MOST = 7_000;
    /// Longer than a node is patient with one operation of its disk.
    private static final int LONG_HANG_MILLIS = 24_000;
    private static final int LONG_HANG_OF = 3;
    private static final int RESTART_OF = 3;

    private final List<NodeProcess> nodes;
    private final LoopDisks disks;
    private final SplittableRandom random;
    private final Consumer<String> teller;

    FullDisk(List<NodeProcess> nodes, LoopDisks disks, SplittableRandom random, Consumer<String> teller) {
        this.nodes = nodes;
        this.disks = disks;
        this.random = random;
        this.teller = teller;
    }

    void strike() throws IOException, InterruptedException {
        NodeProcess victim = nodes.get(random.nextInt(nodes.size()));
        boolean isRestarted = random.nextInt(RESTART_OF) == 0;
        int hangMillis = random.nextInt(LONG_HANG_OF) == 0 ? LONG_HANG_MILLIS : millis();
        teller.accept("full node " + victim.id() + ": full, room, full" + (isRestarted ? " and a new start" : "")
                + ", then nothing moves for " + hangMillis + " ms");
        try {
            disks.fill(victim.id());
            Thread.sleep(millis());
            disks.free(victim.id());
            Thread.sleep(millis());
            disks.fill(victim.id());
            if (isRestarted) {
                victim.kill();
                victim.start();
            }
            Thread.sleep(millis());
            disks.freeze(victim.id());
            Thread.sleep(hangMillis);
        } finally {
            disks.thaw(victim.id());
            disks.free(victim.id());
        }
    }

    private int millis() {
        return random.nextInt(PHASE_MILLIS_LEAST, PHASE_MILLIS_MOST);
    }
}
