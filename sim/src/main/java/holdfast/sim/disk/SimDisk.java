package holdfast.sim.disk;

import holdfast.Check;
import holdfast.StateHash;
import holdfast.StateSink;
import holdfast.env.Disk;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.EventQueue;
import holdfast.sim.kernel.Purpose;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// A machine's disk in simulated time: operations wait in a queue, one is served at a time, and takes effect at
/// the moment of its completion. If the process dies before, the operation has happened not at all, in part or
/// completely, and no completion of it ever arrives.
///
/// All faults enter here. What they do is documented in `docs/faults.md`.
public final class SimDisk implements Disk {

    /// Who hears of completions.
    @FunctionalInterface
    public interface Completion {
        void diskDone(long operation, DiskResult result);
    }

    /// More than a node with bounded buffers can have under way.
    private static final int QUEUE_MAX = 65_536;

    private final long diskKey;
    private final DiskTiming timing;
    private final Entropy entropy;
    private final EventQueue queue;
    private final Completion completion;
    private final MediumView medium = new MediumView(this::mounted);
    private final ArrayDeque<DiskOp> waiting = new ArrayDeque<>();
    private final AwaitedMoments moments;
    private SimFileSystem fs;
    private DiskOps ops;
    private boolean serving;
    /// What the operation under service takes once the disk does not stall.
    private long takes;
    /// Only the end that was arranged last is the end of the operation under service.
    private long arranged;
    private long served;
    /// When the last operation was completed, or the first of those that wait was submitted.
    private long stuckSince;
    private long stalledUntil;
    private int slowFactor = 1;
    private long slowUntil;
    private long fullUntil;

    /// @param diskId enters every random draw; one per disk of a universe
    public SimDisk(
            long diskId,
            FsProfile profile,
            DiskTiming timing,
            Entropy entropy,
            EventQueue queue,
            Completion completion) {
        this.diskKey = new StateHash().add(diskId).value();
        this.timing = timing;
        this.entropy = entropy;
        this.queue = queue;
        this.completion = completion;
        this.moments = new AwaitedMoments(queue);
        this.fs = new SimFileSystem(diskKey, profile, entropy);
        this.ops = new DiskOps(fs);
    }

    // ---- service -------------------------------------------------------------------------------------------

    @Override
    public void submit(DiskOp op) {
        Check.that(waiting.size() < QUEUE_MAX, "operations under way are bounded", waiting.size(), QUEUE_MAX);
        waiting.addLast(op);
        if (!serving) {
            stuckSince = queue.now();
            serve();
        }
    }

    private void serve() {
        serving = true;
        long begin = Math.max(queue.now(), stalledUntil);
        takes = micros(waiting.peekFirst());
        moments.begins(waiting.peekFirst(), begin);
        finishAt(begin + takes);
    }

    private void finishAt(long time) {
        long end = ++arranged;
        queue.at(time, () -> finish(end));
    }

    private long micros(DiskOp op) {
        boolean syncs = op instanceof DiskOp.Sync;
        int dirty = syncs ? ops.dirtyPages(((DiskOp.Sync) op).file()) : 0;
        boolean grows = syncs && ops.grows(((DiskOp.Sync) op).file());
        long typical = timing.typicalMicros(op, dirty, grows);
        long drawn = entropy.skewed(Purpose.DISK_LATENCY, diskKey, served++, typical);
        return queue.now() < slowUntil ? drawn * slowFactor : drawn;
    }

    private void finish(long end) {
        if (end != arranged) {
            return;
        }
        if (queue.now() < stalledUntil) {
            finishAt(stalledUntil);
            return;
        }
        DiskOp op = waiting.removeFirst();
        stuckSince = queue.now();
        DiskResult result = ops.perform(op);
        serving = false;
        if (!waiting.isEmpty()) {
            serve();
        }
        completion.diskDone(op.id(), result);
    }

    // ---- before time begins --------------------------------------------------------------------------------

