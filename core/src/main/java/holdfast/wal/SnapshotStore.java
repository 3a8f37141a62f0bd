package holdfast.wal;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.env.DiskOp;
import holdfast.env.DiskResult;

/// The newest snapshot, and the saving of the next one: written under a temporary name, synced, renamed, the
/// name made durable; only then is the one before deleted. So there is always a whole one.
///
/// For want of room a write of it may fail: what there is is deleted and it is tried again later, while the log goes on with
/// what it has. Every other failure, a failed sync as well, ends the store ([NextSegment]).
///
/// The rename waits until everything is durable that was given to the log before: a snapshot that is there must
/// not point to entries that are not.
public final class SnapshotStore {

    /// Written in pieces, so that batches of the log need not wait for a large one.
    private static final int PIECE_BYTES = 1 << 20;

    private final Wal wal;
    private final Poison poison;
    private final Probe probe;
    private Snapshot latest;
    private Snapshot saving;
    private Chain writing = new Chain();
    private Chain publishing = new Chain();
    private Chain clearing = new Chain();
    private final RoomPatience room = new RoomPatience();
    private boolean waitsForRoom;
    private long given;

    SnapshotStore(Wal wal, Poison poison, Snapshot latestOrNull, Probe probe) {
        this.wal = wal;
        this.poison = poison;
        this.probe = probe;
        latest = latestOrNull;
    }

    /// The newest one that is durable, or null.
    public Snapshot latest() {
        return latest;
    }

    public boolean isSaving() {
        return saving != null;
    }

    /// Confirmed by [WalEvents#snapshotSaved]; one at a time.
    public void save(Snapshot snapshot, DiskOut disk) {
        if (poison.isStruck()) {
            return;
        }
        Check.that(saving == null, "snapshots are saved one at a time");
        saving = snapshot;
        write(disk);
    }

    private void write(DiskOut disk) {
        String unfinished = StoreFiles.unfinished(nameOf(saving));
        Bytes file = SnapshotFile.encode(saving);
        writing = new Chain();
        for (int from = 0; from < file.size(); from += PIECE_BYTES) {
            writing.write(unfinished, from, file.slice(from, Math.min(file.size(), from + PIECE_BYTES)));
        }
        writing.sync(unfinished);
        publishing = new Chain().rename(unfinished, nameOf(saving)).syncDirectory();
        given = wal.given();
        writing.start(disk);
    }

    public boolean owns(long id) {
        return writing.owns(id) || publishing.owns(id) || clearing.owns(id);
    }

    public void onDone(long now, long id, DiskResult result, DiskOut disk, WalEvents events) {
        if (poison.isStruck() || survives(now, id, result, disk)
                || poison.strikes(result, nameOf(saving) + " was saved", events)) {
            return;
        }
        if (clearing.owns(id)) {
            waitsForRoom = clearing.succeeded(disk);
        } else if (writing.owns(id)) {
            if (writing.succeeded(disk)) {
                room.found();
                wal.whenDurable(given, publishing::start, disk);
            }
        } else if (publishing.succeeded(disk)) {
            published(disk, events);
        }
    }

    /// The last step of the writing is its sync.
    private boolean survives(long now, long id, DiskResult result, DiskOut disk) {
        if (!(result instanceof DiskResult.Failed failure) || failure.reason() != DiskResult.Reason.NO_SPACE
                || !writing.owns(id) || !writing.hasMore()) {
            return false;
        }
        probe.reached(Sometimes.SNAPSHOT_LACKED_ROOM);
        room.lacked(now);
        writing = new Chain();
        clearing = new Chain().delete(StoreFiles.unfinished(nameOf(saving)));
        clearing.start(disk);
        return true;
    }

    /// Tries again what had no room.
    public void flush(long now, DiskOut disk) {
        if (waitsForRoom && room.mayTry(now) && !poison.isStruck()) {
            waitsForRoom = false;
            write(disk);
        }
    }

    /// When to call [#flush]; `Long.MAX_VALUE` for never.
    public long nextDeadline() {
        return waitsForRoom && !poison.isStruck() ? room.due() : Long.MAX_VALUE;
    }

    /// Whether a snapshot waits until there is room for it.
    public boolean lacksRoom() {
        return room.isLacking();
    }

    private void published(DiskOut disk, WalEvents events) {
        if (latest != null && !nameOf(latest).equals(nameOf(saving))) {
            disk.submit(new DiskOp.Delete(disk.nextId(), nameOf(latest)));
        }
        latest = saving;
        saving = null;
        probe.reached(Sometimes.SNAPSHOT_TAKEN);
        events.snapshotSaved(latest.last());
    }

    static String nameOf(Snapshot snapshot) {
        return StoreFiles.snapshot(snapshot.last().index(), snapshot.last().term());
    }
}
