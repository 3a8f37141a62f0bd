package holdfast.sim.cli;

/// Something that a user gave: usable, or a sentence that says what is wrong with it and what would be right.
sealed interface Input<T> {

    record Good<T>(T value) implements Input<T> {}

    record Bad<T>(String sentence) implements Input<T> {}
}
