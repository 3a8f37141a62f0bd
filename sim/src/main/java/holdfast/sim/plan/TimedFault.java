package holdfast.sim.plan;

/// A fault and the virtual time at which it strikes.
public record TimedFault(long atMicros, Fault fault) {}
