package holdfast.sim.cli;

import holdfast.sim.plan.Cluster;
import holdfast.sim.plan.Knobs;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.Workload;
import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;

/// What `sim bench` runs.
///
/// @param method what it is, in one line
/// @param plans the universe for a number from 1 on
/// @param traced whether every event is also told as a line
record BenchWorkload(String name, String method, LongFunction<Plan> plans, boolean traced) {

    private static final int NODES = 3;
    private static final long TURN_MICROS = 10;
    private static final Cluster.Noise NETWORK = new Cluster.Noise(300, 0, 0, 0, 1_000_000);
    private static final long BUSY_MICROS = 10_000_000;
    private static final long IDLE_MICROS = 120_000_000;

    static List<BenchWorkload> all() {
        return List.of(
                new BenchWorkload("busy", "3 nodes, no faults, 6 clients appending and reading for 10 simulated seconds",
                        number -> quiet(number, 6, BUSY_MICROS), false),
                new BenchWorkload("idle", "3 nodes, no faults, no clients, 120 simulated seconds",
                        number -> quiet(number, 0, IDLE_MICROS), false),
                new BenchWorkload("smoke", "the universes of seeds 1, 2, 3, ... with all faults", BenchWorkload::smoke, false),
                new BenchWorkload("traced", "the same, with every line built and dropped", BenchWorkload::smoke, true));
    }

    /// An ordinary cluster on which nothing goes wrong.
    private static Plan quiet(long number, int clients, long micros) {
        Cluster cluster = new Cluster(
                Collections.nCopies(NODES, new Cluster.Machine("xfs", 0)), TURN_MICROS, NETWORK, Knobs.ORDINARY);
        Workload workload = new Workload(
                clients, 400, 2, 17_000, 3, 200, 300_000, 0, 0, 1_000_000, 0, 0, 2_000_000, 20, 5_000, 80_000,
                Workload.Habits.NONE);
        return new Plan(number, cluster, workload, micros, List.of());
    }

    private static Plan smoke(long number) {
        return Universes.ofSeed(number, Setting.USUAL);
    }
}