    /// Performs an operation at once and outside of time: what somebody did with the machine before its first process
    /// started. No fault may be armed yet.
    public DiskResult performEarly(DiskOp op) {
        Check.that(served == 0 && waiting.isEmpty() && armedFaults() == 0, "nothing has happened to this disk yet");
        return ops.perform(op);
    }

    // ---- crashes -------------------------------------------------------------------------------------------

    /// The process is gone; page cache, write-back errors and a lost journal stay.
    ///
    /// @param cause keys what becomes of the operation under service
    public void processCrash(long cause) {
        interrupt(cause);
        fs.processCrash();
        ops = new DiskOps(fs);
    }

    /// The machine is without power; of what was not synced, something may be left.
    ///
    /// @param cause keys what is left
    public void powerCut(PowerCutKeep keep, long cause) {
        interrupt(cause);
        fs = PowerCut.of(fs, cause, keep);
        ops = new DiskOps(fs);
    }

    private void interrupt(long cause) {
        arranged++;
        if (serving) {
            ops.perhapsPerform(waiting.peekFirst(), entropy, diskKey, cause);
        }
        waiting.clear();
        serving = false;
    }

    // ---- faults --------------------------------------------------------------------------------------------

    /// @param cause keys what the fault leaves open, strike by strike
    public void arm(DiskFault fault, long cause) {
        fs.faults().arm(fault, cause);
    }

    /// Calls back, once, when that moment comes; of several that wait for the same, one each time.
    public void awaitNext(DiskMoment moment, Runnable then) {
        moments.awaitNext(moment, then);
    }

    /// Calls back, once, when that moment comes for the nth time from now on, counted from 1.
    public void awaitNth(DiskMoment moment, int nth, Runnable then) {
        moments.awaitNth(moment, nth, then);
    }

    /// No armed fault strikes any more, no awaited moment comes, nothing is slow, and what stalled goes on. What is
    /// damaged stays damaged, and a lost journal stays lost until the next power cut.
    public void heal() {
        fs.faults().clear();
        moments.clear();
        fs.ledger().limit(DiskLedger.UNLIMITED);
        slowUntil = 0;
        boolean stalls = serving && queue.now() < stalledUntil;
        stalledUntil = 0;
        if (stalls) {
            finishAt(queue.now() + takes);
        }
    }

    /// The files may grow by so many bytes together, and by what is deleted, until that time.
    public void fill(long leavingBytes, long until) {
        fs.ledger().limit(new Room(fs.ledger(), fs.directory()).used() + leavingBytes);
        fullUntil = Math.max(fullUntil, until);
        queue.at(until, () -> {
            if (queue.now() >= fullUntil) {
                fs.ledger().limit(DiskLedger.UNLIMITED);
            }
        });
    }

    /// Operations that begin before `until` take `factor` times as long.
    public void slow(int factor, long until) {
        Check.that(factor >= 1, "a disk becomes slower, not faster", factor, 1);
        slowFactor = factor;
        slowUntil = until;
    }

    /// Nothing completes before `until`.
    public void stall(long until) {
        stalledUntil = Math.max(stalledUntil, until);
    }

    /// Flips bits of one byte on the medium; false if no durable byte is there.
    public boolean rot(String file, long position, int mask) {
        Inode inode = onMedium(file);
        if (inode == null || position < 0 || position >= inode.medium.size()) {
            return false;
        }
        MediaDamage.rot(fs, inode, position, mask);
        return true;
    }

    /// Makes one sector of 512 bytes unreadable until it is written again; false if the file does not reach it.
    public boolean latentError(String file, long sector) {
        Inode inode = onMedium(file);
        if (inode == null || sector < 0 || sector * Page.SECTOR >= inode.medium.size()) {
            return false;
        }
        MediaDamage.latentError(fs, inode, sector);
        return true;
    }

