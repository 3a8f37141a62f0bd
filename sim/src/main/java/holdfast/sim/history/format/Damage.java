package holdfast.sim.history.format;

/// Where a file cannot be read, and why, in one sentence.
///
/// @param line from 1
public record Damage(int line, String reason) {}
