package holdfast.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.env.DiskResult;
import holdfast.sim.kernel.Entropy;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What oracles see: the medium and durable names, whatever the software was told.
class MediumViewTest {

    private final SimFileSystem fs = new SimFileSystem(1, FsProfiles.EXT4_ORDERED, new Entropy(1));
    private final MediumView medium = new MediumView(() -> fs);
    private final OpenFile file = fs.openOrCreate("wal-1");

    static List<Named<FsProfile>> profiles() {
        return FsProfiles.all().stream().map(profile -> Named.of(profile.name(), profile)).toList();
    }

    private void write(int page, char letter) {
        assertEquals(DiskResult.DONE, fs.write(file, (long) page * Page.SIZE, DiskScript.page(letter)));
    }

    private String seen(int page) {
        return DiskScript.letters(medium.read("wal-1", (long) page * Page.SIZE, Page.SIZE));
    }

    @Test
    @DisplayName("bytes appear with the sync of the file, names with the sync of the directory")
    void durableOnly() {
        write(0, 'A');
        assertEquals(List.of(), medium.names());
        assertEquals(DiskResult.DONE, fs.syncDirectory());
        assertEquals(List.of("wal-1"), medium.names());
        assertEquals(0, medium.size("wal-1"));
        assertEquals(DiskResult.DONE, fs.sync(file));
        assertEquals(Page.SIZE, medium.size("wal-1"));
        assertEquals("A", seen(0));
        assertFalse(medium.exists("wal-2"));
        assertEquals(Bytes.EMPTY, medium.read("wal-2", 0, 1));
    }

    @Test
    @DisplayName("what was only written back does not count")
    void writtenBackOnly() {
        write(0, 'A');
        fs.sync(file);
        fs.syncDirectory();
        write(0, 'B');
        fs.writeBack(file.inode, page -> true);
        assertEquals("A", seen(0));
        fs.sync(file);
        assertEquals("B", seen(0));
    }

