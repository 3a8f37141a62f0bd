package holdfast.server.disk;

import holdfast.Bytes;
import holdfast.env.Disk;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/// A data directory's [Disk]: real files, one platform thread, operations in the order of submission.
///
/// With one exception that nobody can see but in time: while a file is being filled with zeros, other operations go
/// between its slices, unless they name that file. Until the filling is confirmed, nobody may use the file; and
/// appends need not wait for a segment that is prepared ahead.
///
/// The thread is never interrupted, because an interrupt closes the [FileChannel] it meets. The first change that
/// fails is the last word: from then on nothing is tried any more and every further operation is answered with
/// that failure, for after a failed `fsync` a later success means nothing (`docs/faults.md`). One failure is no such word:
/// that there is no room to write to a file under construction ([#UNFINISHED]), of which nothing has been promised.
public final class FileDisk implements Disk, AutoCloseable {

    /// Where results go; called on the disk's thread, in order.
    @FunctionalInterface
    public interface Completions {

        void done(long id, DiskResult result);
    }

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long DAY_MILLIS = 86_400_000;

    /// How the names of files under construction end.
    private static final String UNFINISHED = ".tmp";

    /// Ends the thread; behind everything that was submitted before.
    private static final DiskOp LAST = new DiskOp.List(Long.MAX_VALUE);

    private final Path directory;
    private final OpenFiles files;
    private final DiskTrouble trouble;
    private final Completions completions;
    private final DiskStatistics statistics = new DiskStatistics();
    private final LinkedBlockingQueue<DiskOp> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private DiskResult.Failed failure;
    private ZeroFilling filling;
    private final List<Long> written = new ArrayList<>();
    private long unsyncedBytes;
    private final FillingPace pace = new FillingPace();
    private volatile long working;

    public FileDisk(Path directory, DiskTrouble trouble, Completions completions) throws IOException {
        this.directory = directory;
        this.trouble = trouble;
        this.completions = completions;
        files = new OpenFiles(directory);
        thread = Thread.ofPlatform().name("disk").unstarted(this::work);
    }

    public void start() {
        thread.start();
    }

    /// The core bounds how many operations it has under way, so the queue needs no bound of its own.
    @Override
    public void submit(DiskOp op) {
        queue.add(op);
    }

    public DiskStatistics statistics() {
        return statistics;
    }

    /// The operation under way, or 0: whoever sees the same one for long knows that the device hangs.
    public long working() {
        return working;
    }

    /// Finishes what was submitted and closes the files.
    @Override
    public void close() {
        close(DAY_MILLIS);
    }

    /// The same, but does not wait for longer than that. Returns whether it is finished; a device that hangs may keep the
    /// thread for ever.
    public boolean close(long millis) {
        queue.add(LAST);
        boolean interrupted = false;
        long end = System.nanoTime() + millis * NANOS_PER_MILLI;
        for (long left = millis; thread.isAlive() && left > 0; left = (end - System.nanoTime()) / NANOS_PER_MILLI) {
            try {
                thread.join(left);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void work() {
        for (DiskOp op = next(); op != LAST; op = next()) {
            if (filling != null && (op instanceof DiskOp.ZeroFill || filling.file.equals(fileOf(op)))) {
                finishFilling();
            }
            working = op.id();
            DiskResult result = failure == null ? perform(op) : failure;
            working = 0;
            if (result != null) {
                tell(op, result);
            } else {
                tellWritten();
            }
            if (filling != null && op instanceof DiskOp.Sync) {
                fill();
            }
        }
        finishFilling();
        files.closeAll();
    }

    /// A write that is followed by another operation is told together with that: nobody has a use for the news that
    /// something was written before it was synced, and each piece of news wakes the node's loop.
    private void tell(DiskOp op, DiskResult result) {
        if (op instanceof DiskOp.Write && result == DiskResult.DONE && !queue.isEmpty()) {
            written.add(op.id());
            return;
        }
        tellWritten();
        completions.done(op.id(), result);
    }

    private void tellWritten() {
        for (long id : written) {
            completions.done(id, DiskResult.DONE);
        }
        written.clear();
    }

    /// The next operation. Time in which there is none goes into a filling; the rest of it comes after each sync.
    private DiskOp next() {
        while (true) {
            DiskOp op = filling == null ? take() : queue.poll();
            if (op != null) {
                return op;
            }
            fill();
        }
    }

    private DiskOp take() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException ignored) {
                // Nobody has a reason to interrupt this thread, and it has a reason not to listen.
            }
        }
    }

