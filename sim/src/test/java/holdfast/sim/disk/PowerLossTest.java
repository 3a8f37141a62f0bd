package holdfast.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.StateHash;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.kernel.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Power cuts at random moments of random work: what a sync confirmed is there, what it did not confirm is there
/// or not, page by page and, where the profile tears, sector by sector.
class PowerLossTest {

    private static final int SEEDS = 400;
    private static final int PAGES = 6;
    private static final int STEPS = 24;

    static List<Named<FsProfile>> profiles() {
        return FsProfiles.all().stream().map(profile -> Named.of(profile.name(), profile)).toList();
    }

    /// A file system under random work, and what may be in each byte of each page after a cut. Pages are filled
    /// with one byte value each, so a value tells which write a byte came from.
    private static final class Work {

        private final Entropy entropy;
        private SimFileSystem fs;
        private OpenFile file;
        private final BitSet[] possible = new BitSet[PAGES];
        private final int[] current = new int[PAGES];
        private final long[] writtenAfter = new long[PAGES];

        Work(FsProfile profile, long seed) {
            entropy = new Entropy(seed);
            fs = new SimFileSystem(3, profile, entropy);
            file = fs.openOrCreate("wal-1");
            fs.zeroFill(file, (long) PAGES * Page.SIZE);
            assertEquals(DiskResult.DONE, fs.sync(file));
            assertEquals(DiskResult.DONE, fs.syncDirectory());
            for (int page = 0; page < PAGES; page++) {
                possible[page] = BitSet.valueOf(new long[] {1});
            }
        }

        void run() {
            int steps = 1 + (int) entropy.below(Purpose.PLAN, 0, 0, STEPS);
            for (int step = 1; step <= steps; step++) {
                int choice = (int) entropy.below(Purpose.PLAN, 1, step, 10);
                if (choice < 6) {
                    write((int) entropy.below(Purpose.PLAN, 2, step, PAGES), step);
                } else if (choice < 8) {
                    sync();
                } else if (choice == 8) {
                    long mask = entropy.bits(Purpose.PLAN, 3, step);
                    fs.writeBack(file.inode, page -> (mask >>> page & 1) == 1);
                } else {
                    FaultKind kind = entropy.below(Purpose.PLAN, 4, step, 4) == 0 ? FaultKind.FLUSH : FaultKind.WRITE_BACK;
                    fs.faults().arm(DiskFault.once(kind, FileRole.WAL), step);
                }
            }
        }

        private void write(int page, int value) {
            byte[] bytes = new byte[Page.SIZE];
            Arrays.fill(bytes, (byte) value);
            if (fs.write(file, (long) page * Page.SIZE, Bytes.wrap(bytes)) instanceof DiskResult.Done) {
                possible[page].set(value);
                current[page] = value;
                writtenAfter[page] = failures();
            }
        }

        /// A sync without a failure confirms the pages that were written after the last failure: not the ones
        /// written before, which may be nowhere, and never again a page by being synced twice.
        private void sync() {
            long before = failures();
            boolean good = fs.sync(file) instanceof DiskResult.Done && failures() == before;
            for (int page = 0; good && page < PAGES; page++) {
                if (writtenAfter[page] == before) {
                    possible[page].clear();
                    possible[page].set(current[page]);
                }
            }
        }

        private long failures() {
            return fs.ledger().failedSyncs() + fs.ledger().droppedPages();
        }

        void cut(long moment) {
            fs = PowerCut.of(fs, moment, PowerCutKeep.ANY);
            file = fs.open("wal-1");
        }
    }