    @Test
    @DisplayName("a renamed or deleted file keeps its durable name until the directory is synced")
    void renamed() {
        write(0, 'A');
        fs.sync(file);
        fs.syncDirectory();
        long changes = medium.nameChanges();
        fs.rename("wal-1", "wal-2");
        assertEquals(List.of("wal-1"), medium.names());
        assertEquals("A", seen(0));
        fs.syncDirectory();
        assertEquals(List.of("wal-2"), medium.names());
        fs.delete("wal-2");
        assertEquals(List.of("wal-2"), medium.names());
        fs.syncDirectory();
        assertEquals(List.of(), medium.names());
        assertTrue(medium.nameChanges() > changes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    @DisplayName("after a failed sync it shows what a cut leaves, and so it does after the second sync that says ok")
    void failedSync(FsProfile profile) {
        for (int seed = 0; seed < 20; seed++) {
            SimFileSystem disk = new SimFileSystem(1, profile, new Entropy(seed));
            MediumView view = new MediumView(() -> disk);
            OpenFile open = disk.openOrCreate("wal-1");
            disk.write(open, 0, DiskScript.page('A'));
            disk.sync(open);
            disk.syncDirectory();
            disk.write(open, 0, DiskScript.page('B'));
            disk.faults().arm(DiskFault.once(FaultKind.WRITE_BACK, FileRole.WAL), 1);
            disk.sync(open);
            assertEquals(1, disk.ledger().failedSyncs());
            assertEquals("A", DiskScript.letters(view.read("wal-1", 0, Page.SIZE)));
            disk.sync(open);
            String now = DiskScript.letters(view.read("wal-1", 0, Page.SIZE));
            SimFileSystem after = PowerCut.of(disk, seed, PowerCutKeep.NONE);
            MediumView left = new MediumView(() -> after);
            assertEquals(DiskScript.letters(left.read("wal-1", 0, Page.SIZE)), now);
            boolean retried = disk.ledger().droppedPages() == 0;
            assertEquals(retried ? "B" : "A", now, profile.name());
        }
    }

    @Test
    @DisplayName("an oracle can go on where it stopped")
    void incremental() {
        fs.zeroFill(file, 64L * Page.SIZE);
        fs.sync(file);
        fs.syncDirectory();
        long start = medium.changes("wal-1");
        assertEquals(Long.MAX_VALUE, medium.lowestChange("wal-1", start, 0));
        write(40, 'A');
        write(41, 'B');
        write(3, 'C');
        assertEquals(start, medium.changes("wal-1"));
        fs.sync(file);
        long first = medium.changes("wal-1");
        assertTrue(first > start);
        assertEquals(3L * Page.SIZE, medium.lowestChange("wal-1", start, 0));
        assertEquals(40L * Page.SIZE, medium.lowestChange("wal-1", start, 4L * Page.SIZE));
        assertEquals(41L * Page.SIZE + 5, medium.lowestChange("wal-1", start, 41L * Page.SIZE + 5));
        write(50, 'D');
        fs.sync(file);
        assertEquals(50L * Page.SIZE, medium.lowestChange("wal-1", first, 0));
    }

    @Test
    @DisplayName("a long run of pages in one sync is one change")
    void longRun() {
        fs.zeroFill(file, 256L * Page.SIZE);
        fs.sync(file);
        fs.syncDirectory();
        long start = medium.changes("wal-1");
        fs.write(file, 20L * Page.SIZE, Bytes.wrap(new byte[200 * Page.SIZE]));
        fs.sync(file);
        assertEquals(start + 1, medium.changes("wal-1"));
        assertEquals(20L * Page.SIZE, medium.lowestChange("wal-1", start, 0));
        assertEquals(Long.MAX_VALUE, medium.lowestChange("wal-1", start, 220L * Page.SIZE));
    }

    @Test
    @DisplayName("who looks too seldom starts again from the beginning")
    void tooLongAgo() {
        fs.zeroFill(file, 256L * Page.SIZE);
        fs.sync(file);
        fs.syncDirectory();
        long start = medium.changes("wal-1");
        for (int page = 100; page < 200; page++) {
            write(page, 'A');
            fs.sync(file);
        }
        assertEquals(7, medium.lowestChange("wal-1", start, 7));
        assertEquals(199L * Page.SIZE, medium.lowestChange("wal-1", medium.changes("wal-1") - 1, 7));
    }

    @Test
    @DisplayName("a file that takes another's name counts as changed from its beginning")
    void replaced() {
        OpenFile other = fs.openOrCreate("other");
        fs.write(other, 0, DiskScript.page('O'));
        fs.sync(other);
        write(0, 'A');
        fs.sync(file);
        fs.syncDirectory();
        long known = medium.changes("wal-1");
        fs.rename("other", "wal-1");
        fs.syncDirectory();
        assertTrue(medium.changes("wal-1") > known);
        assertEquals(0, medium.lowestChange("wal-1", known, 0));
        assertEquals("O", seen(0));
    }

    @Test
    @DisplayName("a name that arrives by a power cut counts as changed too, and nothing else does")
    void changesOfPowerCut() {
        write(0, 'A');
        fs.sync(file);
        OpenFile other = fs.openOrCreate("other");
        fs.write(other, 0, DiskScript.page('O'));
        fs.sync(other);
        fs.syncDirectory();
        long known = medium.allChanges();
        fs.rename("other", "third");
        SimFileSystem after = PowerCut.of(fs, 1, PowerCutKeep.ALL);
        MediumView later = new MediumView(() -> after);
        assertEquals(List.of("third", "wal-1"), later.names());
        assertTrue(later.changes("third") > known && later.nameChanges() > known);
        assertEquals(medium.changes("wal-1"), later.changes("wal-1"));
    }

    @Test
    @DisplayName("damage counts as a change; an unreadable sector is told apart from its bytes")
    void damage() {
        fs.zeroFill(file, 8L * Page.SIZE);
        fs.sync(file);
        fs.syncDirectory();
        long known = medium.changes("wal-1");
        MediaDamage.rot(fs, file.inode, 3L * Page.SIZE + 1, 0x80);
        assertEquals(3L * Page.SIZE, medium.lowestChange("wal-1", known, 0));
        assertEquals((byte) 0x80, medium.read("wal-1", 3L * Page.SIZE + 1, 1).get(0));
        MediaDamage.latentError(fs, file.inode, 8);
        assertEquals(Page.SIZE, medium.lowestChange("wal-1", known, 0));
        assertFalse(medium.isReadable("wal-1", 0, 2 * Page.SIZE));
        assertTrue(medium.isReadable("wal-1", 2L * Page.SIZE, 6 * Page.SIZE));
    }

    @Test
    @DisplayName("a lost write is acknowledged, flushed and not there; a misdirected one spoils two pages")
    void lostAndMisdirected() {
        fs.zeroFill(file, 8L * Page.SIZE);
        fs.sync(file);
        fs.syncDirectory();
        fs.faults().arm(DiskFault.once(FaultKind.LOSE_WRITE, FileRole.WAL), 1);
        write(1, 'A');
        write(2, 'B');
        assertEquals(DiskResult.DONE, fs.sync(file));
        assertEquals("0 B", seen(1) + " " + seen(2));
        assertEquals(1, fs.phantomPages());
        fs.faults().arm(DiskFault.once(FaultKind.MISDIRECT_WRITE, FileRole.WAL), 1);
        write(5, 'C');
        assertEquals(DiskResult.DONE, fs.sync(file));
        assertEquals("0", seen(5));
        int spoilt = 0;
        for (int page = 0; page < 8; page++) {
            spoilt += seen(page).equals("C") ? 1 : 0;
        }
        assertEquals(1, spoilt);
    }

    @Test
    @DisplayName("64 MiB of zeros are no bytes in memory, and read as zeros")
    void zeros() {
        fs.zeroFill(file, 64L << 20);
        fs.sync(file);
        fs.syncDirectory();
        assertEquals(64L << 20, medium.size("wal-1"));
        assertEquals(0, file.inode.medium.pages());
        assertEquals("0", seen(16_383));
    }
}
