package holdfast.sim.plan;

/// What a user fixes of the plans that seeds name.
///
/// @param nodes 1, 3, 5 or 7, or [#ANY_NODES]
/// @param profile the file system of every machine, or [#ANY_PROFILE]
public record PlanOptions(int nodes, FaultSelection faults, String profile) {

    /// The number of voters is drawn: mostly three.
    public static final int ANY_NODES = 0;

    /// Each machine's file system is drawn.
    public static final String ANY_PROFILE = "any";

    public PlanOptions(int nodes, FaultSelection faults) {
        this(nodes, faults, ANY_PROFILE);
    }
}
