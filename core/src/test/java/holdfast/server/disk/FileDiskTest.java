package holdfast.server.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract of [holdfast.env.Disk], kept by real files.
class FileDiskTest {

    private record Completion(long id, DiskResult result) {}

    @TempDir
    Path directory;

    private final LinkedBlockingQueue<String> darkness = new LinkedBlockingQueue<>();
    private final DiskTrouble trouble = new DiskTrouble(true, () -> darkness.add("dark"));
    private final LinkedBlockingQueue<Completion> completions = new LinkedBlockingQueue<>();
    private FileDisk disk;
    private long lastId;

    @BeforeEach
    void open() throws IOException {
        disk = new FileDisk(directory, trouble, (id, result) -> completions.add(new Completion(id, result)));
        disk.start();
    }

    @AfterEach
    void close() {
        disk.close();
    }

    private long id() {
        return ++lastId;
    }

    private DiskResult done(DiskOp op) throws InterruptedException {
        disk.submit(op);
        Completion completion = completions.take();
        assertEquals(op.id(), completion.id(), "results come in the order of the operations");
        return completion.result();
    }

    private DiskResult read(String file, long position, int length) throws InterruptedException {
        return done(new DiskOp.Read(id(), file, position, length));
    }

    private static DiskResult data(String text) {
        return new DiskResult.Data(Bytes.utf8(text));
    }

    @Test
    @DisplayName("a write is visible to reads at once, and in the file itself")
    void write() throws Exception {
        assertEquals(DiskResult.DONE, done(new DiskOp.Write(id(), "a", 3, Bytes.utf8("written"))));

        assertEquals(data("written"), read("a", 3, 7));
        assertEquals("\0\0\0written", Files.readString(directory.resolve("a")));
    }

    @Test
    @DisplayName("a read is short only at the end of the file")
    void shortRead() throws Exception {
        done(new DiskOp.Write(id(), "a", 0, Bytes.utf8("abcdef")));

        assertEquals(data("cd"), read("a", 2, 2));
        assertEquals(data("ef"), read("a", 4, 100));
        assertEquals(data(""), read("a", 6, 1));
        assertEquals(data(""), read("a", 1_000, 1));
    }

    @Test
    @DisplayName("a missing file is told as such, and the disk goes on")
    void missing() throws Exception {
        DiskResult result = read("nothing", 0, 1);

        assertEquals(DiskResult.Reason.NOT_FOUND, assertInstanceOf(DiskResult.Failed.class, result).reason());
        assertEquals(DiskResult.DONE, done(new DiskOp.Write(id(), "a", 0, Bytes.utf8("x"))));
    }

    @Test
    @DisplayName("zero-filling gives a file of exactly that length, whatever was there")
    void zeroFill() throws Exception {
        int length = (1 << 20) + 4096;
        done(new DiskOp.Write(id(), "a", 2L * length, Bytes.utf8("rest")));

        assertEquals(DiskResult.DONE, done(new DiskOp.ZeroFill(id(), "a", length)));

        byte[] content = Files.readAllBytes(directory.resolve("a"));
        assertEquals(length, content.length);
        for (byte value : content) {
            assertEquals(0, value);
        }
    }

