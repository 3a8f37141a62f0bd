package holdfast.sim.plan;

import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.PowerCutKeep;
import java.util.ArrayList;
import java.util.List;

/// One occurrence of a [Story]: its moment, its draws, and the faults that it tells. Nothing outlasts the calm.
final class Scene {

    private static final int EXTENT_DRAW = 1_000;
    private static final int SPAN_DRAW = 2_000;
    private static final int ALWAYS_PPM = 100_000;

    private final Stage stage;
    private final Draws draws;
    private final long moment;
    private final List<PlannedFault> faults;

    /// @param faults where the told ones are added
    Scene(Stage stage, Draws draws, long moment, List<PlannedFault> faults) {
        this.stage = stage;
        this.draws = draws;
        this.moment = moment;
        this.faults = faults;
    }

    Draws draws() {
        return draws;
    }

    int nodes() {
        return stage.nodes();
    }

    long election() {
        return stage.electionMicros();
    }

    // ---- who and how long ----------------------------------------------------------------------------------

    int node(int ordinal) {
        return 1 + draws.below(ordinal, nodes());
    }

    /// Another node than this one; the same if it is alone.
    int other(int ordinal, int node) {
        return nodes() == 1 ? node : 1 + (node + draws.below(ordinal, nodes() - 1)) % nodes();
    }

    /// A node on which this may be armed, or 0 if there is none.
    int nodeFor(int ordinal, FaultKind kind) {
        List<Integer> fitting = stage.nodesFor(kind);
        return fitting.isEmpty() ? 0 : fitting.get(draws.below(ordinal, fitting.size()));
    }

    /// A node that may be damaged for good, or 0 if there is none.
    int victim(int ordinal) {
        return stage.victims().isEmpty() ? 0 : stage.victims().get(draws.below(ordinal, stage.victims().size()));
    }

    /// Whether that node may be damaged for good.
    boolean mayBeDamaged(int node) {
        return stage.victims().contains(node);
    }

    /// The nodes that may be damaged for good; where there are none, a minority that is drawn.
    List<Integer> minority(int ordinal) {
        return stage.victims().isEmpty() ? group(ordinal, (nodes() - 1) / 2) : stage.victims();
    }

    /// A node whose drive may be lost, or 0 if there is none.
    int loser(int ordinal) {
        return stage.losers().isEmpty() ? 0 : stage.losers().get(draws.below(ordinal, stage.losers().size()));
    }

    /// Nodes whose drives may be lost.
    List<Integer> losers() {
        return stage.losers();
    }

    /// So many nodes, following each other from a drawn one on.
    List<Integer> group(int ordinal, int size) {
        int first = draws.below(ordinal, nodes());
        ArrayList<Integer> group = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            group.add(1 + (first + i) % nodes());
        }
        return group;
    }

    List<Integer> everybody() {
        ArrayList<Integer> everybody = new ArrayList<>();
        for (int node = 1; node <= nodes(); node++) {
            everybody.add(node);
        }
        return everybody;
    }

    long micros(int ordinal, long low, long high) {
        return draws.spread(ordinal, low, high);
    }

    long millis(int ordinal, long low, long high) {
        return draws.spread(ordinal, low * 1_000, high * 1_000);
    }

    /// Several election timeouts.
    long elections(int ordinal, int low, int high) {
        return draws.between(ordinal, low * election(), high * election());
    }

    /// Any subset survives in most power cuts.
    PowerCutKeep keep(int ordinal) {
        PowerCutKeep[] kinds = PowerCutKeep.values();
        return kinds[draws.oneOf(ordinal, 0, 0, 0, 1, 2)];
    }

    Fault.Direction direction(int ordinal) {
        Fault.Direction[] kinds = Fault.Direction.values();
        return kinds[draws.oneOf(ordinal, 0, 0, 1, 2)];
    }

    // ---- telling -------------------------------------------------------------------------------------------

    /// So long after the scene's moment. What is to begin after the calm does not happen.
    void at(long after, Fault fault) {
        atStart(moment + after, fault);
    }

    /// So long after the universe has begun, whatever the scene's moment.
    void atStart(long time, Fault fault) {
        if (time < stage.calmMicros() && (nodes() > 1 || !needsPeers(fault))) {
            faults.add(new PlannedFault(time, Ending.within(stage.calmMicros() - time, fault)));
        }
    }

    /// When that happens, if it does before the calm.
    void when(Anchor anchor, Fault fault) {
        if (nodes() > 1 || !needsPeers(fault)) {
            faults.add(new PlannedFault(PlannedFault.UNNUMBERED, anchor, fault));
        }
    }

    /// Mostly once; all of the pages, one, or one sector.
    void arm(long after, int node, FaultKind kind, FileRole files) {
        boolean always = draws.chance(SPAN_DRAW + node, ALWAYS_PPM);
        DiskFault.Span span = always ? DiskFault.Span.ALWAYS : DiskFault.Span.ONCE;
        DiskFault.Extent[] extents = DiskFault.Extent.values();
        arm(after, node, new DiskFault(kind, files, span, extents[draws.below(EXTENT_DRAW + node, extents.length)]));
    }

    void arm(long after, int node, DiskFault fault) {
        if (node != 0 && stage.allows(node, fault.kind())) {
            at(after, new Fault.ArmDisk(node, fault));
        }
    }

    private static boolean needsPeers(Fault fault) {
        return switch (fault.kind()) {
            case PARTITION, CLOG, NOISE, TRANSFER, DRIVE, LASTING -> true;
            case CRASH, POWER, PAUSE, CLOCK, DISK_ERROR, DISK_SLOW, MEDIA -> false;
        };
    }
}
