package holdfast.sim.world;

import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.plan.Fault.Ill;
import java.util.Map;
import java.util.TreeMap;

/// What stays wrong with some machines when everything else is healed, until the clients have finished: the others are a
/// majority, so all that clients ask must be done without these.
final class Lasting {

    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private final World world;
    private final TreeMap<Integer, Ill> ills = new TreeMap<>();
    private boolean hasBegun;

    Lasting(World world) {
        this.world = world;
    }

    void add(int node, Ill ill) {
        ills.put(node, ill);
    }

    /// At the calm. Refused where the others could not serve alone.
    ///
    /// @param isFormed whether every voter is on the drive that the store has named
    void begin(boolean isFormed) {
        int unfit = 0;
        for (int node = 1; node <= world.nodes(); node++) {
            unfit += ills.containsKey(node) || world.condition(node).isBeyondRepair() ? 1 : 0;
        }
        if (!isFormed || unfit > world.tolerated()) {
            ills.clear();
        }
        hasBegun = true;
        for (Map.Entry<Integer, Ill> one : ills.entrySet()) {
            strike(one.getKey(), one.getValue());
        }
    }

    private void strike(int node, Ill ill) {
        switch (ill) {
            case DOWN -> world.host(node).crash();
            case CUT_OFF -> world.network().isolate(node);
            case HUNG -> world.host(node).disk().stall(FOR_EVER);
            case FULL -> world.host(node).disk().arm(DiskFault.always(FaultKind.NO_SPACE, FileRole.UNFINISHED));
        }
    }

    /// Everything is well again.
    void end() {
        for (int node : ills.keySet()) {
            world.network().rejoin(node);
            world.host(node).disk().heal();
        }
        ills.clear();
    }

    boolean isUnderWay() {
        return hasBegun && !ills.isEmpty();
    }

    /// Nobody waits for such a machine.
    boolean strikes(int node) {
        return hasBegun && ills.containsKey(node);
    }

    boolean keepsDown(int node) {
        return strikes(node) && ills.get(node) == Ill.DOWN;
    }
}