    @Test
    @DisplayName("while a file is filled, other files are served; whoever names that file waits for it")
    void interleaved() throws Exception {
        long fill = id();
        disk.submit(new DiskOp.ZeroFill(fill, "a", 20L * FillingPace.SLICE_BYTES));
        long write = id();
        disk.submit(new DiskOp.Write(write, "b", 0, Bytes.utf8("x")));
        long sync = id();
        disk.submit(new DiskOp.Sync(sync, "b"));
        long rename = id();
        disk.submit(new DiskOp.Rename(rename, "a", "c"));

        List<Long> order = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Completion completion = completions.take();
            assertEquals(DiskResult.DONE, completion.result());
            order.add(completion.id());
        }
        assertTrue(order.indexOf(write) < order.indexOf(sync));
        assertEquals(List.of(fill, rename), order.stream().filter(id -> id == fill || id == rename).toList());
        assertEquals(20L * FillingPace.SLICE_BYTES, Files.size(directory.resolve("c")));
    }

    /// The device that is always full stands for a file for which there is no room.
    private void isFull(String file) throws IOException {
        Files.createSymbolicLink(directory.resolve(file), Path.of("/dev/full"));
    }

    private DiskResult.Reason failed(DiskOp op) throws InterruptedException {
        return assertInstanceOf(DiskResult.Failed.class, done(op)).reason();
    }

    @Test
    @DisplayName("no room for a file under construction is survived, and for any other it is the last word")
    void full() throws Exception {
        isFull("a.tmp");
        isFull("b");
        assertEquals(DiskResult.Reason.NO_SPACE, failed(new DiskOp.Write(id(), "a.tmp", 0, Bytes.utf8("x"))));
        assertEquals(DiskResult.Reason.NO_SPACE, failed(new DiskOp.ZeroFill(id(), "a.tmp", 8192)));
        assertEquals(DiskResult.DONE, done(new DiskOp.Delete(id(), "a.tmp")));
        assertEquals(DiskResult.DONE, done(new DiskOp.ZeroFill(id(), "a.tmp", 8192)));
        assertEquals(DiskResult.DONE, done(new DiskOp.Sync(id(), "a.tmp")));

        assertEquals(DiskResult.Reason.NO_SPACE, failed(new DiskOp.Write(id(), "b", 0, Bytes.utf8("x"))));
        assertInstanceOf(DiskResult.Failed.class, done(new DiskOp.Sync(id(), "a.tmp")));
    }

    /// A device that takes writes and knows no sync.
    @Test
    @DisplayName("a sync that fails within a filling is the last word, also of a file under construction")
    void syncOfFillingFails() throws Exception {
        Files.createSymbolicLink(directory.resolve("a.tmp"), Path.of("/dev/null"));
        assertEquals(DiskResult.Reason.IO_ERROR, failed(new DiskOp.ZeroFill(id(), "a.tmp", 8192)));
        assertInstanceOf(DiskResult.Failed.class, done(new DiskOp.Write(id(), "c", 0, Bytes.utf8("x"))));
    }

    @Test
    @DisplayName("a full disk is recognised in the words of this system, whatever they are")
    void words() {
        IOException told = new IOException("Kein Speicherplatz mehr frei");
        assertEquals(DiskResult.Reason.IO_ERROR, DiskErrors.reason(told, ""));
        assertEquals(DiskResult.Reason.NO_SPACE, DiskErrors.reason(told, "Kein Speicherplatz mehr frei"));
        assertEquals(DiskResult.Reason.READ_ONLY, DiskErrors.reason(new IOException("Read-only file system"), ""));
        assertEquals(DiskResult.Reason.IO_ERROR,
                DiskErrors.failedSync("x", new IOException("No space left on device")).reason());
    }

    @Test
    @DisplayName("what was written before a filling is told before it")
    void orderBeforeFilling() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        LinkedBlockingQueue<Long> order = new LinkedBlockingQueue<>();
        FileDisk held = new FileDisk(directory, trouble, (operation, _) -> {
            order.add(operation);
            try {
                go.await();
            } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
        held.start();
        held.submit(new DiskOp.List(1));
        held.submit(new DiskOp.Write(2, "b", 0, Bytes.utf8("x")));
        held.submit(new DiskOp.ZeroFill(3, "a", 8192));
        go.countDown();
        held.close();
        assertEquals(List.of(1L, 2L, 3L), List.copyOf(order));
    }

    @Test
    @DisplayName("a disk that hangs is not waited for without end")
    void hangs() throws Exception {
        done(new DiskOp.Write(id(), "b", 0, Bytes.utf8("x")));
        trouble.delaySyncs(2_000);
        disk.submit(new DiskOp.Sync(id(), "b"));
        assertFalse(disk.close(10));
        trouble.delaySyncs(0);
    }

    @Test
    @DisplayName("a failure in between ends the filling, too")
    void fillingFails() throws Exception {
        done(new DiskOp.Write(id(), "b", 0, Bytes.utf8("x")));
        trouble.failSync(1);
        long sync = id();
        disk.submit(new DiskOp.Sync(sync, "b"));
        long fill = id();
        disk.submit(new DiskOp.ZeroFill(fill, "a", 20L * FillingPace.SLICE_BYTES));

        assertInstanceOf(DiskResult.Failed.class, completions.take().result());
        Completion end = completions.take();
        assertEquals(fill, end.id());
        assertInstanceOf(DiskResult.Failed.class, end.result());
    }

    @Test
    @DisplayName("renaming replaces, and the open file goes with the name")
    void rename() throws Exception {
        done(new DiskOp.Write(id(), "old", 0, Bytes.utf8("old")));
        done(new DiskOp.Write(id(), "new.tmp", 0, Bytes.utf8("new")));

        assertEquals(DiskResult.DONE, done(new DiskOp.Rename(id(), "new.tmp", "old")));
        assertEquals(DiskResult.DONE, done(new DiskOp.Write(id(), "old", 3, Bytes.utf8("er"))));
        assertEquals(DiskResult.DONE, done(new DiskOp.Sync(id(), "old")));
        assertEquals(DiskResult.DONE, done(new DiskOp.SyncDirectory(id())));

        assertEquals(data("newer"), read("old", 0, 10));
        assertEquals(
                new DiskResult.Listing(List.of(new DiskResult.FileInfo("old", 5))), done(new DiskOp.List(id())));
    }

    @Test
    @DisplayName("deleting a missing file is no error, and a deleted file is gone")
    void delete() throws Exception {
        done(new DiskOp.Write(id(), "a", 0, Bytes.utf8("x")));

        assertEquals(DiskResult.DONE, done(new DiskOp.Delete(id(), "a")));
        assertEquals(DiskResult.DONE, done(new DiskOp.Delete(id(), "a")));
        assertEquals(new DiskResult.Listing(List.of()), done(new DiskOp.List(id())));
    }

    @Test
    @DisplayName("files are listed by name, folders are not")
    void list() throws Exception {
        for (String name : List.of("b", "a", "c")) {
            done(new DiskOp.Write(id(), name, 0, Bytes.utf8(name)));
        }
        Files.createDirectory(directory.resolve("folder"));

        DiskResult.Listing listing = assertInstanceOf(DiskResult.Listing.class, done(new DiskOp.List(id())));

        assertEquals(List.of("a", "b", "c"), listing.files().stream().map(DiskResult.FileInfo::name).toList());
    }

    @Test
    @DisplayName("a name with a separator never leaves the directory")
    void plainNames() throws Exception {
        String outside = directory.getFileName() + "-outside";
        assertInstanceOf(DiskResult.Failed.class, read("../" + outside, 0, 1));
        assertInstanceOf(DiskResult.Failed.class, done(new DiskOp.Write(id(), "../" + outside, 0, Bytes.utf8("x"))));
        assertTrue(Files.notExists(directory.resolveSibling(outside)));
    }

    @Test
    @DisplayName("the first change that fails is the last word: nothing is tried any more")
    void firstFailureIsFinal() throws Exception {
        done(new DiskOp.Write(id(), "a", 0, Bytes.utf8("x")));
        trouble.failSync(2);
        assertEquals(DiskResult.DONE, done(new DiskOp.Sync(id(), "a")));

        DiskResult failure = done(new DiskOp.Sync(id(), "a"));

        assertEquals(DiskResult.Reason.IO_ERROR, assertInstanceOf(DiskResult.Failed.class, failure).reason());
        assertEquals(failure, done(new DiskOp.Sync(id(), "a")), "an fsync is never tried again");
        assertEquals(failure, done(new DiskOp.Write(id(), "b", 0, Bytes.utf8("x"))));
        assertEquals(failure, read("a", 0, 1));
        assertTrue(Files.notExists(directory.resolve("b")), "not even a new file is touched");
        assertEquals(1, disk.statistics().failures());
    }

    @Test
    @DisplayName("a power cut takes back what was written and not synced, and nothing else")
    void powerCut() throws Exception {
        done(new DiskOp.ZeroFill(id(), "a", 8));
        done(new DiskOp.Write(id(), "a", 0, Bytes.utf8("synced")));
        done(new DiskOp.Sync(id(), "a"));
        done(new DiskOp.Write(id(), "a", 0, Bytes.utf8("lost")));
        done(new DiskOp.Write(id(), "a", 2, Bytes.utf8("also lost and longer")));
        done(new DiskOp.Write(id(), "b", 0, Bytes.utf8("never synced")));
        trouble.cutPowerAtSync(1);

        done(new DiskOp.Sync(id(), "b"));

        assertEquals("dark", darkness.take());
        assertEquals("synced\0\0", Files.readString(directory.resolve("a")));
        assertEquals("", Files.readString(directory.resolve("b")));
    }

    @Test
    @DisplayName("closing finishes what was submitted")
    void closing() throws Exception {
        for (int i = 0; i < 100; i++) {
            disk.submit(new DiskOp.Write(id(), "a", i, Bytes.utf8("x")));
        }
        disk.submit(new DiskOp.Sync(id(), "a"));

        disk.close();

        assertEquals(101, completions.size());
        assertEquals(100, Files.size(directory.resolve("a")));
        assertEquals(1, disk.statistics().syncs());
        assertEquals(100, disk.statistics().writtenBytes());
    }
}