    private void finishFilling() {
        while (filling != null) {
            fill();
        }
    }

    /// One slice; the last one is followed by the result.
    private void fill() {
        ZeroFilling under = filling;
        working = under.id;
        DiskResult result = failure == null ? slice(under) : failure;
        working = 0;
        if (result != null) {
            filling = null;
            completions.done(under.id, result);
        }
    }

    /// The result of the whole filling, or null if there is more to do.
    private DiskResult slice(ZeroFilling under) {
        try {
            boolean last = under.write(pace.sliceBytes());
            syncSlice(under);
            if (failure != null) {
                return failure;
            }
            if (!last) {
                return null;
            }
            forget(under.channel());
            statistics.wrote(under.length());
            return DiskResult.DONE;
        } catch (IOException error) {
            return failed(new DiskOp.ZeroFill(under.id, under.file, under.length()), error);
        }
    }

    /// A sync that fails is the last word, also within a filling and whatever the reason.
    private void syncSlice(ZeroFilling under) {
        long started = System.nanoTime();
        try {
            under.sync();
            statistics.synced((System.nanoTime() - started) / NANOS_PER_MICRO);
        } catch (IOException error) {
            statistics.failed();
            failure = DiskErrors.failedSync("syncing " + under.file + " while it was filled", error);
        }
    }

    /// The file that an operation names; empty if it names none or two.
    private static String fileOf(DiskOp op) {
        return switch (op) {
            case DiskOp.List _, DiskOp.SyncDirectory _ -> "";
            case DiskOp.Read read -> read.file();
            case DiskOp.ZeroFill fill -> fill.file();
            case DiskOp.Write write -> write.file();
            case DiskOp.Sync sync -> sync.file();
            case DiskOp.Rename rename -> rename.from();
            case DiskOp.Delete delete -> delete.file();
        };
    }

    /// The result, or null for a filling, which ends later.
    private DiskResult perform(DiskOp op) {
        try {
            return switch (op) {
                case DiskOp.List _ -> list();
                case DiskOp.Read read -> read(read);
                case DiskOp.ZeroFill fill -> zeroFill(fill);
                case DiskOp.Write write -> write(write);
                case DiskOp.Sync sync -> sync(sync);
                case DiskOp.Rename rename -> rename(rename);
                case DiskOp.Delete delete -> delete(delete);
                case DiskOp.SyncDirectory _ -> syncDirectory();
            };
        } catch (IOException error) {
            return failed(op, error);
        }
    }

    private DiskResult failed(DiskOp op, IOException error) {
        statistics.failed();
        DiskResult.Failed result = DiskErrors.failed(describe(op), error);
        if (isChange(op) && !(result.reason() == DiskResult.Reason.NO_SPACE && isUnfinished(op))) {
            failure = result;
        }
        return result;
    }

    /// Whether it only adds to a file that nobody uses yet.
    private static boolean isUnfinished(DiskOp op) {
        return switch (op) {
            case DiskOp.ZeroFill fill -> fill.file().endsWith(UNFINISHED);
            case DiskOp.Write write -> write.file().endsWith(UNFINISHED);
            case DiskOp.List _, DiskOp.Read _, DiskOp.Sync _, DiskOp.Rename _, DiskOp.Delete _,
                    DiskOp.SyncDirectory _ -> false;
        };
    }

    /// A read that fails leaves the directory as it was.
    private static boolean isChange(DiskOp op) {
        return switch (op) {
            case DiskOp.List _, DiskOp.Read _ -> false;
            case DiskOp.ZeroFill _, DiskOp.Write _, DiskOp.Sync _, DiskOp.Rename _, DiskOp.Delete _,
                    DiskOp.SyncDirectory _ -> true;
        };
    }

