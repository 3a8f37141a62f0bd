package holdfast.sim.kernel;

/// What brings something about, as the ordinal of the draws that it leaves open: a fault by its id in the plan, the end of a
/// process by its number. So the same fault does the same whenever it strikes, and without it every other one does what it did.
public final class Cause {

    private static final int STOP_SHIFT = 32;
    private static final int NTH_SHIFT = 24;

    private Cause() {}

    /// @param id of the fault in its plan, from 1
    public static long fault(int id) {
        return id;
    }

    /// A process has ended by itself.
    ///
    /// @param number of the ends of that node's processes so far
    public static long stop(long number) {
        return number << STOP_SHIFT;
    }

    /// A further act of the same cause.
    ///
    /// @param earlier how many there were before
    public static long nth(long cause, int earlier) {
        return cause + ((long) earlier << NTH_SHIFT);
    }
}
