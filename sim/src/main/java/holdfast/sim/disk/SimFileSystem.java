package holdfast.sim.disk;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.env.DiskResult;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// One directory of one machine as a kernel, a file system and a drive make it together: the model of
/// `storage.md` §1.6, corrected by `fault-lab.md` §3. It knows no time; [SimDisk] adds that.
///
/// Four layers, and nothing but the last survives everything: page cache ([Inode], [PageCache]), file system
/// memory (sizes and [Directory]), drive cache ([DriveCache]), medium ([MediumFile]). A sync moves a file's
/// pages down all of them and returns what its profile says. Open files are explicit, because errors are told
/// to descriptors.
final class SimFileSystem {

    private static final int HALF = 500_000;

    /// The name of the directory to faults: it fits those on any file.
    private static final String DIRECTORY = "";

    private final long diskKey;
    private final FsProfile profile;
    private final Entropy entropy;
    private final ArmedFaults faults;
    private final DiskLedger ledger;
    private final Platter platter;
    private final Directory directory = new Directory();
    private final Room room;
    private final DriveCache drive = new DriveCache();
    private final MountState mount = new MountState();
    private final PageCache cache;
    private final WriteBack writeBack;
    private final ArrayList<Inode> freed = new ArrayList<>();

    /// @param diskKey the disk in random draws: far from that of any other disk of the universe
    SimFileSystem(long diskKey, FsProfile profile, Entropy entropy) {
        this(diskKey, profile, entropy, new ArmedFaults(entropy), new DiskLedger(), new Platter(entropy, diskKey));
    }

    private SimFileSystem(
            long diskKey, FsProfile profile, Entropy entropy, ArmedFaults faults, DiskLedger ledger, Platter platter) {
        this.diskKey = diskKey;
        this.profile = profile;
        this.entropy = entropy;
        this.faults = faults;
        this.ledger = ledger;
        this.platter = platter;
        this.room = new Room(ledger, directory);
        this.cache = new PageCache(entropy, faults, drive);
        this.writeBack = new WriteBack(diskKey, profile, entropy, faults, ledger, drive, platter);
    }

    /// The same disk, its counters, faults and profile, with nothing on it: a mount fills it.
    SimFileSystem emptyTwin() {
        return new SimFileSystem(diskKey, profile, entropy, faults.copy(), ledger.copy(), platter.copy());
    }

    // ---- names ---------------------------------------------------------------------------------------------

    /// A descriptor on the file, or null if there is none or the file system is shut down.
    OpenFile open(String name) {
        Inode inode = directory.find(name);
        return inode == null || !mount.isReadable() ? null : new OpenFile(inode);
    }

    /// As [#open], creating the file if need be; null if that is refused, for the reason of [#refusal].
    OpenFile openOrCreate(String name) {
        if (directory.find(name) == null && !mount.isLost()) {
            directory.put(name, Inode.created(ledger.nextInode(), name, diskKey, new MediumFile(ledger)));
        }
        return open(name);
    }

    void close(OpenFile file) {
        file.inode.openFiles--;
    }

    /// What a change is answered now: `OK` while the file system is writable.
    Answer refusal() {
        return mount.change();
    }

    /// A failed rename may have happened all the same.
    DiskResult rename(String from, String to) {
        if (mount.isLost()) {
            return mount.change().result("rename", from);
        }
        Inode inode = directory.find(from);
        if (inode == null) {
            return new DiskResult.Failed(DiskResult.Reason.NOT_FOUND, "rename " + from + ": ENOENT");
        }
        boolean fails = faults.strikes(FaultKind.RENAME, from);
        if (!fails || entropy.chance(Purpose.DISK_WRITE_BACK, diskKey ^ inode.key, faults.cause(), HALF)) {
            directory.move(from, to);
        }
        return fails ? Answer.EIO.result("rename", from) : DiskResult.DONE;
    }

    DiskResult delete(String name) {
        if (mount.isLost()) {
            return mount.change().result("unlink", name);
        }
        if (directory.find(name) != null) {
            directory.remove(name);
        }
        return DiskResult.DONE;
    }

    DiskResult list() {
        if (!mount.isReadable()) {
            return Answer.EIO.result("readdir", ".");
        }
        List<DiskResult.FileInfo> files = new ArrayList<>();
        for (Map.Entry<String, Inode> entry : directory.cached().entrySet()) {
            files.add(new DiskResult.FileInfo(entry.getKey(), entry.getValue().size()));
        }
        return new DiskResult.Listing(List.copyOf(files));
    }

