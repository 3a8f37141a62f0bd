package holdfast.sim.check.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Check;
import holdfast.sim.cli.Main;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A verdict is a function of the history and the budget: not of the JVM's identity hashes, collector, headers or
/// compiler.
@Tag("slow")
class SameEverywhereTest {

    private static final List<String> USUAL = List.of("-XX:+UseSerialGC");
    private static final List<String> OTHER = List.of(
            "-XX:+UseParallelGC", "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=0", "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1");

    /// What the command says of our recorded histories, without how long it took.
    private static String verdicts(List<String> flags) throws Exception {
        List<String> words = new ArrayList<>(List.of("--json"));
        for (RecordedHistories.Recorded recorded : RecordedHistories.table(RecordedHistories.own())) {
            words.add(recorded.file().toString());
        }
        return check(flags, words);
    }

    private static String page(List<String> flags, Path folder) throws Exception {
        Path page = folder.resolve("page.html");
        check(flags, List.of("--html", page.toString(), RecordedHistories.guide().toString()));
        return Files.readString(page);
    }

    private static String check(List<String> flags, List<String> words) throws Exception {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(flags);
        line.addAll(List.of("-cp", place(Check.class) + File.pathSeparator + place(Main.class), Main.class.getName()));
        line.addAll(List.of("history", "check"));
        line.addAll(words);
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), said);
        return said.replaceAll("\"ms\":[0-9]+", "\"ms\":0");
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    @Test
    @DisplayName("two differently set JVMs say and draw the same, byte by byte")
    void same(@TempDir Path folder) throws Exception {
        String usual = verdicts(USUAL);
        assertTrue(usual.contains("\"reason\""), usual);
        assertEquals(usual, verdicts(OTHER));
        assertEquals(page(USUAL, folder), page(OTHER, folder));
    }
}
