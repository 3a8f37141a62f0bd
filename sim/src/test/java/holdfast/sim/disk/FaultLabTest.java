package holdfast.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The measurements of `fault-lab.md` §3 against the model, row by row. A is the old content, B the new, 0 zeros,
/// S what was on the platter before, EOF nothing.
class FaultLabTest {

    @ParameterizedTest(name = "{0}: {2}")
    @DisplayName("§3.5: a restarted process reads what no disk has, and its own sync says ok")
    @CsvSource(delimiter = '|', textBlock = """
            ext4-ordered      | overwrite | EIO B ok 1 A
            xfs               | overwrite | EIO B ok 1 A
            btrfs-6.18        | overwrite | EIO B ok 1 A
            ext4-journal-6.18 | overwrite | EIO B ok 1 A
            btrfs-6.1         | overwrite | EIO A ok 0 A
            xfs-old           | overwrite | EIO A ok 0 A
            keep-dirty        | overwrite | EIO B ok 0 B
            ext4-ordered      | reserved  | EIO B ok 1 0
            xfs               | reserved  | EIO B ok 1 0
            ext4-ordered      | append    | EIO B ok 1 0
            xfs               | append    | EIO B ok 1 EOF
            btrfs-6.18        | append    | EIO B ok 1 EOF
            """)
    void restartTrap(String profile, String kind, String expected) {
        String page = kind.equals("overwrite") ? "0" : "1";
        check(profile, kind, "fail; sync; restart; read P; sync; phantoms; cut none; read P", page, expected);
    }

    @Test
    @DisplayName("§3.5: the way out is to write the bytes again, not to sync again")
    void restartAndRewrite() {
        String script = "write 0 B; fail; sync; restart; read 0; write 0 B; sync; cut none; read 0";
        assertEquals("EIO B ok B", DiskScript.run("ext4-ordered", 1, script));
    }

