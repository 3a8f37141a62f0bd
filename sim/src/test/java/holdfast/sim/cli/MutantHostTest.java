package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantHostTest {

    /// Ends a host that hangs; no test waits for it.
    private static final long SECONDS_MAX = 600;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("commands run one after the other in one JVM, each says what it says alone")
    void commands() throws Exception {
        Path output = folder.resolve("output");
        try (MutantHost host = new MutantHost()) {
            assertEquals(Main.HOLDS, host.run(folder, output, List.of("sim", "--seeds", "1..1", "--jobs", "1"), SECONDS_MAX));
            assertEquals("1 passed, 0 failed", Files.readAllLines(output).getLast());
            assertTrue(host.isUsed());

            assertEquals(Main.BAD_INPUT, host.run(folder, output, List.of("sim", "--seeds", "none"), SECONDS_MAX));
            assertTrue(Files.readString(output).startsWith("holdfast: --seeds"), Files.readString(output));
        }
    }

    @Test
    @DisplayName("a JVM that has ended and one that does not answer in time are told apart")
    void ends() throws Exception {
        Path output = folder.resolve("output");
        try (MutantHost host = new MutantHost()) {
            assertEquals(MutantHost.SILENT, host.run(folder, output, List.of("sim", "--minutes", "9"), 1));
        }
        try (MutantHost host = new MutantHost()) {
            assertEquals(MutantHost.GONE, host.run(folder.resolve("a\nb"), output, List.of("help"), SECONDS_MAX));
        }
    }
}
