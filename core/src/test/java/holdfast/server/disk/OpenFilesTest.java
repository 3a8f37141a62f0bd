package holdfast.server.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {

    private static final int SEGMENTS = 5 * OpenFiles.CLEAN_MAX;

    @TempDir
    Path folder;

    private OpenFiles files;

    @BeforeEach
    void open() throws IOException {
        files = new OpenFiles(folder);
    }

    @AfterEach
    void close() {
        files.closeAll();
    }

    private static String segment(int number) {
        return "wal-" + number;
    }

    @Test
    @DisplayName("however many files a store has, few are open, and those in use stay open")
    void bounded() throws IOException {
        FileChannel busy = null;
        for (int i = 0; i < SEGMENTS; i++) {
            files.created(segment(i));
            files.synced(segment(i));
            busy = files.existing(segment(0));
        }
        for (int i = 1; i < SEGMENTS; i++) {
            assertEquals(0, files.existing(segment(i)).size());
            assertSame(busy, files.existing(segment(0)));
        }
        assertEquals(OpenFiles.CLEAN_MAX, files.count());
    }

    @Test
    @DisplayName("what was written stays open until it is synced, under whatever name")
    void written() throws IOException {
        FileChannel written = files.created("a.tmp");
        files.rename("a.tmp", "a");
        for (int i = 0; i < SEGMENTS; i++) {
            files.created(segment(i));
            files.synced(segment(i));
        }
        assertSame(written, files.existing("a"));
        assertSame(written, files.created("a"));
        files.synced("a");
        for (int i = 0; i < SEGMENTS; i++) {
            files.existing(segment(i));
        }
        assertFalse(written.isOpen());
        assertTrue(files.created("a").isOpen());
    }

    @Test
    @DisplayName("a deleted file is closed, and so is one whose name is taken by another")
    void gone() throws IOException {
        FileChannel deleted = files.created("a");
        files.delete("a");
        FileChannel replaced = files.created("b");
        FileChannel successor = files.created("b.tmp");
        files.rename("b.tmp", "b");
        assertFalse(deleted.isOpen());
        assertFalse(replaced.isOpen());
        assertSame(successor, files.existing("b"));
        assertEquals(1, files.count());
    }
}
