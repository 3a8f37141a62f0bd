package holdfast.sim.plan;

/// A fault and when it strikes.
///
/// @param id keys whatever the fault leaves open, so that it does the same in a plan without the others; from 1, or
///     [#UNNUMBERED]
public record PlannedFault(int id, Anchor anchor, Fault fault) {

    /// The plan gives a number: that of the fault's place.
    public static final int UNNUMBERED = 0;

    /// At a time, virtual microseconds.
    public PlannedFault(long atMicros, Fault fault) {
        this(UNNUMBERED, new Anchor.At(atMicros), fault);
    }

    /// The time at which it strikes, or 0 if that is told by what happens: virtual microseconds.
    public long atMicros() {
        return anchor instanceof Anchor.At at ? at.micros() : 0;
    }

    PlannedFault numbered(int number) {
        return new PlannedFault(number, anchor, fault);
    }

    /// The same fault at another moment.
    public PlannedFault at(Anchor other) {
        return new PlannedFault(id, other, fault);
    }

    /// Another fault at the same moment.
    public PlannedFault with(Fault other) {
        return new PlannedFault(id, anchor, other);
    }
}