    DiskResult syncDirectory() {
        if (mount.isLost()) {
            ledger.countFailedSync();
            return mount.sync(null, faults.has(FaultKind.DEVICE_WRITES)).result("fsync", ".");
        }
        if (faults.strikes(FaultKind.LYING_DRIVE, DIRECTORY)) {
            ledger.countFailedSync();
            return DiskResult.DONE;
        }
        Answer commit = faults.strikes(FaultKind.DIRECTORY_SYNC, DIRECTORY)
                ? lose(profile.commitLosses(), false, null)
                : commit(null, DIRECTORY);
        if (commit == Answer.OK) {
            commitNames(directory.pendingChanges());
        }
        return commit.result("fsync", ".");
    }

    /// The first `count` waiting changes of names become durable.
    void commitNames(int count) {
        directory.commit(count, ledger, freed);
        for (Inode file : freed) {
            platter.free(file);
        }
        freed.clear();
    }

    // ---- bytes ---------------------------------------------------------------------------------------------

    DiskResult read(OpenFile file, long position, int length) {
        Check.that(position >= 0 && length >= 0, "a range to read", position, length);
        return mount.isReadable()
                ? cache.read(file.inode, position, length)
                : Answer.EIO.result("read", file.inode.name);
    }

    /// Whether a read would find this byte there.
    boolean hasByte(Inode inode, long position, byte value) {
        int page = (int) (position / Page.SIZE);
        Bytes content = inode.isCached(page) ? inode.page(page) : drive.read(inode, page);
        byte there = content == null ? 0 : content.get((int) (position % Page.SIZE));
        return position < inode.size() && there == value;
    }

    DiskResult write(OpenFile file, long position, Bytes data) {
        Check.that(position >= 0, "a position to write at", position, data.size());
        Inode inode = file.inode;
        Answer error = changeError(inode);
        long fits = Math.max(inode.size(), room.reach(inode));
        if (error == Answer.OK && position + data.size() > fits) {
            cache.write(inode, position, data.slice(0, (int) Math.max(0, fits - position)));
            return Answer.ENOSPC.result("write", inode.name);
        }
        if (error == Answer.OK) {
            return (cache.write(inode, position, data) ? Answer.OK : Answer.EIO).result("write", inode.name);
        }
        if (!mount.isLost()) {
            long prefix = entropy.below(Purpose.DISK_WRITE_BACK, inode.key, faults.cause(), data.size() + 1L);
            cache.write(inode, position, data.slice(0, (int) prefix));
        }
        return error.result("write", inode.name);
    }

    /// Cuts the file to `length` and writes zeros to all of it.
    DiskResult zeroFill(OpenFile file, long length) {
        Inode inode = file.inode;
        Answer error = changeError(inode);
        long fits = Math.min(length, room.reach(inode));
        if (error == Answer.OK) {
            cache.zeroFill(inode, fits);
            return (fits == length ? Answer.OK : Answer.ENOSPC).result("write", inode.name);
        }
        if (!mount.isLost()) {
            cache.zeroFill(inode, entropy.below(Purpose.DISK_WRITE_BACK, inode.key, faults.cause(), length + 1));
        }
        return error.result("write", inode.name);
    }

    private Answer changeError(Inode inode) {
        if (mount.isLost()) {
            return mount.change();
        }
        if (faults.isEmpty()) {
            return Answer.OK;
        }
        if (faults.strikes(FaultKind.WRITE, inode.name)) {
            return Answer.EIO;
        }
        return faults.strikes(FaultKind.NO_SPACE, inode.name) ? Answer.ENOSPC : Answer.OK;
    }

    // ---- durability ----------------------------------------------------------------------------------------

    /// `fdatasync` (`storage.md` §1.6.3).
    DiskResult sync(OpenFile file) {
        Answer answer = syncAnswer(file);
        if (answer == Answer.OK && file.inode.hasUntoldLoss && !mount.isLost()) {
            ledger.countLie();
        }
        file.inode.hasUntoldLoss = false;
        return answer.result("fdatasync", file.inode.name);
    }