    private static String describe(DiskOp op) {
        return switch (op) {
            case DiskOp.List _ -> "listing the data directory";
            case DiskOp.Read read -> "reading " + read.file();
            case DiskOp.ZeroFill fill -> "preparing " + fill.file();
            case DiskOp.Write write -> "writing " + write.file();
            case DiskOp.Sync sync -> "syncing " + sync.file();
            case DiskOp.Rename rename -> "renaming " + rename.from() + " to " + rename.to();
            case DiskOp.Delete delete -> "deleting " + delete.file();
            case DiskOp.SyncDirectory _ -> "syncing the data directory";
        };
    }

    // ---- the operations ------------------------------------------------------------------------------------

    private DiskResult list() throws IOException {
        List<DiskResult.FileInfo> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.filter(Files::isRegularFile).toList()) {
                found.add(new DiskResult.FileInfo(entry.getFileName().toString(), Files.size(entry)));
            }
        }
        found.sort(Comparator.comparing(DiskResult.FileInfo::name));
        return new DiskResult.Listing(List.copyOf(found));
    }

    private DiskResult read(DiskOp.Read read) throws IOException {
        statistics.read();
        FileChannel channel = files.existing(read.file());
        long available = Math.max(0, Math.min(read.length(), channel.size() - read.position()));
        ByteBuffer into = ByteBuffer.allocate((int) available);
        while (into.hasRemaining() && channel.read(into, read.position() + into.position()) >= 0) {
            // A read may be short for no reason at all.
        }
        return new DiskResult.Data(Bytes.wrap(into.array()).slice(0, into.position()));
    }

    private DiskResult zeroFill(DiskOp.ZeroFill fill) throws IOException {
        FileChannel channel = files.created(fill.file());
        remember(channel, 0, Math.max(fill.length(), channel.size()));
        filling = new ZeroFilling(fill.id(), fill.file(), channel, fill.length());
        pace.begins();
        return null;
    }

    private DiskResult write(DiskOp.Write write) throws IOException {
        FileChannel channel = files.created(write.file());
        remember(channel, write.position(), write.data().size());
        writeFully(channel, write.position(), write.data().buffer());
        statistics.wrote(write.data().size());
        unsyncedBytes += write.data().size();
        return DiskResult.DONE;
    }

    private void remember(FileChannel channel, long position, long length) throws IOException {
        if (trouble.unsynced() != null) {
            trouble.unsynced().writing(channel, position, length);
        }
    }

    private void forget(FileChannel channel) {
        if (trouble.unsynced() != null) {
            trouble.unsynced().synced(channel);
        }
    }

    /// Whatever is left after a short write is written next; a device that is full says so then.
    private static void writeFully(FileChannel channel, long position, ByteBuffer bytes) throws IOException {
        long start = position - bytes.position();
        while (bytes.hasRemaining()) {
            channel.write(bytes, start + bytes.position());
        }
    }

    private DiskResult sync(DiskOp.Sync sync) throws IOException {
        FileChannel channel = files.existing(sync.file());
        long started = System.nanoTime();
        trouble.beforeSync(sync.file());
        channel.force(false);
        pace.synced(unsyncedBytes);
        unsyncedBytes = 0;
        forget(channel);
        files.synced(sync.file());
        statistics.synced((System.nanoTime() - started) / NANOS_PER_MICRO);
        return DiskResult.DONE;
    }

    private DiskResult rename(DiskOp.Rename rename) throws IOException {
        files.rename(rename.from(), rename.to());
        return DiskResult.DONE;
    }

    private DiskResult delete(DiskOp.Delete delete) throws IOException {
        files.delete(delete.file());
        return DiskResult.DONE;
    }

    private DiskResult syncDirectory() throws IOException {
        trouble.beforeSync("directory");
        files.syncNames();
        return DiskResult.DONE;
    }
}
