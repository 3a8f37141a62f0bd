package holdfast.sim.plan;

import java.util.List;

/// The machines and what lies between them.
///
/// @param machines one per node; node `i` is the one at `i - 1`
/// @param isForming whether the store begins as an operator leaves it: formatted, with the founder's disk named and no other.
///     Otherwise every voter's disk is named already
/// @param turnMicros how long one turn of a process takes; what arrives meanwhile is taken by the next turn together
public record Cluster(List<Machine> machines, boolean isForming, long turnMicros, Noise noise, Knobs knobs) {

    public Cluster {
        machines = List.copyOf(machines);
    }

    /// A store that has formed.
    public Cluster(List<Machine> machines, long turnMicros, Noise noise, Knobs knobs) {
        this(machines, false, turnMicros, noise, knobs);
    }

    /// @param profile name of a file system in [holdfast.sim.disk.FsProfiles]
    /// @param driftPartsPerMillion by how much its clock runs fast (or slow, if negative)
    public record Machine(String profile, int driftPartsPerMillion) {}

    /// What the network does to every packet until the faults end; chances in parts per million.
    ///
    /// @param delayMicros typical one-way delay; drawn with a tail, so packets overtake each other
    /// @param lossPpm packets that never arrive
    /// @param duplicatePpm packets that arrive twice, the second time soon after
    /// @param latePpm packets whose copy arrives once more much later, up to `lateMicros`
    public record Noise(long delayMicros, int lossPpm, int duplicatePpm, int latePpm, long lateMicros) {

        /// The same delay and nothing else.
        public Noise calmed() {
            return new Noise(delayMicros, 0, 0, 0, 0);
        }
    }

    public int nodes() {
        return machines.size();
    }
}
