package holdfast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckTest {

    @Test
    @DisplayName("what holds is not spoken of")
    void holds() {
        Check.that(true, "never printed");
        Check.that(true, "never printed", 1, 2);
    }

    @Test
    @DisplayName("a broken invariant names itself, and the numbers that disagree")
    void broken() {
        assertEquals("entries follow each other", assertThrows(
                Check.InvariantBroken.class, () -> Check.that(false, "entries follow each other")).getMessage());
        assertEquals("entries follow each other (7, 5)", assertThrows(
                Check.InvariantBroken.class, () -> Check.that(false, "entries follow each other", 7, 5)).getMessage());
    }
}