    private record Seen(TreeSet<String> kinds) {
        void page(Work work, int page, Bytes content) {
            TreeSet<Integer> values = new TreeSet<>();
            for (int i = 0; i < Page.SIZE; i++) {
                values.add((int) content.get(i));
            }
            for (int value : values) {
                assertTrue(work.possible[page].get(value), "page " + page + " shows " + value + " of " + work.possible[page]);
            }
            boolean open = work.possible[page].cardinality() > 1;
            for (int i = 1; i < Page.SIZE; i++) {
                if (content.get(i) != content.get(i - 1) && i % Page.SECTOR != 0) {
                    kinds.add("torn sector");
                }
            }
            kinds.add(!open ? "confirmed" : values.size() > 1 ? "torn" : values.contains(work.current[page]) ? "kept" : "lost");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    @DisplayName("confirmed bytes survive; of the others any subset, torn where the profile tears")
    void bytes(FsProfile profile) {
        Seen seen = new Seen(new TreeSet<>());
        for (long seed = 0; seed < SEEDS; seed++) {
            Work work = new Work(profile, seed);
            work.run();
            work.cut(1_000 + seed);
            assertEquals((long) PAGES * Page.SIZE, work.file.inode.size());
            for (int page = 0; page < PAGES; page++) {
                DiskResult.Data data = (DiskResult.Data) work.fs.read(work.file, (long) page * Page.SIZE, Page.SIZE);
                seen.page(work, page, data.bytes());
            }
        }
        TreeSet<String> expected = new TreeSet<>(List.of("confirmed", "kept", "lost"));
        if (profile.powerLoss().tears()) {
            expected.add("torn");
        }
        if (profile.powerLoss().tearsSectors()) {
            expected.add("torn sector");
        }
        assertEquals(expected, seen.kinds(), profile.name());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    @DisplayName("an append that was not synced leaves the old size, the new one, or one between")
    void sizes(FsProfile profile) {
        TreeSet<String> seen = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimFileSystem fs = new SimFileSystem(3, profile, new Entropy(seed));
            OpenFile file = fs.openOrCreate("wal-1");
            fs.write(file, 0, DiskScript.page('A'));
            fs.sync(file);
            fs.syncDirectory();
            for (int page = 1; page < 4; page++) {
                fs.write(file, (long) page * Page.SIZE, DiskScript.page('B'));
            }
            fs = PowerCut.of(fs, seed, PowerCutKeep.ANY);
            file = fs.open("wal-1");
            long size = file.inode.size();
            assertTrue(size >= Page.SIZE && size <= 4 * Page.SIZE, "size " + size);
            assertEquals("A", read(fs, file, 0));
            seen.add(size == Page.SIZE ? "old" : size == 4 * Page.SIZE ? "new" : "between");
            for (int page = 1; (long) page * Page.SIZE < size; page++) {
                String content = read(fs, file, page);
                seen.add(content.equals("B") ? "data" : content.equals("0") ? "hole" : "exposed");
            }
        }
        TreeSet<String> expected = new TreeSet<>(List.of("old", "new", "between", "data", "hole"));
        if (profile.powerLoss().exposes()) {
            expected.add("exposed");
        }
        assertEquals(expected, seen, profile.name());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    @DisplayName("a size that was written back survives with its data, unless the profile exposes blocks")
    void dataBeforeSize(FsProfile profile) {
        TreeSet<String> seen = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimFileSystem fs = new SimFileSystem(3, profile, new Entropy(seed));
            OpenFile file = fs.openOrCreate("wal-1");
            fs.syncDirectory();
            fs.write(file, 0, DiskScript.page('B'));
            fs.writeBack(file.inode, page -> true);
            fs = PowerCut.of(fs, seed, PowerCutKeep.ANY);
            String content = read(fs, fs.open("wal-1"), 0);
            seen.add(content.equals("B") || content.equals("EOF") ? content : "no data");
        }
        List<String> expected = profile.powerLoss().exposes() ? List.of("B", "EOF", "no data") : List.of("B", "EOF");
        assertEquals(new TreeSet<>(expected), seen, profile.name());
    }

    private static String read(SimFileSystem fs, OpenFile file, int page) {
        return DiskScript.letters(((DiskResult.Data) fs.read(file, (long) page * Page.SIZE, Page.SIZE)).bytes());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    @DisplayName("unsynced names survive as a prefix of the changes, or as any subset")
    void names(FsProfile profile) {
        List<String> prefixes = List.of("[a]", "[a, tmp]", "[a, b]", "[b]");
        TreeSet<String> seen = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimFileSystem fs = new SimFileSystem(3, profile, new Entropy(seed));
            fs.openOrCreate("a");
            fs.syncDirectory();
            fs.openOrCreate("tmp");
            fs.rename("tmp", "b");
            fs.delete("a");
            seen.add(PowerCut.of(fs, seed, PowerCutKeep.ANY).directory().durable().keySet().toString());
        }
        TreeSet<String> expected = new TreeSet<>(prefixes);
        if (!profile.powerLoss().namesInOrder()) {
            expected.addAll(List.of("[]", "[tmp]"));
        }
        assertEquals(expected, seen, profile.name());
    }

    @Test
    @DisplayName("of a page written twice since the sync, any version may be left")
    void versions() {
        TreeSet<String> seen = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimFileSystem fs = new SimFileSystem(3, FsProfiles.BTRFS_NOW, new Entropy(seed));
            OpenFile file = fs.openOrCreate("wal-1");
            fs.write(file, 0, DiskScript.page('A'));
            fs.sync(file);
            fs.syncDirectory();
            fs.write(file, 0, DiskScript.page('B'));
            fs.write(file, 0, DiskScript.page('C'));
            fs = PowerCut.of(fs, seed, PowerCutKeep.ANY);
            seen.add(read(fs, fs.open("wal-1"), 0));
        }
        assertEquals(new TreeSet<>(List.of("A", "B", "C")), seen);
    }

    @Test
    @DisplayName("when all machines lose power at once, each disk loses something else")
    void correlated() {
        int different = 0;
        for (long moment = 0; moment < 50; moment++) {
            different += remains(1, moment, 0).equals(remains(2, moment, 0)) ? 0 : 1;
        }
        assertTrue(different > 25, different + " of 50");
    }

