package holdfast.sim.world;

import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.plan.Fault.Ill;
import holdfast.sim.plan.FaultWord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// What stays wrong with some machines when everything else is healed, until the clients have finished: the others are a
/// majority, so all that clients ask must be done without these.
public final class Lasting {

    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private record Left(Ill ill, long cause) {}

    private final World world;
    private final WorldObserver observer;
    private final TreeMap<Integer, Left> ills = new TreeMap<>();
    private boolean hasBegun;

    Lasting(World world, WorldObserver observer) {
        this.world = world;
        this.observer = observer;
    }

    /// When everything else is healed, this will stay wrong with the machine.
    public void leave(int node, Ill ill, long cause) {
        ills.put(node, new Left(ill, cause));
    }

    /// At the calm. What would leave too few of the others to serve alone does not happen.
    ///
    /// @param isNamed whether the voter is on the drive that the store has named
    void begin(IntPredicate isNamed) {
        TreeSet<Integer> unfit = new TreeSet<>();
        for (int node = 1; node <= world.nodes(); node++) {
            if (!isNamed.test(node) || world.condition(node).isBeyondRepair()) {
                unfit.add(node);
            }
        }
        for (int node : List.copyOf(ills.keySet())) {
            if (unfit.contains(node) || unfit.size() < world.tolerated()) {
                unfit.add(node);
            } else {
                ills.remove(node);
            }
        }
        if (unfit.size() > world.tolerated()) {
            ills.clear();
        }
        hasBegun = true;
        for (Map.Entry<Integer, Left> one : ills.entrySet()) {
            strike(one.getKey(), one.getValue());
        }
    }

    private void strike(int node, Left left) {
        observer.struck(node, FaultWord.LASTING, Doing.of(world.host(node)));
        switch (left.ill()) {
            case DOWN -> world.host(node).crash(left.cause());
            case CUT_OFF -> world.network().isolate(node);
            case HUNG -> world.host(node).disk().stall(FOR_EVER);
            case FULL -> world.host(node).disk().arm(DiskFault.always(FaultKind.NO_SPACE, FileRole.UNFINISHED), left.cause());
        }
    }

    /// All of it is healed.
    public void end() {
        for (int node : ills.keySet()) {
            world.network().rejoin(node);
            world.host(node).disk().heal();
            if (keepsDown(node)) {
                world.restartAfter(node, 0);
            }
        }
        ills.clear();
        observer.happened(0, "cure", "what was left wrong is healed");
    }

    /// Whether something is still wrong with some machine.
    public boolean isUnderWay() {
        return hasBegun && !ills.isEmpty();
    }

    /// Nobody waits for such a machine.
    public boolean strikes(int node) {
        return hasBegun && ills.containsKey(node);
    }

    /// Whether such a machine can do nothing for the others. One with a full disk can: it votes, and hands leadership over.
    public boolean hampers(int node) {
        return strikes(node) && ills.get(node).ill() != Ill.FULL;
    }

    boolean keepsDown(int node) {
        return strikes(node) && ills.get(node).ill() == Ill.DOWN;
    }
}
