package holdfast.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.StateHash;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The disk in time: order, latency, crashes, and the faults as a plan arms them.
class SimDiskTest {

    private static final String WAL = "wal-1";

    private final EventQueue queue = new EventQueue();
    private final List<String> done = new ArrayList<>();
    private SimDisk disk = disk(FsProfiles.EXT4_ORDERED, 1);
    private long lastId;

    private SimDisk disk(FsProfile profile, long seed) {
        return new SimDisk(1, profile, DiskTiming.VIRTIO, new Entropy(seed), queue, this::completed);
    }

    private void completed(long id, DiskResult result) {
        String text = switch (result) {
            case DiskResult.Data data -> DiskScript.letters(data.bytes());
            case DiskResult.Listing listing -> listing.files().toString();
            case DiskResult.Done _, DiskResult.Failed _ -> DiskScript.answer(result);
        };
        done.add(id + " " + text);
    }

    private void write(int page, char letter) {
        disk.submit(new DiskOp.Write(++lastId, WAL, (long) page * Page.SIZE, DiskScript.page(letter)));
    }

    private void sync() {
        disk.submit(new DiskOp.Sync(++lastId, WAL));
    }

    private void read(int page) {
        disk.submit(new DiskOp.Read(++lastId, WAL, (long) page * Page.SIZE, Page.SIZE));
    }

    private void syncDirectory() {
        disk.submit(new DiskOp.SyncDirectory(++lastId));
    }

    private List<String> run() {
        List<String> seen = runUntil(1_000_000_000L);
        assertEquals(0, queue.size(), "the queue runs dry");
        return seen;
    }

    private List<String> runUntil(long time) {
        while (queue.size() > 0 && queue.nextTime() <= time) {
            queue.runNext();
        }
        List<String> seen = List.copyOf(done);
        done.clear();
        return seen;
    }

    @Test
    @DisplayName("operations complete in the order of submission, each after some time")
    void order() {
        write(0, 'A');
        sync();
        syncDirectory();
        read(0);
        disk.submit(new DiskOp.List(++lastId));
        assertEquals(5, disk.queued());
        assertEquals(List.of("1 ok", "2 ok", "3 ok", "4 A", "5 [FileInfo[name=wal-1, size=4096]]"), run());
        assertTrue(queue.now() > 300, "writes take microseconds, syncs hundreds of them: " + queue.now());
    }

    @Test
    @DisplayName("missing files: read, sync and rename say so, delete does not mind")
    void missing() {
        read(0);
        sync();
        disk.submit(new DiskOp.Rename(++lastId, "x", "y"));
        disk.submit(new DiskOp.Delete(++lastId, "x"));
        assertEquals(List.of("1 ENOENT", "2 ENOENT", "3 ENOENT", "4 ok"), run());
    }

    @Test
    @DisplayName("an operation takes effect when it completes, and no completion reaches a later process")
    void crash() {
        write(0, 'A');
        queue.after(1, () -> disk.processCrash(1));
        assertEquals(List.of(), run());
        disk.submit(new DiskOp.List(++lastId));
        assertEquals(1, run().size());
        assertEquals(0, disk.queued());
    }

    @Test
    @DisplayName("a write that a crash cut short is in the cache not at all, in part, or whole")
    void partialWrite() {
        TreeSet<String> seen = new TreeSet<>();
        for (int seed = 0; seed < 60; seed++) {
            disk = disk(FsProfiles.EXT4_ORDERED, seed);
            disk.submit(new DiskOp.Write(++lastId, WAL, 0, Bytes.wrap(new byte[8 * Page.SIZE])));
            disk.processCrash(1);
            Inode file = disk.mounted().find(WAL);
            long size = file == null ? 0 : file.size();
            seen.add(size == 0 ? "nothing" : size == 8 * Page.SIZE ? "all" : "part");
        }
        assertEquals(new TreeSet<>(List.of("all", "nothing", "part")), seen);
    }

    @Test
    @DisplayName("what is in part of a short write is a part of the bytes that it changes, not of its padding")
    void partOfShortWrite() {
        TreeSet<String> seen = new TreeSet<>();
        byte[] padded = new byte[Page.SIZE];
        System.arraycopy("AABC".getBytes(StandardCharsets.US_ASCII), 0, padded, 0, 4);
        for (int seed = 0; seed < 60; seed++) {
            disk = disk(FsProfiles.EXT4_ORDERED, seed);
            disk.submit(new DiskOp.ZeroFill(++lastId, WAL, 2L * Page.SIZE));
            disk.submit(new DiskOp.Write(++lastId, WAL, 0, DiskScript.page('A').slice(0, 2)));
            run();
            disk.submit(new DiskOp.Write(++lastId, WAL, 0, Bytes.wrap(padded)));
            disk.processCrash(1);
            Bytes page = disk.mounted().find(WAL).page(0);
            seen.add(new String(page.slice(0, 4).toArray(), StandardCharsets.US_ASCII).replace('\0', '0'));
        }
        assertEquals(new TreeSet<>(List.of("AA00", "AAB0", "AABC")), seen);
    }

