package holdfast.server.config;

/// Something that a user gave: usable, or a sentence that says what is wrong with it.
public sealed interface Given<T> {

    record Good<T>(T value) implements Given<T> {}

    record Bad<T>(String sentence) implements Given<T> {}
}
