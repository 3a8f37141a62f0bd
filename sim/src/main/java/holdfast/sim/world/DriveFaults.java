package holdfast.sim.world;

import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.kernel.Cause;

/// What can happen to drives: lost, not mounted, in the wrong machine.
public final class DriveFaults {

    private final World world;
    private final Bays bays;
    private final Operator operator;
    private final WorldObserver observer;
    /// Drives that came back into their machines.
    private long returns;

    DriveFaults(World world, Bays bays, Operator operator, WorldObserver observer) {
        this.world = world;
        this.bays = bays;
        this.operator = operator;
        this.observer = observer;
    }

    /// The drive of this machine is lost, with everything that was promised on it. The machine comes back with a new one,
    /// which an operator has formatted; `replaceMicros` later the operator has it take the other one's place. Refused
    /// beyond a minority; returns whether it was not.
    public boolean lose(int node, long downMicros, long replaceMicros, long cause) {
        if (world.condition(node).isBeyondRepair() || world.beyondRepair() >= world.tolerated()) {
            observer.happened(node, "refused", "no further drive may be lost now");
            return false;
        }
        world.host(node).powerCut(PowerCutKeep.NONE, cause);
        bays.own(node).giveUp(world.condition(node).isExcused());
        Drive fresh = bays.fit(node);
        world.host(node).mount(fresh);
        world.renewed(node);
        world.restartAfter(node, downMicros);
        world.queue().after(downMicros + replaceMicros, () -> operator.replace(node, fresh));
        return true;
    }

    /// The machine reboots, and its file system is not mounted: its process finds an empty directory. Returns whether that
    /// may happen to it now.
    public boolean unmount(int node, long micros, long cause) {
        if (!canBeMoved(node)) {
            return false;
        }
        world.host(node).powerCut(PowerCutKeep.NONE, cause);
        world.host(node).mount(bays.unmount(node));
        world.restartAfter(node, World.RESTART_MICROS / 2);
        world.queue().after(micros, () -> putBack(node));
        return true;
    }

    /// A drive that has lied would, after a reboot, lack what it had said.
    private boolean canBeMoved(int node) {
        return !bays.isMisplaced(node) && !world.condition(node).isLied();
    }

    /// Two machines are off, and come back with each other's drive. Returns whether that may happen to them now.
    public boolean swap(int one, int other, long micros, long cause) {
        if (!canBeMoved(one) || !canBeMoved(other)) {
            return false;
        }
        for (int node : new int[] {one, other}) {
            world.host(node).powerCut(PowerCutKeep.NONE, cause);
            world.host(node).mount(bays.misplace(node, node == one ? other : one));
            world.restartAfter(node, World.RESTART_MICROS / 2);
            world.queue().after(micros, () -> putBack(node));
        }
        return true;
    }

    /// The machine gets its own drive back, if it has another one.
    void putBack(int node) {
        if (bays.isMisplaced(node)) {
            world.host(node).crash(Cause.stop(++returns));
            world.host(node).mount(bays.putBack(node));
            observer.happened(node, "mount", "its own drive is back");
            world.restartAfter(node, World.RESTART_MICROS / 2);
        }
    }
}
