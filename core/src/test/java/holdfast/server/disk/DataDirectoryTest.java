package holdfast.server.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path folder;

    private DataDirectory open(Path path) {
        return assertInstanceOf(DataDirectory.Opened.Usable.class, DataDirectory.make(path)).directory();
    }

    private String refusal(Path path) {
        return assertInstanceOf(DataDirectory.Opened.Refused.class, DataDirectory.open(path)).sentence();
    }

    @Test
    @DisplayName("a missing folder is made with its parents, if that is what was asked for")
    void made() throws IOException {
        Path deep = folder.resolve("a/b/c");
        assertEquals(2, assertInstanceOf(DataDirectory.Opened.Refused.class, DataDirectory.open(deep)).exit());
        assertFalse(Files.exists(folder.resolve("a")));

        try (DataDirectory directory = open(deep)) {
            assertTrue(Files.isDirectory(directory.path()));
        }
    }

    @Test
    @DisplayName("a second process is kept out and told who is in")
    void locked() throws IOException {
        try (DataDirectory _ = open(folder)) {
            String sentence = refusal(folder);

            assertEquals("the data directory " + folder + " is in use by another process (pid "
                    + ProcessHandle.current().pid() + ")", sentence);
        }
        open(folder).close();
    }

    /// Whether this process has a lock on the file, by what the kernel says (proc_locks(5)).
    private boolean isLocked() throws IOException {
        String inode = ":" + Files.getAttribute(folder.resolve("LOCK"), "unix:ino") + " ";
        return Files.readString(Path.of("/proc/locks")).contains(inode);
    }

    @Test
    @DisplayName("a second opening in the same process is refused, by whatever name, and does not let the lock go")
    void lockedOnce() throws Exception {
        try (DataDirectory _ = open(folder)) {
            assertTrue(isLocked());
            refusal(folder.resolve("."));
            assertTrue(isLocked(), "still locked");
        }
        assertFalse(isLocked());
    }

    @Test
    @DisplayName("a file in the place of the folder is refused in one sentence")
    void notAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertTrue(refusal(file).startsWith("the data directory " + file + " cannot be used: "), refusal(file));
    }
}
