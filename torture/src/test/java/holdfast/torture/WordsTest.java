package holdfast.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static String run(int exit, String... words) throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertEquals(exit, TortureMain.run(List.of(words), both, both));
        return said.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    @DisplayName("kinds of faults go by their names")
    void harms() {
        assertEquals(EnumSet.allOf(Options.Harm.class), Options.harms("all", true));
        assertEquals(EnumSet.complementOf(EnumSet.of(Options.Harm.POWER, Options.Harm.FULL)), Options.harms("all", false));
        assertEquals(Set.of(), Options.harms("none", true));
        assertEquals(Set.of(Options.Harm.KILL, Options.Harm.DISK), Options.harms("kill,disk", false));
        assertNull(Options.harms("kill,fire", true));
    }

    @Test
    @DisplayName("bad input is refused in one sentence")
    void refusals() throws InterruptedException {
        assertEquals(
                "holdfast: --faults is all, none, or some of kill,pause,partition,disk,away,links,strangers,power,full",
                run(2, "torture", "--faults", "fire"));
        assertEquals(
                "holdfast: --faults power needs --disks: a disk that others use is left alone",
                run(2, "torture", "--faults", "kill,power"));
        assertEquals(
                "holdfast: --faults full needs --disks: a disk that others use is left alone",
                run(2, "torture", "--faults", "full"));
        assertEquals("holdfast: --disks is ext4, xfs or btrfs, not 'ntfs'", run(2, "torture", "--disks", "ntfs"));
        assertEquals(
                "holdfast: --append-bytes is at least 262144, not 4096", run(2, "torture", "--append-bytes", "4096"));
        assertEquals("holdfast: --minutes needs a value", run(2, "torture", "--minutes"));
        assertEquals(
                "holdfast: --minutes is a whole number from 1 to 10000, not 'ten'",
                run(2, "torture", "--minutes", "ten"));
        assertEquals("holdfast: a cluster has 1, 3, 5 or 7 voters, not 4", run(2, "torture", "--nodes", "4"));
        assertEquals(
                "holdfast: torture has no option '--fast'; './holdfast help torture' lists its options",
                run(2, "torture", "--fast", "yes"));
    }

    @Test
    @DisplayName("help names every option, however it is asked for")
    void help() throws InterruptedException {
        String page = run(0, "help", "torture");
        for (String option : TortureMain.NAMES) {
            assertTrue(page.contains(option + " "), option + " in\n" + page);
        }
        assertTrue(page.contains("  ./holdfast torture --minutes 10"), page);
        assertEquals(page, run(0, "torture", "--help"));
        assertEquals(page, run(0, "torture", "help"));
        assertEquals(page, run(0, "torture", "--seconds", "5", "-h"));
    }
}
