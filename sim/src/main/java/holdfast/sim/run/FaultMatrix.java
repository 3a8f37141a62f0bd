package holdfast.sim.run;

import holdfast.sim.plan.FaultWord;
import holdfast.sim.world.Doing;
import java.util.Arrays;

/// How often each sort of fault struck a node that was doing this or that.
public final class FaultMatrix {

    private static final int COLUMNS = Doing.values().length;

    private final long[] counts = new long[FaultWord.values().length * COLUMNS];

    public void struck(FaultWord fault, Doing doing) {
        counts[cell(fault, doing)]++;
    }

    /// Adds what another one has counted.
    public void add(FaultMatrix other) {
        for (int cell = 0; cell < counts.length; cell++) {
            counts[cell] += other.counts[cell];
        }
    }

    public long count(FaultWord fault, Doing doing) {
        return counts[cell(fault, doing)];
    }

    private static int cell(FaultWord fault, Doing doing) {
        return fault.ordinal() * COLUMNS + doing.ordinal();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FaultMatrix matrix && Arrays.equals(counts, matrix.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }
}
