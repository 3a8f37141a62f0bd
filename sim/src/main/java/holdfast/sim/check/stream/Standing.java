package holdfast.sim.check.stream;

/// Where an append stands in its stream, as far as that is known.
///
/// @param append the operation that wrote it, or that leaves most time for it; [Verdict#NONE] if there is none
/// @param shownBy the operation whose answer told the place, or [Verdict#NONE] if it was inferred
public record Standing(String stream, long from, long to, int append, int shownBy) {}
