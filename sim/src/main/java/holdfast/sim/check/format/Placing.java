package holdfast.sim.check.format;

/// One step of an order that explains a history, or of the longest that can be found.
///
/// @param op the operation that takes effect
/// @param event the event after which it does
public record Placing(int op, int event) {}