    private Answer syncAnswer(OpenFile file) {
        Inode inode = file.inode;
        if (mount.isLost()) {
            ledger.countFailedSync();
            return mount.sync(file, faults.has(FaultKind.DEVICE_WRITES));
        }
        if (inode.reportsLate && file.hasNews()) {
            ledger.countFailedSync();
            return file.takeError();
        }
        if (!faults.isEmpty() && faults.strikes(FaultKind.DEVICE_WRITES, inode.name)) {
            writeBack.none(inode);
            return lose(profile.deviceLosses(), true, file);
        }
        SyncFailure failure = writeBack.all(inode);
        if (failure != null && failure.abortsJournal()) {
            return lose(profile.commitLosses(), false, file);
        }
        if (failure != null) {
            ledger.countFailedSync();
            if (!failure.late()) {
                return file.takeError();
            }
        }
        Answer commit = commit(file, inode.name);
        if (commit != Answer.OK) {
            return commit;
        }
        inode.medium.commitSize(inode.writtenSize());
        return failure == null ? file.takeError() : Answer.OK;
    }

    /// Journal and flush. On success everything that the drive has accepted is on the medium.
    private Answer commit(OpenFile file, String name) {
        if (!faults.isEmpty()) {
            if (faults.strikes(FaultKind.DEVICE_WRITES, name)) {
                return lose(profile.deviceLosses(), true, file);
            }
            if (faults.strikes(FaultKind.JOURNAL, name) || faults.strikes(FaultKind.FLUSH, name)) {
                return lose(profile.commitLosses(), false, file);
            }
        }
        drive.flush();
        return Answer.OK;
    }

    private Answer lose(List<JournalLoss> ways, boolean byDevice, OpenFile file) {
        ledger.countFailedSync();
        if (file != null) {
            file.takeError();
        }
        if (ways.isEmpty()) {
            return Answer.EIO;
        }
        int way = (int) entropy.below(Purpose.DISK_PROFILE, diskKey, faults.cause(), ways.size());
        return mount.lose(ways.get(way), byDevice, file);
    }

    /// The kernel writes back those dirty pages of the file that `chosen` picks; no flush, no commit.
    void writeBack(Inode inode, IntPredicate chosen) {
        if (mount.isLost()) {
            return;
        }
        SyncFailure failure = writeBack.some(inode, chosen);
        if (failure != null && failure.abortsJournal()) {
            lose(profile.commitLosses(), false, null);
        }
    }

    // ---- memory pressure and crashes -----------------------------------------------------------------------

    /// Clean pages leave the cache.
    void evict(Inode inode) {
        for (int page = 0; page < inode.cachedPages(); page++) {
            evict(inode, page);
        }
    }

    void evict(Inode inode, int page) {
        if (inode.isClean(page)) {
            inode.drop(page);
        }
    }

    /// The inode leaves memory, and with it the record of its errors; only if unused and without dirty pages.
    void evictInode(Inode inode) {
        if (inode.openFiles == 0 && inode.dirtyCount() == 0) {
            evict(inode);
            inode.errors = ErrorSequence.NONE;
            inode.reportsLate = false;
        }
    }

    /// Descriptors vanish. The page cache, its errors and the state of the mount do not.
    void processCrash() {
        for (Inode inode : inodes()) {
            inode.openFiles = 0;
        }
    }

    /// Pages that the kernel takes for written and the device does not have. Costs a look at every cached page.
    int phantomPages() {
        int phantoms = 0;
        for (Inode inode : inodes()) {
            for (int page = 0; page < inode.cachedPages(); page++) {
                if (inode.isClean(page) && !Page.isSame(inode.page(page), drive.read(inode, page))) {
                    phantoms++;
                }
            }
        }
        return phantoms;
    }

    // ---- what the rest of the package sees -----------------------------------------------------------------

    long diskKey() {
        return diskKey;
    }

    FsProfile profile() {
        return profile;
    }

    Entropy entropy() {
        return entropy;
    }

    ArmedFaults faults() {
        return faults;
    }

    DiskLedger ledger() {
        return ledger;
    }

    Directory directory() {
        return directory;
    }

    DriveCache drive() {
        return drive;
    }

    Platter platter() {
        return platter;
    }

    MountState mount() {
        return mount;
    }

    /// The file of that name as programs see it, or null.
    Inode find(String name) {
        return directory.find(name);
    }

    /// Every file that has a name, in memory or on the medium.
    Collection<Inode> inodes() {
        TreeMap<Integer, Inode> all = new TreeMap<>();
        for (Inode inode : directory.cached().values()) {
            all.put(inode.number, inode);
        }
        for (Inode inode : directory.durable().values()) {
            all.put(inode.number, inode);
        }
        return all.values();
    }
}
