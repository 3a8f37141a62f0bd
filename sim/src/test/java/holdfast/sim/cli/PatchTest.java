package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchTest {

    private static final String HEAD = "--- a/core/src/main/java/X.java\n+++ b/core/src/main/java/X.java\n";
    private static final List<String> ORIGINAL = List.of("a", "b", "c", "d", "e", "f", "g");

    private static Patch.Change change(String hunks) {
        Patch patch = Inputs.good(PatchParser.parse(HEAD + hunks));
        assertEquals(1, patch.changes().size());
        return patch.changes().getFirst();
    }

    private static List<String> applied(String hunks, List<String> original) {
        return Inputs.good(Patch.apply(change(hunks), original));
    }

    private static String refusal(String patch) {
        return Inputs.sentence(PatchParser.parse(patch));
    }

    @Test
    @DisplayName("a hunk replaces its lines and leaves the rest")
    void replaces() {
        assertEquals(List.of("a", "b", "C", "d", "e", "f", "g"), applied("@@ -2,3 +2,3 @@\n b\n-c\n+C\n d\n", ORIGINAL));
    }

    @Test
    @DisplayName("two hunks apply in order, and the shift of the first carries over to the second")
    void twoHunks() {
        String hunks = "@@ -1,2 +1,3 @@\n a\n+new\n b\n@@ -6,2 +7,1 @@ void method() {\n f\n-g\n";
        assertEquals(List.of("a", "new", "b", "c", "d", "e", "f"), applied(hunks, ORIGINAL));
    }

    @Test
    @DisplayName("the place may have moved, the context may not have changed")
    void drift() {
        List<String> moved = List.of("0", "0", "0", "a", "b", "c", "d");
        assertEquals(List.of("0", "0", "0", "a", "B", "c", "d"), applied("@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", moved));
        Input<List<String>> other = Patch.apply(change("@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"), List.of("a", "b", "x"));
        String sentence = Inputs.sentence(other);
        assertTrue(sentence.contains("hunk 1 of core/src/main/java/X.java (line 1) does not apply"), sentence);
    }

    @Test
    @DisplayName("of several matches the nearest is meant")
    void nearest() {
        List<String> twice = List.of("x", "y", "x", "y", "x", "y");
        assertEquals(List.of("x", "y", "x", "y", "x", "Y"), applied("@@ -5,2 +5,2 @@\n x\n-y\n+Y\n", twice));
        assertEquals(List.of("x", "y", "x", "Y", "x", "y"), applied("@@ -3,2 +3,2 @@\n x\n-y\n+Y\n", twice));
    }

    @Test
    @DisplayName("an insertion without context goes behind the line that it names")
    void insertion() {
        assertEquals(List.of("a", "b", "new", "c", "d", "e", "f", "g"), applied("@@ -2,0 +3 @@\n+new\n", ORIGINAL));
    }

    @Test
    @DisplayName("what git and editors add around a diff does no harm")
    void decorations() {
        String text = "id: X\nbreaks: --- nothing\n\ndiff --git a/x b/x\nindex 12..34 100644\n"
                + "--- a/core/src/main/java/X.java\t2026-01-01\n+++ b/core/src/main/java/X.java\t2026-01-01\n"
                + "@@ -1,3 +1,3 @@\n a\n\n-c\n+C\n\\ No newline at end of file\n";
        Patch.Change change = Inputs.good(PatchParser.parse(text)).changes().getFirst();
        assertEquals(new Input.Good<>(List.of("a", "", "C")), Patch.apply(change, List.of("a", "", "c")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--- a/sim/src/main/java/X.java\n+++ b/sim/src/main/java/X.java\n@@ -1 +1 @@\n-a\n+b\n",
        "--- a/core/src/main/java/../../../X.java\n+++ b/core/src/main/java/../../../X.java\n@@ -1 +1 @@\n-a\n+b\n",
        "--- /dev/null\n+++ b/core/src/main/java/X.java\n@@ -0,0 +1 @@\n+b\n",
        "--- a/core/src/main/java/X.java\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n"
    })
    @DisplayName("only existing sources of the core may be changed")
    void coreOnly(String patch) {
        assertTrue(refusal(patch).contains("existing files below core/src/main/java/"), refusal(patch));
    }

    @Test
    @DisplayName("what the simulator does not run is not changed")
    void noServer() {
        String name = "core/src/main/java/holdfast/server/X.java";
        String sentence = refusal("--- a/" + name + "\n+++ b/" + name + "\n@@ -1 +1 @@\n-a\n+b\n");
        assertTrue(sentence.contains("the simulator does not run"), sentence);
    }

    @Test
    @DisplayName("a broken diff is refused with the line")
    void broken() {
        assertTrue(refusal("nothing\n").contains("holds no change"));
        assertTrue(refusal(HEAD).contains("no hunk"));
        assertTrue(refusal("@@ -1 +1 @@\n-a\n+b\n").startsWith("line 1: a hunk without"));
        assertTrue(refusal(HEAD + "@@ -1,3 +1,3 @@\n a\n-b\n+c\n").startsWith("line 7: the hunk does not have"));
        assertTrue(refusal(HEAD + "@@ -1,1 +1,1 @@\n-a\n?b\n").startsWith("line 5: the hunk does not have"));
        assertTrue(refusal(HEAD + "@@ here @@\n").startsWith("line 3: expected '@@"));
    }
}
