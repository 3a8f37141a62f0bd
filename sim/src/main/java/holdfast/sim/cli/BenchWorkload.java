package holdfast.sim.cli;

import holdfast.sim.plan.Plan;
import java.util.List;
import java.util.function.LongFunction;

/// What `sim bench` runs.
///
/// @param method what it is, in one line
/// @param plans the universe for a number from 1 on
/// @param traced whether every event is also told as a line
record BenchWorkload(String name, String method, LongFunction<Plan> plans, boolean traced) {

    private static final Setting QUIET = new Setting(Setting.USUAL.nodes(), "none", Setting.USUAL.profile());

    static List<BenchWorkload> all() {
        return List.of(
                new BenchWorkload("busy", "3 nodes without faults, the clients of the plan", BenchWorkload::busy, false),
                new BenchWorkload("idle", "3 nodes without faults and without clients", BenchWorkload::idle, false),
                new BenchWorkload("smoke", "the universes of seeds 1, 2, 3, ... with all faults", BenchWorkload::smoke, false),
                new BenchWorkload("traced", "the same, with every line built and dropped", BenchWorkload::smoke, true));
    }

    private static Plan busy(long number) {
        return Universes.ofSeed(number, QUIET);
    }

    private static Plan idle(long number) {
        return Universes.ofSeed(number, QUIET);
    }

    private static Plan smoke(long number) {
        return Universes.ofSeed(number, Setting.USUAL);
    }
}