    @Test
    @DisplayName("the same power cut leaves the same, whenever it comes")
    void whenever() {
        for (long cause = 0; cause < 20; cause++) {
            assertEquals(remains(1, cause, 0), remains(1, cause, 777));
        }
    }

    /// @param delay how much later the power is cut
    private static String remains(long diskId, long cause, long delay) {
        EventQueue queue = new EventQueue();
        SimDisk disk = new SimDisk(diskId, FsProfiles.XFS_NOW, DiskTiming.INSTANT, new Entropy(1), queue, (_, _) -> {});
        disk.submit(new DiskOp.ZeroFill(1, "wal-1", 8L * Page.SIZE));
        disk.submit(new DiskOp.Sync(2, "wal-1"));
        disk.submit(new DiskOp.SyncDirectory(3));
        for (int page = 0; page < 8; page++) {
            disk.submit(new DiskOp.Write(4 + page, "wal-1", (long) page * Page.SIZE, DiskScript.page('A')));
        }
        queue.at(1_000 + delay, () -> disk.powerCut(PowerCutKeep.ANY, cause));
        while (queue.runNext()) {
            assertTrue(queue.now() < 10_000);
        }
        StringBuilder left = new StringBuilder();
        for (int page = 0; page < 8; page++) {
            left.append(DiskScript.letters(disk.medium().read("wal-1", (long) page * Page.SIZE, Page.SIZE))).append(' ');
        }
        return left.toString();
    }

    @Test
    @DisplayName("a rename that survives alone leaves an older file under its old name")
    void renameAlone() {
        TreeSet<String> seen = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimFileSystem fs = new SimFileSystem(3, FsProfiles.HOSTILE, new Entropy(seed));
            fs.openOrCreate("a");
            fs.syncDirectory();
            fs.delete("a");
            fs.openOrCreate("a");
            fs.rename("a", "b");
            seen.add(PowerCut.of(fs, seed, PowerCutKeep.ANY).directory().durable().keySet().toString());
        }
        assertEquals(new TreeSet<>(List.of("[]", "[a]", "[b]", "[a, b]")), seen);
    }

    @Test
    @DisplayName("bytes beyond a size that did not survive do not come back when the file grows again")
    void tail() {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimFileSystem fs = new SimFileSystem(3, FsProfiles.EXT4_ORDERED, new Entropy(seed));
            OpenFile file = fs.openOrCreate("wal-1");
            fs.write(file, 0, DiskScript.page('A').slice(0, Page.SECTOR));
            fs.sync(file);
            fs.syncDirectory();
            fs.write(file, Page.SECTOR, DiskScript.page('B'));
            fs = PowerCut.of(fs, seed, PowerCutKeep.ANY);
            file = fs.open("wal-1");
            if (file.inode.size() == Page.SECTOR) {
                fs.write(file, 2 * Page.SIZE, DiskScript.page('C'));
                assertEquals("A0000000 0 C", read(fs, file, 0) + " " + read(fs, file, 1) + " " + read(fs, file, 2));
            }
        }
    }

    @Test
    @DisplayName("an un-synced name keeps nothing, however well its file was synced")
    void nameless() {
        SimFileSystem fs = new SimFileSystem(3, FsProfiles.EXT4_ORDERED, new Entropy(1));
        OpenFile file = fs.openOrCreate("wal-1");
        fs.write(file, 0, DiskScript.page('A'));
        fs.sync(file);
        assertEquals(List.of(), List.copyOf(PowerCut.of(fs, 1, PowerCutKeep.NONE).directory().durable().keySet()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    @DisplayName("same seed and moment, same remains; another moment, others; asking changes nothing")
    void keyed(FsProfile profile) {
        List<Long> remains = new ArrayList<>();
        int different = 0;
        for (int round = 0; round < 2; round++) {
            for (long seed = 0; seed < 50; seed++) {
                Work work = new Work(profile, seed);
                work.run();
                long before = fingerprint(work.fs);
                long cut = fingerprint(PowerCut.of(work.fs, 77, PowerCutKeep.ANY));
                assertEquals(cut, fingerprint(PowerCut.of(work.fs, 77, PowerCutKeep.ANY)));
                different += cut == fingerprint(PowerCut.of(work.fs, 78, PowerCutKeep.ANY)) ? 0 : 1;
                assertEquals(before, fingerprint(work.fs));
                remains.add(cut);
            }
        }
        assertEquals(remains.subList(0, 50), remains.subList(50, 100));
        assertNotEquals(0, different);
    }

    private static long fingerprint(SimFileSystem fs) {
        StateHash hash = new StateHash();
        new MediumView(() -> fs).fingerprint(hash);
        return hash.value();
    }
}
