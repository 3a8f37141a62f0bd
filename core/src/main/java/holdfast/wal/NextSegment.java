package holdfast.wal;

import holdfast.Check;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.env.DiskResult;

/// The segment after the current one, prepared before it is needed: filled with zeros and synced under a
/// temporary name, renamed, its name made durable. So a later append changes neither size nor block map, and a
/// roll costs no more than any other batch.
///
/// Nobody uses it yet, so it may fail for want of room while it is filled: what there is of it is deleted, and it is tried
/// again later. Every other failure ends the store, a failed sync as well: after that nobody knows what the disk has, and
/// a file system that has lost its journal may even say that the next sync was good (`papers/fsync-failures.md`).
final class NextSegment {

    private static final long NOTHING = 0;

    private final int segmentBytes;
    private final Probe probe;
    private final RoomPatience room = new RoomPatience();
    private long segSeq;
    private Chain chain = new Chain();
    private long filling = NOTHING;
    private boolean isClearing;
    private boolean isReady;

    NextSegment(long segSeq, int segmentBytes, Probe probe) {
        this.segSeq = segSeq;
        this.segmentBytes = segmentBytes;
        this.probe = probe;
    }

    boolean isReady() {
        return isReady;
    }

    /// Whether it is missing because there is no room for it.
    boolean lacksRoom() {
        return !isReady && room.isLacking();
    }

    long segSeq() {
        return segSeq;
    }

    void flush(long now, DiskOut disk) {
        if (isReady || chain.isUnderWay() || !room.mayTry(now)) {
            return;
        }
        String name = StoreFiles.segment(segSeq);
        String unfinished = StoreFiles.unfinished(name);
        chain = new Chain()
                .zeroFill(unfinished, segmentBytes)
                .sync(unfinished)
                .rename(unfinished, name)
                .syncDirectory();
        chain.start(disk);
        filling = chain.awaited();
    }

    /// When to call [#flush] again because there may be room by then; `Long.MAX_VALUE` for never.
    long nextDeadline() {
        return isReady || chain.isUnderWay() ? Long.MAX_VALUE : room.due();
    }

    boolean owns(long id) {
        return chain.owns(id);
    }

    void succeeded(DiskOut disk) {
        boolean isComplete = chain.succeeded(disk);
        if (isComplete && isClearing) {
            isClearing = false;
        } else if (isComplete) {
            isReady = true;
            room.found();
        }
    }

    /// The operation `id` has failed. Returns whether that was survived.
    boolean survives(long now, long id, DiskResult.Failed failure, DiskOut disk) {
        if (id != filling || failure.reason() != DiskResult.Reason.NO_SPACE) {
            return false;
        }
        probe.reached(Sometimes.SEGMENT_LACKED_ROOM);
        filling = NOTHING;
        room.lacked(now);
        isClearing = true;
        chain = new Chain().delete(StoreFiles.unfinished(StoreFiles.segment(segSeq)));
        chain.start(disk);
        return true;
    }

    /// The prepared segment is in use from here on; the one after it is prepared next.
    void take() {
        Check.that(isReady, "a segment is used when it is prepared");
        isReady = false;
        segSeq++;
    }
}