    @Test
    @DisplayName("a disk has room for so much: what fits is written, what is deleted makes room, and a time ends it")
    void capacity() {
        disk.submit(new DiskOp.ZeroFill(++lastId, WAL, 2L * Page.SIZE));
        run();
        disk.fill(Page.SIZE + 100, queue.now() + 1_000_000);
        disk.submit(new DiskOp.Write(++lastId, WAL, 0, DiskScript.page('A')));
        disk.submit(new DiskOp.ZeroFill(++lastId, "other", 2L * Page.SIZE));
        disk.submit(new DiskOp.Delete(++lastId, "other"));
        disk.submit(new DiskOp.ZeroFill(++lastId, "third", Page.SIZE));
        List<String> told = runUntil(queue.now() + 500_000);
        assertEquals(List.of("2 ok", "3 ENOSPC", "4 ok", "5 ok"), told);
        assertEquals(3L * Page.SIZE, disk.bytes());
        assertEquals(List.of(), run());
        disk.submit(new DiskOp.ZeroFill(++lastId, "fourth", 100L * Page.SIZE));
        assertEquals(List.of("6 ok"), run());
    }

    @Test
    @DisplayName("a process crash keeps the page cache, a power cut does not")
    void crashAgainstPowerCut() {
        write(0, 'A');
        sync();
        syncDirectory();
        write(0, 'B');
        run();
        disk.processCrash(1);
        read(0);
        assertEquals(List.of("5 B"), run());
        disk.powerCut(PowerCutKeep.NONE, 1);
        read(0);
        assertEquals(List.of("6 A"), run());
    }

    @Test
    @DisplayName("the restart trap through the queue: EIO, restart, read B, ok, power cut, A")
    void restartTrap() {
        write(0, 'A');
        sync();
        syncDirectory();
        run();
        disk.arm(DiskFault.once(FaultKind.WRITE_BACK, FileRole.WAL), 1);
        write(0, 'B');
        sync();
        assertEquals(List.of("4 ok", "5 EIO"), run());
        assertEquals("1 1 1", disk.failedSyncs() + " " + disk.droppedPages() + " " + disk.phantomPages());
        disk.processCrash(1);
        read(0);
        sync();
        assertEquals(List.of("6 B", "7 ok"), run());
        assertEquals("A", DiskScript.letters(disk.medium().read(WAL, 0, Page.SIZE)));
        disk.powerCut(PowerCutKeep.ANY, 1);
        read(0);
        assertEquals(List.of("8 A"), run());
    }

    @Test
    @DisplayName("errors follow a file through its rename, as the descriptor is kept")
    void renamed() {
        disk.submit(new DiskOp.Write(++lastId, "wal-1.tmp", 0, DiskScript.page('A')));
        disk.submit(new DiskOp.Rename(++lastId, "wal-1.tmp", WAL));
        run();
        disk.arm(new DiskFault(FaultKind.WRITE_BACK, FileRole.WAL, DiskFault.Span.ONCE, DiskFault.Extent.ONE_SECTOR), 1);
        disk.writeBack(FileRole.WAL, 1);
        disk.writeBack(FileRole.WAL, 1);
        sync();
        sync();
        List<String> answers = run();
        assertTrue(answers.equals(List.of("3 EIO", "4 ok")), answers.toString());
    }

    @Test
    @DisplayName("a stalled disk completes nothing until then; a slow one takes its factor")
    void slow() {
        write(0, 'A');
        sync();
        run();
        long begin = queue.now();
        sync();
        run();
        long usual = queue.now() - begin;
        disk.slow(100, Long.MAX_VALUE);
        begin = queue.now();
        sync();
        run();
        long slow = queue.now() - begin;
        assertTrue(slow > 4 * usual, slow + " against " + usual);
        disk.heal();
        sync();
        long until = queue.now() + 5_000_000;
        disk.stall(until);
        run();
        assertTrue(queue.now() >= until && queue.now() < until + 1_000_000);
    }

    @ParameterizedTest
    @EnumSource(value = FaultKind.class, names = {"WRITE", "NO_SPACE"})
    @DisplayName("a failed write may have put a prefix into the cache")
    void failedWrite(FaultKind kind) {
        TreeSet<String> prefixes = new TreeSet<>();
        for (int seed = 0; seed < 30; seed++) {
            disk = disk(FsProfiles.EXT4_ORDERED, seed);
            disk.arm(DiskFault.once(kind, FileRole.WAL), 1);
            write(0, 'A');
            assertEquals(kind == FaultKind.WRITE ? "EIO" : "ENOSPC", run().getFirst().split(" ")[1]);
            prefixes.add(disk.mounted().find(WAL).size() > 0 ? "part" : "nothing");
            assertEquals(0, disk.armedFaults());
        }
        assertTrue(prefixes.contains("part"));
    }

    @Test
    @DisplayName("a fault waits for a file of its role")
    void roles() {
        disk.arm(DiskFault.always(FaultKind.WRITE, FileRole.META), 1);
        write(0, 'A');
        disk.submit(new DiskOp.Write(++lastId, "META.A", 0, DiskScript.page('M')));
        disk.submit(new DiskOp.Write(++lastId, "META.B", 0, DiskScript.page('M')));
        assertEquals(List.of("1 ok", "2 EIO", "3 EIO"), run());
        disk.heal();
        disk.submit(new DiskOp.Write(++lastId, "META.A", 0, DiskScript.page('M')));
        assertEquals(List.of("4 ok"), run());
    }

