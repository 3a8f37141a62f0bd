package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @ParameterizedTest(name = "{0}")
    @DisplayName("bad input gets one line that says what is wrong, and exit 2")
    @CsvSource(delimiter = '|', textBlock = """
            frobnicate                                | no command 'frobnicate'
            help frobnicate                           | no command 'frobnicate'
            sim --seeds 5..1                          | smaller one first
            sim --seeds 1-5                           | expected a range like 1..500
            sim --seeds 1..                           | expected a range like 1..500
            sim --seeds 1..9999999999999999999        | expected a range like 1..500
            sim --seed                                | --seed needs a value
            sim --seed -7                             | expected a whole number
            sim --seed 1 --seed 2                     | given twice
            sim --seed 1 --seeds 1..2                 | --seed is one universe
            sim --nodes 4                             | expected 1, 3, 5, 7 or any
            sim --jobs 0                              | expected a whole number
            sim --twice=yes                           | takes no value
            sim --colour                              | no option '--colour'
            sim 17                                    | no use for '17'
            sim bench 17                              | no use for '17'
            sim --faults nonsense                     | nonsense
            sim --profile fat32                       | no such file system; there are any, ext4-ordered
            sim --plan x.plan --profile xfs           | leave --profile out
            mutants --profile fat32                   | no such file system
            sim --plan /nowhere/at.plan               | no such file
            sim --plan x.plan --seed 7                | leave --seed out
            sim --check-hashes /nowhere/hashes        | no such file
            replay                                    | needs SEED|PLANFILE
            replay 1 2                                | no use for '2'
            replay 12345678901234567890               | at most 18 digits
            replay /nowhere/at.plan                   | no such file
            replay x.plan --nodes 5                   | leave --nodes out
            replay 1 --until soon                     | expected a whole number
            replay 1 --until 5 --trace /nowhere/trace | no such file
            replay 1 --save-plan /nowhere/plan        | no such file
            replay 1 --history /nowhere/history       | no such file
            mutants --only M01 --patch x.patch        | give one of them
            mutants --patch /nowhere/x.patch          | no such file
            check                                     | ./holdfast check
            """)
    void refusals(String line, String sentence) {
        Spoken spoken = Spoken.by(line.split(" "));
        assertEquals(Main.BAD_INPUT, spoken.exit());
        assertEquals(1, spoken.err().size(), spoken.err().toString());
        assertTrue(spoken.err().getFirst().contains(sentence), spoken.err().getFirst());
        assertEquals(0, spoken.out().size());
    }

    @Test
    @DisplayName("a damaged plan is refused with its line")
    void damagedPlan(@TempDir Path folder) throws IOException {
        Path plan = Files.writeString(folder.resolve("bad.plan"), "this is\nno plan\n");
        Spoken spoken = Spoken.by("replay", plan.toString());
        assertEquals(Main.BAD_INPUT, spoken.exit());
        assertTrue(spoken.err().getFirst().contains("bad.plan, line "), spoken.err().getFirst());
    }

    @Test
    @DisplayName("a plan that is not text is refused")
    void binaryPlan(@TempDir Path folder) throws IOException {
        Path plan = Files.write(folder.resolve("binary.plan"), new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF});
        Spoken spoken = Spoken.by("sim", "--plan", plan.toString());
        assertEquals(Main.BAD_INPUT, spoken.exit());
        assertTrue(spoken.err().getFirst().contains("not text"), spoken.err().getFirst());
    }

    static boolean hasFullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }

    @Test
    @EnabledIf("hasFullDevice")
    @DisplayName("a full disk ends a trace with a sentence")
    void fullDisk() {
        Spoken spoken = Spoken.by("replay", "1", "--until", "500", "--trace", "/dev/full");
        assertEquals(Main.BAD_INPUT, spoken.exit());
        assertTrue(spoken.err().getFirst().contains("cannot write the trace /dev/full"), spoken.err().getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim", "replay", "mutants", "check", "sim bench", "help"})
    @DisplayName("the help names every option and shows an example")
    void help(String name) {
        Command command = Commands.named(name);
        String text = String.join("\n", Spoken.by(("help " + name).split(" ")).out());
        for (Option option : command.options()) {
            assertTrue(text.contains("\n  " + option.name() + " "), option.name() + " in\n" + text);
        }
        assertTrue(text.contains("  ./holdfast " + name), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 110), text);
    }

    @Test
    @DisplayName("help without a command lists all of them")
    void overview() {
        Spoken spoken = Spoken.by("help");
        assertEquals(Main.HOLDS, spoken.exit());
        String text = String.join("\n", spoken.out());
        Commands.all().forEach(command -> assertTrue(text.contains("./holdfast " + command.name()), command.name()));
    }
}
