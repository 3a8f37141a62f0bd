package holdfast.sim.plan;

import java.util.List;

/// Everything that a universe depends on, as data. Two phases: until `calmMicros` the faults strike and the network
/// is noisy; then everything is healed, and the cluster must become live, finish its clients and agree.
///
/// @param seed keys every draw that the plan leaves open (delays, timeouts, payloads, torn sectors)
/// @param calmMicros virtual time at which the faults end
/// @param faults in ascending order of time, all before `calmMicros`
public record Plan(long seed, Cluster cluster, Workload workload, long calmMicros, List<TimedFault> faults) {

    public Plan {
        faults = List.copyOf(faults);
    }

    /// The same universe with other faults.
    public Plan withFaults(List<TimedFault> others) {
        return new Plan(seed, cluster, workload, calmMicros, others);
    }
}
