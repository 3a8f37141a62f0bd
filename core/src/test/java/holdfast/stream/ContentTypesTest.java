package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ContentTypesTest {

    @Test
    @DisplayName("type and subtype are the same in any case, whatever their parameters and the blanks around them")
    void same() {
        assertTrue(ContentTypes.same("text/plain", "TEXT/Plain"));
        assertTrue(ContentTypes.same("text/plain", " text/plain\t; charset=utf-8"));
        assertTrue(ContentTypes.same("", ""));
        assertFalse(ContentTypes.same("text/plain", "text/html"));
        assertFalse(ContentTypes.same("text/plain", "text /plain"));
    }

    @Test
    @DisplayName("no table of Unicode has a say: other letters have no case, and other blanks are none")
    void asciiOnly() {
        assertFalse(ContentTypes.same("text/\u212A", "text/k"), "the Kelvin sign");
        assertFalse(ContentTypes.same("text/\u00C4", "text/\u00E4"));
        assertFalse(ContentTypes.same("text/\u1C89", "text/\u1C8A"), "a pair since Unicode 16, so since JDK 24");
        assertFalse(ContentTypes.same("text/plain\u2003", "text/plain"), "an em space");
        assertFalse(ContentTypes.same("\ntext/plain", "text/plain"));
    }
}
