package holdfast.sim.world;

import holdfast.sim.disk.SimDisk;
import holdfast.wal.StoreId;

/// A disk that can be taken out of a machine: in one, in another one, or in a drawer. What was promised on it stays on it.
public final class Drive {

    private final int number;
    private final SimDisk disk;
    private final StoreId store;
    private boolean isGivenUp;
    private boolean wasExcused;

    /// @param number of all drives of the universe, from 1 in the order in which they came into it
    /// @param store whose store is on it; for an empty one, whose it would be
    Drive(int number, SimDisk disk, StoreId store) {
        this.number = number;
        this.disk = disk;
        this.store = store;
    }

    public int number() {
        return number;
    }

    public SimDisk disk() {
        return disk;
    }

    public StoreId store() {
        return store;
    }

    /// The machine that it belonged to has another one now.
    void giveUp(boolean isExcused) {
        isGivenUp = true;
        wasExcused = isExcused;
    }

    /// Nobody will ever start from it again.
    public boolean isGivenUp() {
        return isGivenUp;
    }

    /// Whether, when it was given up, its disk had lied or was damaged: then nothing is expected of what is on it.
    public boolean wasExcused() {
        return wasExcused;
    }
}