    /// The kernel writes back some dirty pages of these files, as it may at any time.
    ///
    /// @param cause keys which
    public void writeBack(FileRole files, long cause) {
        for (Inode inode : fs.inodes()) {
            if (files.matches(inode.name)) {
                long key = inode.key;
                fs.writeBack(inode, page -> (entropy.bits(Purpose.DISK_WRITE_BACK, key + page, cause) & 1) == 0);
            }
        }
    }

    /// Clean pages leave the cache: whoever reads next reads the medium.
    public void dropCaches(FileRole files) {
        for (Inode inode : fs.inodes()) {
            if (files.matches(inode.name)) {
                fs.evict(inode);
            }
        }
    }

    private Inode onMedium(String file) {
        return fs.directory().durable().get(file);
    }

    // ---- what the world may know ---------------------------------------------------------------------------

    /// What a power cut would leave in the worst case, now and later.
    public MediumView medium() {
        return medium;
    }

    /// What a power cut at this moment may leave to the next process; the disk itself is not touched. Different draws show
    /// different remains.
    public Remains remains(PowerCutKeep keep, long draw) {
        return new Remains(fs, keep, draw);
    }

    public FsProfile profile() {
        return fs.profile();
    }

    /// Operations submitted and not completed.
    public int queued() {
        return waiting.size();
    }

    /// The operation that is being served, or null.
    public DiskOp underService() {
        return serving ? waiting.peekFirst() : null;
    }

    /// Since when operations have waited and none was completed; `Long.MAX_VALUE` if none waits.
    public long stuckSinceMicros() {
        return waiting.isEmpty() ? Long.MAX_VALUE : stuckSince;
    }

    /// The files that programs see, in ascending order, whatever a power cut would leave.
    public List<String> names() {
        return new ArrayList<>(fs.directory().cached().keySet());
    }

    /// The sizes of those files together.
    public long bytes() {
        return fs.directory().cached().values().stream().mapToLong(Inode::size).sum();
    }

    /// Syncs so far that left something behind, whatever they answered.
    public long failedSyncs() {
        return fs.ledger().failedSyncs();
    }

    /// Pages that a failed write-back has left neither on the medium nor in the page cache, so far.
    public long forgottenPages() {
        return fs.ledger().forgottenPages();
    }

    /// Pages so far that the kernel took for written although the device had refused or lost them.
    public long droppedPages() {
        return fs.ledger().droppedPages();
    }

    /// Syncs so far that were answered with success although pages of their file never reached the medium.
    public long lies() {
        return fs.ledger().lies();
    }

    /// Pages so far that hold something else than what was last written to them, and nobody was or will be told.
    public long damagedPages() {
        return fs.ledger().damagedPages();
    }

    /// Pages that are clean to the kernel now although the device does not have them: what a restarted process
    /// reads and a power cut takes away. Costs a look at every cached page.
    public int phantomPages() {
        return fs.phantomPages();
    }

    /// True since the file system lost its journal: it stays read-only or shut down until the next power cut.
    public boolean isLost() {
        return fs.mount().isLost();
    }

    /// Faults that still wait for an operation which they fit.
    public int armedFaults() {
        return fs.faults().count();
    }

    /// Moments that have not begun.
    public int awaitedMoments() {
        return moments.count();
    }

    /// Shows what waits, and each file in its layers.
    public void describe(StateSink sink) {
        sink.add("queued", waiting.size()).add("served", served).add("stalledUntil", stalledUntil);
        sink.add("armedFaults", armedFaults()).add("awaitedMoments", awaitedMoments()).add("isLost", isLost());
        for (Inode inode : fs.inodes()) {
            sink.begin("file").add("name", inode.name).add("size", inode.size());
            sink.add("durableSize", inode.medium.size()).add("dirtyPages", inode.dirtyCount());
            sink.add("isNameDurable", fs.directory().durable().get(inode.name) == inode).end();
        }
    }

    /// For tests that need to look at the layers.
    SimFileSystem mounted() {
        return fs;
    }
}
