package holdfast.sim.check.stream;

/// One step of an order that explains a history.
///
/// @param op the operation that takes effect
/// @param event the event of the history after which it does
public record Witness(int op, int event) {}
