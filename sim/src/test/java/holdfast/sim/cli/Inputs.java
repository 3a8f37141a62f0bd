package holdfast.sim.cli;

/// What a test expects an [Input] to be.
final class Inputs {

    private Inputs() {}

    static <T> T good(Input<T> input) {
        return switch (input) {
            case Input.Good<T>(T value) -> value;
            case Input.Bad<T>(String sentence) -> throw new AssertionError("refused: " + sentence);
        };
    }

    static <T> String sentence(Input<T> input) {
        return switch (input) {
            case Input.Good<T>(T value) -> throw new AssertionError("accepted: " + value);
            case Input.Bad<T>(String sentence) -> sentence;
        };
    }
}