    @Test
    @DisplayName("a failed rename says EIO and has happened or not")
    void failedRename() {
        TreeSet<String> seen = new TreeSet<>();
        for (int seed = 0; seed < 30; seed++) {
            disk = disk(FsProfiles.EXT4_ORDERED, seed);
            write(0, 'A');
            disk.arm(DiskFault.once(FaultKind.RENAME, FileRole.ANY), 1);
            disk.submit(new DiskOp.Rename(++lastId, WAL, "wal-2"));
            assertEquals("EIO", run().getLast().split(" ")[1]);
            seen.add(disk.mounted().directory().cached().keySet().toString());
        }
        assertEquals(new TreeSet<>(List.of("[wal-1]", "[wal-2]")), seen);
    }

    @Test
    @DisplayName("a lost journal refuses everything until the power cut")
    void lostJournal() {
        write(0, 'A');
        sync();
        syncDirectory();
        run();
        disk.arm(DiskFault.once(FaultKind.JOURNAL, FileRole.ANY), 1);
        sync();
        write(0, 'B');
        assertEquals(List.of("4 EIO", "5 EROFS"), run());
        assertTrue(disk.isLost());
        disk.processCrash(1);
        assertTrue(disk.isLost());
        disk.powerCut(PowerCutKeep.ANY, 1);
        assertFalse(disk.isLost());
        write(0, 'C');
        sync();
        assertEquals(List.of("6 ok", "7 ok"), run());
        assertEquals("C", DiskScript.letters(disk.medium().read(WAL, 0, Page.SIZE)));
    }

    @Test
    @DisplayName("rot and latent errors need a durable byte to hit")
    void damage() {
        assertFalse(disk.rot(WAL, 0, 1));
        assertFalse(disk.latentError(WAL, 0));
        write(0, 'A');
        write(1, 'B');
        sync();
        syncDirectory();
        run();
        assertTrue(disk.rot(WAL, 700, 0x20));
        assertTrue(disk.latentError(WAL, 8));
        assertFalse(disk.rot(WAL, 2 * Page.SIZE, 1));
        read(0);
        read(1);
        assertEquals(List.of("5 A", "6 EIO"), run());
        assertEquals((byte) 'a', disk.medium().read(WAL, 700, 1).get(0));
    }

    @Test
    @DisplayName("what a power cut would leave can be asked without cutting")
    void whatIf() {
        write(0, 'A');
        sync();
        syncDirectory();
        write(0, 'B');
        run();
        Remains none = disk.remains(PowerCutKeep.NONE, 1);
        Remains all = disk.remains(PowerCutKeep.ALL, 1);
        assertEquals("A", firstPage(none));
        assertEquals("B", firstPage(all));
        all.perform(new DiskOp.Write(1, WAL, 0, DiskScript.page('C')));
        assertEquals("C", firstPage(all));
        assertEquals("B", firstPage(all.afterPowerCut(PowerCutKeep.NONE, 1)));
        sync();
        assertEquals(List.of("5 ok"), run());
        assertEquals("B", DiskScript.letters(disk.medium().read(WAL, 0, Page.SIZE)));
    }

    private static String firstPage(Remains remains) {
        DiskResult.Data read = (DiskResult.Data) remains.perform(new DiskOp.Read(2, WAL, 0, Page.SIZE));
        return DiskScript.letters(read.bytes());
    }

    @Test
    @DisplayName("the same seed gives the same times, answers and remains")
    void deterministic() {
        assertEquals(story(5), story(5));
        TreeSet<String> stories = new TreeSet<>();
        for (int seed = 0; seed < 8; seed++) {
            stories.add(story(seed));
        }
        assertEquals(8, stories.size());
    }

    private String story(int seed) {
        EventQueue time = new EventQueue();
        StringBuilder story = new StringBuilder();
        SimDisk told = new SimDisk(2, FsProfiles.HOSTILE, DiskTiming.VIRTIO, new Entropy(seed), time,
                (id, result) -> story.append(time.now()).append(' ').append(id).append(result).append('\n'));
        for (int id = 0; id < 40; id += 3) {
            told.submit(new DiskOp.Write(id, WAL, id % 5 * 4_096L, DiskScript.page((char) ('A' + id % 26))));
            told.submit(new DiskOp.Sync(id + 1, WAL));
            told.submit(new DiskOp.SyncDirectory(id + 2));
        }
        time.at(3_000, () -> told.arm(DiskFault.once(FaultKind.WRITE_BACK, FileRole.ANY), 1));
        time.at(4_500, () -> told.powerCut(PowerCutKeep.ANY, 1));
        while (time.runNext()) {
            assertTrue(time.now() < 1_000_000);
        }
        StateHash hash = new StateHash();
        told.medium().fingerprint(hash);
        return story.append(hash.value()).toString();
    }
}
