package holdfast.server.loop;

import holdfast.Sometimes;
import holdfast.node.Node;
import holdfast.node.Replica;
import holdfast.server.Log;
import holdfast.wal.SurvivedRot;
import java.util.List;
import java.util.Locale;

/// What the log says of the store: how a start gets on, rot that was survived, a disk that is full and has room again; and
/// of peers whose words make no sense.
final class StoreNews {

    private static final long PROGRESS_MICROS = 1_000_000;
    private static final long FOREIGN_MICROS = 60_000_000;

    /// A few are late in every restart.
    private static final long OLDER_MAX = 100;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Log log;
    private final Situations situations;
    private final long started;
    private long nextProgress;
    private long toldOfRot;
    private boolean wasFull;
    private long toldOfForeign;
    private long toldOfOlder;
    private long nextForeign;

    /// @param now monotonic microseconds, as in all of this
    StoreNews(Log log, Situations situations, long now) {
        this.log = log;
        this.situations = situations;
        started = now;
        nextProgress = now + PROGRESS_MICROS;
    }

    /// The node recovers.
    void recovering(long now, Node node) {
        if (now >= nextProgress) {
            nextProgress = now + PROGRESS_MICROS;
            log.info("recovers: " + node.progress());
        }
    }

    void recovered(long now, Node node) {
        log.info("has recovered in " + String.format(Locale.ROOT, "%.1f", (now - started) / MICROS_PER_SECOND) + " s: "
                + node.recovered());
    }

    /// The node runs.
    void look(long now, Replica replica) {
        lookForForeignWords(now);
        lookAtDisk(replica);
    }

    /// Whoever speaks so does it all the time: one line a minute tells of all.
    void lookForForeignWords(long now) {
        if (now < nextForeign) {
            return;
        }
        long foreign = situations.count(Sometimes.FOREIGN_WORDS_DROPPED) + situations.count(Sometimes.SNAPSHOT_REFUSED);
        long older = situations.count(Sometimes.OLDER_LIFE_IGNORED);
        if (foreign != toldOfForeign) {
            log.warn("messages of peers that no node of this version sends were dropped: " + (foreign - toldOfForeign)
                    + ". Do all nodes run the same version, and does nobody else speak on the peer port?");
        }
        if (older - toldOfOlder > OLDER_MAX) {
            log.warn("messages of an earlier life of a peer's disk were dropped: " + (older - toldOfOlder) + ". If they go on,"
                    + " that disk was rolled back, or somebody else has spoken as that node; a restart of this node forgets"
                    + " what was said");
        }
        if (foreign != toldOfForeign || older != toldOfOlder) {
            nextForeign = now + FOREIGN_MICROS;
        }
        toldOfForeign = foreign;
        toldOfOlder = older;
    }

    private void lookAtDisk(Replica replica) {
        SurvivedRot rot = replica.rot();
        if (rot.sentences() != toldOfRot) {
            List<String> latest = rot.latest();
            long news = Math.min(latest.size(), rot.sentences() - toldOfRot);
            toldOfRot = rot.sentences();
            latest.subList((int) (latest.size() - news), latest.size()).forEach(sentence ->
                    log.warn("rot: " + sentence + ". Look at this disk before the rest of it goes"));
        }
        boolean isFull = replica.wal().lacksRoom() || replica.snapshots().lacksRoom();
        if (isFull != wasFull) {
            wasFull = isFull;
            if (isFull) {
                log.warn("the disk is full: there is no room for the next file of the log or for a snapshot. Appends go on"
                        + " until the present file is full and are refused then; reads are served. Make room");
            } else {
                log.info("the disk has room again");
            }
        }
    }
}