    /// To jbd2 of 6.1 the page is dirty after the late failure; nothing ever writes it, so the model calls it
    /// clean. "Reserved" is a zero-filled file: the model has no unwritten extents.
    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("§3.1: only the data block write fails")
    @CsvSource(delimiter = '|', textBlock = """
            # fs              | kind      | 1st | page  | read | 2nd   | other fd    | later fd | dropped | remount | usable
            ext4-ordered      | overwrite | EIO | clean | B    | ok    | EIO ok      | ok       | A       | A       | ok
            ext4-ordered      | reserved  | EIO | clean | B    | ok    | EIO ok      | ok       | 0       | 0       | ok
            ext4-ordered      | append    | EIO | clean | B    | ok    | EIO ok      | ok       | 0       | 0       | ok
            xfs               | overwrite | EIO | clean | B    | ok    | EIO ok      | ok       | A       | A       | ok
            xfs               | reserved  | EIO | clean | B    | ok    | EIO ok      | ok       | 0       | 0       | ok
            xfs               | append    | EIO | clean | B    | ok    | EIO ok      | ok       | 0       | EOF     | ok
            btrfs-6.18        | overwrite | EIO | clean | B    | ok    | EIO ok      | ok       | A       | A       | ok
            btrfs-6.1         | overwrite | EIO | gone  | A    | ok    | EIO ok      | ok       | A       | A       | ok
            btrfs-6.18        | append    | EIO | clean | B    | ok    | EIO ok      | ok       | 0       | EOF     | ok
            btrfs-6.1         | append    | EIO | gone  | 0    | ok    | EIO ok      | ok       | 0       | EOF     | ok
            ext4-journal-6.1  | overwrite | ok  | clean | B    | EIO   | EIO ok      | ok       | A       | A       | ok
            ext4-journal-6.1  | append    | ok  | clean | B    | EIO   | EIO ok      | ok       | 0       | 0       | ok
            ext4-journal-6.18 | overwrite | EIO | clean | B    | ok    | EIO ok      | ok       | A       | A       | ok
            ext4-journal-6.18 | append    | EIO | clean | B    | ok    | EIO ok      | ok       | S       | S       | ok
            ext4-abort-6.18   | overwrite | EIO | clean | B    | EROFS | EROFS EROFS | EROFS    | A       | A       | EROFS
            ext4-abort-6.18   | reserved  | EIO | clean | B    | EROFS | EROFS EROFS | EROFS    | 0       | 0       | EROFS
            ext4-abort-6.18   | append    | EIO | clean | B    | EROFS | EROFS EROFS | EROFS    | 0       | EOF     | EROFS
            """)
    void dataWriteFails(
            String profile, String kind, String first, String state, String read, String second, String other,
            String later, String dropped, String remounted, String usable) {
        String page = kind.equals("overwrite") ? "0" : "1";
        check(profile, kind, "open 2; fail; sync", page, first);
        String failed = "open 2; fail; quiet-sync; ";
        check(profile, kind, failed + "state P", page, state);
        check(profile, kind, failed + "read P; state P", page, read + " " + (state.equals("gone") ? "clean" : state));
        check(profile, kind, failed + "sync", page, second);
        check(profile, kind, failed + "quiet-sync; sync 2; sync 2; open 3; sync 3", page, other + " " + later);
        check(profile, kind, failed + "evict; read P", page, dropped);
        check(profile, kind, failed + "remount; read P", page, remounted);
        check(profile, kind, failed + "quiet-sync; create g", page, usable);
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("§3.2: every device write fails")
    @CsvSource(delimiter = '|', textBlock = """
            # fs              | kind      | 1st   | 2nd   | other fd | healed | read | new file | after remount
            ext4-ordered      | overwrite | EIO   | EIO   | EIO      | ok     | B    | EROFS    | A
            ext4-ordered      | reserved  | EIO   | EIO   | EIO      | ok     | B    | EROFS    | 0
            ext4-ordered      | append    | EIO   | EIO   | EIO      | ok     | B    | EROFS    | EOF
            ext4-journal-6.1  | overwrite | EIO   | ok    | ok       | ok     | B    | EROFS    | A
            ext4-journal-6.1  | append    | EIO   | ok    | ok       | ok     | B    | EROFS    | EOF
            ext4-journal-6.18 | overwrite | EROFS | EROFS | EROFS    | EROFS  | B    | EROFS    | A
            ext4-journal-6.18 | append    | EROFS | EROFS | EROFS    | EROFS  | B    | EROFS    | EOF
            xfs               | overwrite | EIO   | EIO   | EIO      | EIO    | EIO  | EIO      | A
            xfs               | reserved  | EIO   | EIO   | EIO      | EIO    | EIO  | EIO      | 0
            xfs               | append    | EIO   | EIO   | EIO      | EIO    | EIO  | EIO      | EOF
            btrfs-6.18        | overwrite | EIO   | EIO   | EROFS    | EROFS  | B    | EROFS    | A
            btrfs-6.18        | append    | EIO   | EIO   | EROFS    | EROFS  | B    | EROFS    | EOF
            btrfs-6.1         | overwrite | EIO   | EIO   | EROFS    | EROFS  | A    | EROFS    | A
            btrfs-6.1         | append    | EIO   | EIO   | EROFS    | EROFS  | 0    | EROFS    | EOF
            """)
    void everyWriteFails(
            String profile, String kind, String first, String second, String other, String healed, String read,
            String newFile, String remounted) {
        String page = kind.equals("overwrite") ? "0" : "1";
        check(profile, kind, "open 2; bad device-writes; sync; sync; sync 2", page, first + " " + second + " " + other);
        String failed = "bad device-writes; quiet-sync; heal; ";
        check(profile, kind, failed + "sync; read P; create g", page, healed + " " + read + " " + newFile);
        check(profile, kind, failed + "quiet-sync; remount; read P", page, remounted);
    }

    @Test
    @DisplayName("§3.2: after btrfs turned read-only, a sync of an unmodified file says ok")
    void unmodifiedFile() {
        String script = "open 2 g; bad device-writes; write 0 B; sync 1; sync 1; sync 2; heal; sync 2";
        assertEquals("EIO EIO ok EROFS", DiskScript.run("btrfs-6.18", 1, script));
    }

    @Test
    @DisplayName("§3.2: once the device refuses everything, dirty pages of other files do not reach it either")
    void otherFiles() {
        assertEquals("EIO A", DiskScript.run("xfs", 1, "open 2 g; write 0 B; bad device-writes; sync 2; cut all; read 0"));
    }

    @Test
    @DisplayName("`storage.md` §1.6.3: a late report comes before anything is written")
    void lateReport() {
        String script = "write 0 B; fail; sync; write 0 C; sync; sync; cut none; read 0";
        assertEquals("ok EIO ok C", DiskScript.run("ext4-journal-6.1", 1, script));
        String once = "write 0 B; fail; sync; write 0 C; sync; cut none; read 0";
        assertEquals("ok EIO A", DiskScript.run("ext4-journal-6.1", 1, once));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("§3.3: only the flush, or only one journal write, fails")
    @CsvSource(delimiter = '|', textBlock = """
            # fs              | 1st   | later syncs, write, create        | read
            ext4-ordered      | EIO   | EROFS EROFS write:EROFS EROFS     | B
            ext4-journal-6.18 | EROFS | EROFS EROFS write:EROFS EROFS     | B
            xfs               | EIO   | EIO EIO write:EIO EIO             | EIO
            btrfs-6.18        | EIO   | EROFS EROFS write:EROFS EROFS     | B
            """)
    void commitFails(String profile, String first, String later, String read) {
        for (String fault : new String[] {"flush", "journal"}) {
            String script = "write 0 B; arm " + fault + "; sync; sync; sync-dir; write 0 C; create g; read 0";
            assertEquals(first + " " + later + " " + read, DiskScript.run(profile, 1, script), profile + ", " + fault);
        }
        String directory = "arm directory-sync; sync-dir; sync-dir; sync; write 0 C; create g";
        assertEquals(first + " " + later, DiskScript.run(profile, 1, directory), profile + ", directory");
    }

    @Test
    @DisplayName("§3.3: data that was transferred before a failed flush may be there after the restart, or not")
    void unflushedData() {
        assertEquals("EIO A", DiskScript.run("ext4-ordered", 1, "write 0 B; arm flush; sync; cut none; read 0"));
        assertEquals("EIO B", DiskScript.run("ext4-ordered", 1, "write 0 B; arm flush; sync; cut all; read 0"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @DisplayName("§3.4: who is told")
    @CsvSource(delimiter = '|', textBlock = """
            background, writer's fd       | write 0 B; fail; write-back; sync; sync                                   | EIO ok
            a second fd that was open     | open 2; write 0 B; fail; write-back; sync 2; sync 2; sync 1               | EIO ok EIO
            fd opened after all saw it    | write 0 B; fail; sync; open 2; sync 2                                     | EIO ok
            fd opened while unseen        | write 0 B; fail; write-back; open 2; sync 2; sync 1                       | EIO EIO
            closed, reopened while cached | write 0 B; close 1; fail; write-back; open 2; sync 2; sync 2              | EIO ok
            closed, inode evicted         | write 0 B; close 1; fail; write-back; evict-inode; open 2; sync 2; read 0 | ok A
            rewrite after EIO             | write 0 B; fail; sync; write 0 B; sync; cut none; read 0                  | EIO ok B
            device lies                   | write 0 B; bad lying-drive; sync; read 0; evict; read 0; cut none; read 0 | ok B A A
            device lies about append      | write 1 B; bad lying-drive; sync; read 1; cut all; read 1                 | ok B EOF
            latent bad sector             | latent 9; read 0; read 1; read 2                                          | A EIO A
            a full rewrite heals it       | latent 9; write 1 B; sync; evict; read 1                                  | ok B
            several errors are one        | write 0 B; fail; write-back; write 0 B; fail; write-back; sync; sync      | EIO ok
            """)
    void whoIsTold(String situation, String script, String expected) {
        for (String profile : new String[] {"ext4-ordered", "xfs", "btrfs-6.18"}) {
            boolean checksum = situation.equals("device lies") && profile.startsWith("btrfs");
            String wanted = checksum ? "ok B EIO EIO" : expected;
            String full = situation.equals("device lies about append") ? "zero 1; quiet-sync; " + script : script;
            assertEquals(wanted, DiskScript.run(profile, 3, full), profile + ", " + situation + ": " + full);
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("§4: a full disk during write-back says ENOSPC once")
    @CsvSource(delimiter = '|', textBlock = """
            ext4-ordered | ENOSPC ok B 0
            xfs          | ENOSPC ok B 0
            """)
    void noSpace(String profile, String expected) {
        String script = "write 1 B; arm write-back-no-space; sync; sync; read 1; evict; read 1";
        assertEquals(expected, DiskScript.run(profile, 1, script));
    }

    @Test
    @DisplayName("bit rot shows as other bytes, or as EIO where there are checksums")
    void rot() {
        assertEquals("?AAAAAAA", DiskScript.run("xfs", 1, "rot 0; read 0"));
        assertEquals("EIO", DiskScript.run("btrfs-6.18", 1, "rot 0; read 0"));
    }

    /// The page that the row is about stands as P. The write comes first, descriptors and faults after it.
    private static void check(String profile, String kind, String script, String page, String expected) {
        String prepare = switch (kind) {
            case "overwrite", "append" -> "";
            case "reserved" -> "zero 2; quiet-sync; ";
            default -> throw new IllegalArgumentException(kind);
        };
        String full = prepare + "write " + page + " B; " + script.replace("P", page);
        assertEquals(expected, DiskScript.run(profile, 1, full), profile + " " + kind + ": " + full);
    }
}
