package holdfast.sim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/// What an oracle says when it objects.
public final class Objections {

    private Objections() {}

    public static void objects(String oracle, String sentence, Executable deed) {
        Violation violation = assertThrows(Violation.class, deed);
        assertEquals(oracle, violation.oracle(), violation.getMessage());
        assertTrue(violation.getMessage().contains(sentence), violation.getMessage());
    }
}
