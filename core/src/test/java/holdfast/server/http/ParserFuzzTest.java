package holdfast.server.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A bounded run of [ParserFuzz]; its main method does as many as you like.
class ParserFuzzTest {

    private static final int INPUTS = 100_000;

    @Test
    @DisplayName("no input makes the parser throw, stall or depend on how it was cut")
    void fuzz() {
        long[] stages = new ParserFuzz(20_261_124).run(INPUTS);
        for (RequestParser.Stage stage : RequestParser.Stage.values()) {
            assertTrue(stages[stage.ordinal()] > INPUTS / 1_000, stage + " was hardly ever reached");
        }
    }
}
