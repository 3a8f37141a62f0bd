package holdfast.sim.check.general;

/// What became of a call.
public sealed interface Outcome<O> {

    /// It took effect, once, between call and return, and this was told.
    record Ok<O>(O output) implements Outcome<O> {}

    /// It certainly had no effect, and observed nothing.
    record Failed<O>() implements Outcome<O> {}

    /// It may take effect at any later time, or never.
    record Unknown<O>() implements Outcome<O> {}
}
