package holdfast.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors V1 to V8 of `storage.md` §1.6.4, each profile with the result that the real kernel gave
/// (`fault-lab.md` §3) where it was measured. Page 0 holds A durably.
class ConformanceVectorsTest {

    @ParameterizedTest(name = "V1 {0}: {1}")
    @DisplayName("V1: a second sync says ok about bytes that are nowhere")
    @CsvSource(delimiter = '|', textBlock = """
            ext4-ordered      | EIO ok ok B A
            ext4-journal-6.1  | ok EIO ok B A
            ext4-journal-6.18 | EIO ok ok B A
            ext4-abort-6.18   | EIO EROFS EROFS B A
            xfs               | EIO ok ok B A
            xfs-old           | EIO ok ok A A
            btrfs-6.1         | EIO ok ok A A
            btrfs-6.18        | EIO ok ok B A
            keep-dirty        | EIO ok ok B B
            """)
    void retry(String profile, String expected) {
        check(profile, 1, "write 0 B; fail; sync; sync; sync; read 0; evict; read 0", expected);
    }

    /// `storage.md` has size 1 for btrfs, after CuttleFS; the kernel keeps the size in memory (§3.1, "6.1 ZERO").
    @ParameterizedTest(name = "V2 {0}: {1}")
    @DisplayName("V2: a failed append leaves a hole of zeros below the next one")
    @CsvSource(delimiter = '|', textBlock = """
            ext4-ordered      | EIO 2 ok 0 ok A 0 D
            ext4-journal-6.1  | ok 2 EIO 0 ok A 0 D
            ext4-journal-6.18 | EIO 2 ok S ok A S D
            xfs               | EIO 2 ok 0 ok A 0 D
            xfs-old           | EIO 2 ok 0 ok A 0 D
            btrfs-6.1         | EIO 2 ok 0 ok A 0 D
            btrfs-6.18        | EIO 2 ok 0 ok A 0 D
            keep-dirty        | EIO 2 ok C ok A C D
            """)
    void append(String profile, String expected) {
        String script = "write 1 C; fail; sync; size; sync; evict; read 1; write 2 D; sync; ";
        check(profile, 1, script + "read 0; read 1; read 2", expected);
        check(profile, 1, script + "cut none; read 0; read 1; read 2", expected);
    }

    @ParameterizedTest(name = "V3 {0}: {1}")
    @DisplayName("V3: one failed page of three is a hole with good data behind it")
    @CsvSource(delimiter = '|', textBlock = """
            ext4-ordered      | EIO ok B A B
            ext4-journal-6.1  | ok EIO B A B
            ext4-journal-6.18 | EIO ok B A B
            xfs               | EIO ok B A B
            xfs-old           | EIO ok B A B
            btrfs-6.1         | EIO ok A A A
            btrfs-6.18        | EIO ok A A A
            keep-dirty        | EIO ok B B B
            """)
    void hole(String profile, String expected) {
        String script = "write 0 B; write 1 B; write 2 B; fail 1; sync; sync; evict; read 0; read 1; read 2";
        check(profile, 3, script, expected);
    }

    @ParameterizedTest(name = "V4 {0}: {1}")
    @DisplayName("V4: writing the page again, from a good copy, makes it durable")
    @CsvSource(delimiter = '|', textBlock = """
            ext4-ordered      | EIO ok ok B
            ext4-journal-6.1  | ok EIO ok B
            ext4-journal-6.18 | EIO ok ok B
            xfs               | EIO ok ok B
            xfs-old           | EIO ok ok B
            btrfs-6.1         | EIO ok ok B
            btrfs-6.18        | EIO ok ok B
            keep-dirty        | EIO ok ok B
            """)
    void rewrite(String profile, String expected) {
        String script = "write 0 B; fail; sync; write 0 B; sync; write 0 B; sync; ";
        check(profile, 1, script + "evict; read 0", expected);
        check(profile, 1, script + "cut none; read 0", expected);
    }

    @ParameterizedTest(name = "V5 {0}: {1}")
    @DisplayName("V5: every descriptor that was open hears of it once")
    @CsvSource(delimiter = '|', textBlock = """
            ext4-ordered      | EIO EIO ok ok
            ext4-journal-6.1  | ok EIO EIO ok
            ext4-journal-6.18 | EIO EIO ok ok
            xfs               | EIO EIO ok ok
            xfs-old           | EIO EIO ok ok
            btrfs-6.1         | EIO EIO ok ok
            btrfs-6.18        | EIO EIO ok ok
            keep-dirty        | EIO EIO ok ok
            """)
    void twoDescriptors(String profile, String expected) {
        check(profile, 1, "open 2; write 0 B; fail; sync 1; sync 2; sync 1; sync 2", expected);
    }

    @ParameterizedTest(name = "V6 {0}: {1}")
    @DisplayName("V6: a later descriptor hears of it only while nobody has")
    @CsvSource(delimiter = '|', textBlock = """
            ext4-ordered      | EIO ok EIO
            ext4-journal-6.1  | EIO ok EIO
            ext4-journal-6.18 | EIO ok EIO
            xfs               | EIO ok EIO
            xfs-old           | EIO ok EIO
            btrfs-6.1         | EIO ok EIO
            btrfs-6.18        | EIO ok EIO
            keep-dirty        | EIO ok EIO
            """)
    void background(String profile, String expected) {
        check(profile, 1, "write 0 B; fail; write-back; open 2; sync 2; open 3; sync 3; sync 1", expected);
    }

    @ParameterizedTest(name = "V7 {0}: {1}")
    @DisplayName("V7: with the inode the record of the error leaves memory")
    @CsvSource(delimiter = '|', textBlock = """
            ext4-ordered      | ok A
            ext4-journal-6.1  | ok A
            ext4-journal-6.18 | ok A
            xfs               | ok A
            xfs-old           | ok A
            btrfs-6.1         | ok A
            btrfs-6.18        | ok A
            """)
    void evictedInode(String profile, String expected) {
        check(profile, 1, "write 0 B; fail; write-back; close 1; evict-inode; open 2; sync 2; read 0", expected);
    }

    @ParameterizedTest(name = "V8 {0}: {1}")
    @DisplayName("V8: one failed sector of a page")
    @CsvSource(delimiter = '|', textBlock = """
            ext4-ordered      | EIO BBBABBBB
            ext4-journal-6.1  | ok BBBABBBB
            ext4-journal-6.18 | EIO BBBABBBB
            xfs               | EIO BBBABBBB
            xfs-old           | EIO BBBABBBB
            btrfs-6.1         | EIO A
            btrfs-6.18        | EIO A
            keep-dirty        | EIO B
            """)
    void sector(String profile, String expected) {
        check(profile, 1, "write 0 B; fail 0 3; sync; evict; read 0", expected);
    }

    private static void check(String profile, int pages, String script, String expected) {
        assertEquals(expected, DiskScript.run(profile, pages, script), profile + ": " + script);
    }
}
