package holdfast.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {

    @TempDir
    Path folder;

    private static String run(int exit, String... words) throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertEquals(exit, TortureMain.run(List.of(words), both, both));
        return said.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    @DisplayName("kinds of faults go by their names")
    void harms() {
        assertEquals(EnumSet.allOf(Options.Harm.class), Options.harms("all"));
        assertEquals(Set.of(), Options.harms("none"));
        assertEquals(Set.of(Options.Harm.KILL, Options.Harm.DISK), Options.harms("kill,disk"));
        assertNull(Options.harms("kill,fire"));
    }

    @Test
    @DisplayName("bad input is refused in one sentence")
    void refusals() throws InterruptedException {
        assertEquals(
                "holdfast: --faults is all, none, or some of kill,pause,partition,disk",
                run(2, "torture", "--faults", "fire"));
        assertEquals("holdfast: --minutes needs a value", run(2, "torture", "--minutes"));
        assertEquals(
                "holdfast: --minutes is a whole number from 1 to 10000, not 'ten'",
                run(2, "torture", "--minutes", "ten"));
        assertEquals("holdfast: a cluster has 1, 3, 5 or 7 voters, not 4", run(2, "torture", "--nodes", "4"));
        assertEquals(
                "holdfast: torture has no option '--fast'; './holdfast help torture' lists its options",
                run(2, "torture", "--fast", "yes"));
        assertEquals("holdfast: history is used as in ./holdfast history check FILE", run(2, "history"));
        assertEquals("holdfast: the file /none cannot be read", run(2, "history", "check", "/none"));
    }

    @Test
    @DisplayName("a saved history is judged apart, by the same checker")
    void histories() throws IOException, InterruptedException {
        String good = """
                holdfast-history 1
                invoke 0 client 1 create s
                answer 0 created incarnation 0
                invoke 1 client 1 append s records a
                answer 1 appended first 0 next 1
                invoke 2 client 2 read s from 0 max 10
                answer 2 records from 0 tail 1 records a
                """;
        Path file = folder.resolve("history.txt");
        Files.writeString(file, good);
        assertEquals("3 operations: linearizable", run(0, "history", "check", file.toString()));

        Files.writeString(file, good.replace("tail 1 records a", "tail 0 records"));
        assertEquals(
                "3 operations: REFUTED", run(1, "history", "check", file.toString()).split(": op")[0]);

        Files.writeString(file, good.replace("answer 1 appended", "answer 1 append"));
        assertEquals(file + ":5", run(2, "history", "check", file.toString()).split(": ")[1]);
    }
}
