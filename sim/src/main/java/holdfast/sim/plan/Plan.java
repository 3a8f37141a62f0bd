package holdfast.sim.plan;

import holdfast.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Everything that a universe depends on, as data. Two phases: until `calmMicros` the faults strike and the network
/// is noisy; then everything is healed, and the cluster must become live, finish its clients and agree.
///
/// @param seed keys every draw that the plan leaves open (delays, timeouts, payloads, torn sectors)
/// @param calmMicros virtual time at which the faults end
/// @param skips operations that their clients leave out
/// @param faults first those that strike at a time, in ascending order and before `calmMicros`, then the others; each with
///     an id of its own
public record Plan(
        long seed, Cluster cluster, Workload workload, long calmMicros, List<Skip> skips, List<PlannedFault> faults) {

    /// Operations that are left out at most.
    public static final int SKIPS_MAX = 10_000;

    /// A client leaves out one of its operations; both count from 1.
    public record Skip(int client, int operation) {}

    public Plan {
        skips = List.copyOf(skips);
        ArrayList<PlannedFault> numbered = new ArrayList<>(faults);
        number(numbered);
        faults = List.copyOf(numbered);
    }

    /// Nobody leaves anything out.
    public Plan(long seed, Cluster cluster, Workload workload, long calmMicros, List<PlannedFault> faults) {
        this(seed, cluster, workload, calmMicros, List.of(), faults);
    }

    /// Gives those an id that have none: the number of their place.
    static void number(List<PlannedFault> faults) {
        TreeSet<Integer> ids = new TreeSet<>();
        for (int place = 1; place <= faults.size(); place++) {
            PlannedFault fault = faults.get(place - 1);
            int id = fault.id() == PlannedFault.UNNUMBERED ? place : fault.id();
            Check.that(ids.add(id), "each fault has an id of its own", id, place);
            faults.set(place - 1, fault.numbered(id));
        }
    }

    /// The same universe with other faults.
    public Plan withFaults(List<PlannedFault> others) {
        return new Plan(seed, cluster, workload, calmMicros, skips, others);
    }

    /// The same plan, in which everything that it leaves open is drawn anew.
    public Plan withSeed(long other) {
        return new Plan(other, cluster, workload, calmMicros, skips, faults);
    }

    /// The same plan on another cluster.
    public Plan withCluster(Cluster other) {
        return new Plan(seed, other, workload, calmMicros, skips, faults);
    }

    /// The same plan with other work; what it does not have cannot be left out.
    public Plan withWorkload(Workload other) {
        List<Skip> left = skips.stream()
                .filter(skip -> skip.operation() <= other.operationsOf(skip.client()))
                .toList();
        return new Plan(seed, cluster, other, calmMicros, left, faults);
    }

    /// The same plan, in which clients leave these operations out.
    public Plan withSkips(List<Skip> others) {
        return new Plan(seed, cluster, workload, calmMicros, others, faults);
    }

    /// Whether the client leaves this operation out.
    public boolean skips(int client, int operation) {
        return skips.contains(new Skip(client, operation));
    }
}
