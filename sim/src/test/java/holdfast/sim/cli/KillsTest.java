package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillsTest {

    private static final String DIFF =
            "--- a/core/src/main/java/A.java\n+++ b/core/src/main/java/A.java\n@@ -1 +1 @@\n-class A {}\n+class A { }\n";

    private static Mutant mutant(String id) {
        return Inputs.good(Mutant.parse(id, DIFF)).getFirst();
    }

    @Test
    @DisplayName("what is written is read again, in the order of the ids")
    void roundTrip(@TempDir Path root) throws IOException {
        Files.createDirectory(root.resolve("mutants"));
        Kills kills = new Kills(Map.of(
                "M49/ext4-journal-6.18", new Kills.Kill(1, "durability-ledger"), "D02", new Kills.Kill(67, "bound-disks")));
        kills.write(root);

        assertEquals(kills, Inputs.good(Kills.read(root)));
        List<String> rows = Files.readAllLines(root.resolve("mutants/kills.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertEquals(
                List.of("D02                     67  bound-disks", "M49/ext4-journal-6.18       1  durability-ledger"), rows);
    }

    @Test
    @DisplayName("a row that says nothing is refused by name")
    void nonsense(@TempDir Path root) throws IOException {
        Files.createDirectory(root.resolve("mutants"));
        Files.writeString(root.resolve("mutants/kills.txt"), "# a comment\n\nM01 none durability-ledger\n");
        assertTrue(Inputs.sentence(Kills.read(root)).startsWith("mutants/kills.txt: 'M01 none durability-ledger' is no row"));
    }

    @Test
    @DisplayName("of what must survive a sample is tried, and one in ten as long as ever; a bug is never sampled")
    void sample() {
        List<Long> seeds = IntStream.range(0, 1000)
                .mapToObj(i -> Kills.sampled(mutantThatMustSurvive("E" + i), "a").seeds()).toList();
        assertEquals(List.of(25L, 200L), seeds.stream().distinct().sorted().toList());
        long whole = seeds.stream().filter(count -> count == 200).count();
        assertTrue(whole > 60 && whole < 140, whole + " of 1000");
        assertEquals(1_000, Kills.sampled(mutant("M1"), "a").seeds());
    }

    private static Mutant mutantThatMustSurvive(String id) {
        return Inputs.good(Mutant.parse(id, "equivalent: yes\n\n" + DIFF)).getFirst();
    }

    @Test
    @DisplayName("about one mutant in ten is hunted, another tenth after each commit, and one without a row always")
    void draw() {
        TreeMap<String, Kills.Kill> rows = new TreeMap<>();
        IntStream.range(0, 1000).forEach(i -> rows.put("M" + i, new Kills.Kill(i + 1, "oracle")));
        Kills kills = new Kills(rows);
        for (String commit : List.of("a", "b")) {
            List<String> hunted = rows.keySet().stream()
                    .filter(id -> kills.toReplay(mutant(id), commit) == null)
                    .toList();
            assertTrue(hunted.size() > 60 && hunted.size() < 140, commit + ": " + hunted.size());
        }
        assertTrue(rows.keySet().stream().anyMatch(id ->
                (kills.toReplay(mutant(id), "a") == null) != (kills.toReplay(mutant(id), "b") == null)));
        assertNull(kills.toReplay(mutant("X99"), "a"));
        assertNull(new Kills(Map.of()).toReplay(mutant("M1"), "a"));
    }
}
