package holdfast.sim.disk;

import static holdfast.sim.disk.Answer.EIO;
import static holdfast.sim.disk.Answer.EROFS;
import static holdfast.sim.disk.Answer.OK;
import static holdfast.sim.disk.SyncFailure.PageFate.DROP;
import static holdfast.sim.disk.SyncFailure.PageFate.KEEP_DIRTY;
import static holdfast.sim.disk.SyncFailure.PageFate.KEEP_NEW;

import java.util.List;

/// The table of file systems. Every row names the measurement behind it: a section and row of `fault-lab.md`
/// (measured) or `storage.md` §1.6.3 (from the literature). Where both speak, the measurement counts.
public final class FsProfiles {

    //                                                        fate        whole  size   stale  late   aborts
    /// §3.1 "ext4 ordered": EIO, clean, NEW, then 0; after remount ZERO with the size extended.
    private static final SyncFailure EXT4 = new SyncFailure(KEEP_NEW, false, true, false, false, false);
    /// §3.1 "data=journal, 6.1": 0 first, EIO at the next sync; OLD or ZERO.
    private static final SyncFailure EXT4_LATE = new SyncFailure(KEEP_NEW, false, true, false, true, false);
    /// §3.1 "data=journal, 6.18": EIO, clean, NEW; new blocks show STALE bytes.
    private static final SyncFailure EXT4_STALE = new SyncFailure(KEEP_NEW, false, true, true, false, false);
    /// §3.1 "data_err=abort, 6.18": EIO, then EROFS; append is EOF after remount.
    private static final SyncFailure EXT4_ABORT = new SyncFailure(KEEP_NEW, false, false, false, false, true);
    /// §3.1 "xfs": as ext4, but an append is EOF, old size, after remount.
    private static final SyncFailure XFS = new SyncFailure(KEEP_NEW, false, false, false, false, false);
    /// `storage.md` §1.6.3 "xfs-old" (before 5.19): the page is invalidated.
    private static final SyncFailure XFS_OLD = new SyncFailure(DROP, false, false, false, false, false);
    /// §3.1 "btrfs 6.1": page thrown away; the extent of a whole sync is undone (`storage.md` §1.6.4 V3).
    private static final SyncFailure BTRFS_61 = new SyncFailure(DROP, true, false, false, false, false);
    /// §3.1 "btrfs 6.18": the same on the medium, but the cache keeps NEW.
    private static final SyncFailure BTRFS_618 = new SyncFailure(KEEP_NEW, true, false, false, false, false);
    /// `storage.md` §1.4 and §1.6.3 "freebsd": buffers stay dirty and are retried.
    private static final SyncFailure RETRIES = new SyncFailure(KEEP_DIRTY, false, true, false, false, false);

    /// §3.2 "ext4 ordered": EIO, EIO, others EIO, and after healing 0 although the journal is aborted.
    private static final JournalLoss EXT4_DEAD =
            new JournalLoss("aborted, syncs say 0 once healed", EIO, EIO, EIO, EIO, OK, EROFS, true);
    /// §3.2 "data=journal 6.1": one EIO, then 0 for ever.
    private static final JournalLoss EXT4_LATE_DEAD =
            new JournalLoss("aborted, syncs say 0", EIO, OK, OK, OK, OK, EROFS, true);
    /// §3.2 and §3.3 "data=journal 6.18": EROFS from the first sync on.
    private static final JournalLoss EXT4_STALE_DEAD = JournalLoss.then("aborted at once", EROFS, EROFS, EROFS, true);
    /// §3.3 "ext4": EIO, then EROFS everywhere.
    private static final JournalLoss ABORTED = JournalLoss.then("aborted", EIO, EROFS, EROFS, true);
    /// §3.2 and §3.3 "xfs": shut down, reads and stat fail as well.
    private static final JournalLoss SHUTDOWN = JournalLoss.then("shut down", EIO, EIO, EIO, false);
    /// §3.2 "btrfs": EIO, EIO, others EROFS, an unmodified file 0; after healing EROFS.
    private static final JournalLoss BTRFS_DEAD =
            new JournalLoss("turned read-only", EIO, EIO, EROFS, OK, EROFS, EROFS, true);

    //                                                             tears  bytes  exposes in order
    private static final PowerLoss IN_PLACE = new PowerLoss(true, false, false, true);
    private static final PowerLoss ATOMIC_PAGES = new PowerLoss(false, false, false, true);
    private static final PowerLoss ANYTHING = new PowerLoss(true, true, true, false);

    public static final FsProfile EXT4_ORDERED = profile("ext4-ordered", EXT4, EXT4_DEAD, ABORTED, IN_PLACE);
    public static final FsProfile EXT4_JOURNAL_61 =
            profile("ext4-journal-6.1", EXT4_LATE, EXT4_LATE_DEAD, ABORTED, ATOMIC_PAGES);
    public static final FsProfile EXT4_JOURNAL_618 =
            profile("ext4-journal-6.18", EXT4_STALE, EXT4_STALE_DEAD, EXT4_STALE_DEAD, ATOMIC_PAGES);
    public static final FsProfile EXT4_ABORT_618 =
            profile("ext4-abort-6.18", EXT4_ABORT, EXT4_DEAD, ABORTED, IN_PLACE);
    public static final FsProfile XFS_NOW = profile("xfs", XFS, SHUTDOWN, SHUTDOWN, IN_PLACE);
    public static final FsProfile XFS_BEFORE_519 = profile("xfs-old", XFS_OLD, SHUTDOWN, SHUTDOWN, IN_PLACE);
    public static final FsProfile BTRFS_OLD = cow("btrfs-6.1", BTRFS_61);
    public static final FsProfile BTRFS_NOW = cow("btrfs-6.18", BTRFS_618);
    public static final FsProfile KEEPS_DIRTY =
            new FsProfile("keep-dirty", List.of(RETRIES), List.of(), List.of(), IN_PLACE, false);
    public static final FsProfile HOSTILE = new FsProfile(
            "hostile",
            List.of(EXT4, EXT4_LATE, EXT4_STALE, XFS, XFS_OLD, BTRFS_61, BTRFS_618, RETRIES),
            List.of(EXT4_DEAD, EXT4_LATE_DEAD, EXT4_STALE_DEAD, SHUTDOWN, BTRFS_DEAD),
            List.of(ABORTED, EXT4_DEAD, EXT4_LATE_DEAD, SHUTDOWN),
            ANYTHING,
            false);

    private static final List<FsProfile> ALL = List.of(
            EXT4_ORDERED, EXT4_JOURNAL_61, EXT4_JOURNAL_618, EXT4_ABORT_618, XFS_NOW, XFS_BEFORE_519,
            BTRFS_OLD, BTRFS_NOW, KEEPS_DIRTY, HOSTILE);

    private FsProfiles() {}

    public static List<FsProfile> all() {
        return ALL;
    }

    /// The profile of that name, or null.
    public static FsProfile named(String name) {
        for (FsProfile profile : ALL) {
            if (profile.name().equals(name)) {
                return profile;
            }
        }
        return null;
    }

    private static FsProfile profile(
            String name, SyncFailure failure, JournalLoss device, JournalLoss commit, PowerLoss powerLoss) {
        return new FsProfile(name, List.of(failure), List.of(device), List.of(commit), powerLoss, false);
    }

    /// §3.3 "btrfs": EIO, then EROFS. §3.4 "Device lies": EIO from its checksum.
    private static FsProfile cow(String name, SyncFailure failure) {
        return new FsProfile(name, List.of(failure), List.of(BTRFS_DEAD), List.of(ABORTED), ATOMIC_PAGES, true);
    }
}
