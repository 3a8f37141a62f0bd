package holdfast.sim.plan;

import holdfast.Sometimes;
import holdfast.sim.disk.FileRole;
import java.util.List;

/// What strikes right after a node has come into a situation that lasts for milliseconds: no time that a plan could name
/// would hit it.
final class AnchoredStories {

    static final List<Story> ALL = List.of(
            new Story(110, 2, "right after something that matters", AnchoredStories::after),
            new Story(111, 1, "right after each such thing", AnchoredStories::afterEach),
            new Story(112, 2, "another leader while a snapshot is saved", AnchoredStories::overtaken));

    /// Beginnings of what takes several steps, and the steps at which somebody else may come in between.
    private static final List<Sometimes> SITUATIONS = List.of(
            Sometimes.ELECTION_STARTED, Sometimes.VOTE_HELD_FOR_DISK, Sometimes.LEADER_ELECTED, Sometimes.LEADER_DEPOSED,
            Sometimes.LEADER_LOST_QUORUM, Sometimes.LEADERSHIP_TRANSFERRED, Sometimes.CANDIDATE_DEPOSED,
            Sometimes.DISK_BOUND, Sometimes.DISK_REPLACED, Sometimes.MEMBERSHIP_HELD_FOR_DISK, Sometimes.LOG_TRUNCATED,
            Sometimes.REPLICATION_PROBED, Sometimes.CONFLICT_SKIPPED_TERM, Sometimes.PREVIOUS_TERM_ENTRY_HELD_BACK,
            Sometimes.COMMITTED_BEFORE_OWN_SYNC, Sometimes.READ_WAITED_FOR_TERM_START, Sometimes.READ_FORWARDED,
            Sometimes.SEGMENT_ROLLED, Sometimes.SEGMENT_WAITED, Sometimes.BATCH_WAITED_FOR_META, Sometimes.SEGMENT_LACKED_ROOM,
            Sometimes.SEGMENT_DROPPED, Sometimes.SNAPSHOT_TAKEN, Sometimes.SNAPSHOT_WAITED_FOR_LOG, Sometimes.SNAPSHOT_SENT,
            Sometimes.SNAPSHOT_KEPT_WHILE_SENT, Sometimes.SNAPSHOT_OFFER_RENEWED, Sometimes.SNAPSHOT_ENTRIES_REPEATED,
            Sometimes.SNAPSHOT_WHOLE, Sometimes.SNAPSHOT_INSTALLED, Sometimes.SNAPSHOT_OVERTAKEN_BY_LOG, Sometimes.STORE_POISONED,
            Sometimes.RECOVERY_COPIED_FORWARD, Sometimes.RECOVERY_LOG_REPLACED, Sometimes.STREAM_DELETED,
            Sometimes.REQUEST_FORGOTTEN, Sometimes.OUTCOME_UNKNOWN);

    private static final int NTH_MAX = 3;
    private static final int OFTEN_MAX = 4;
    private static final long AFTER_MICROS_MAX = 30_000;

    /// Draws of one strike.
    private static final int DRAWS = 20;

    private AnchoredStories() {}

    private static void after(Scene scene) {
        Sometimes situation = SITUATIONS.get(scene.draws().below(0, SITUATIONS.size()));
        int nth = 1 + scene.draws().below(1, NTH_MAX);
        for (int i = 1; i <= scene.draws().oneOf(2, 1, 1, 2, 3); i++) {
            strike(scene, i, situation, nth);
        }
    }

    /// The same again and again.
    private static void afterEach(Scene scene) {
        Sometimes situation = SITUATIONS.get(scene.draws().below(0, SITUATIONS.size()));
        for (int nth = 1; nth <= OFTEN_MAX; nth++) {
            strike(scene, nth, situation, nth);
        }
    }

    /// A follower comes back, needs a snapshot, and takes its time to save it; meanwhile somebody leads who has forgotten less
    /// and brings its log up. Who started last has forgotten least.
    private static void overtaken(Scene scene) {
        int node = scene.node(0);
        long away = scene.millis(1, 100, 2_000);
        int other = scene.other(2, node);
        scene.at(0, new Fault.Partition(List.of(node), Fault.Direction.BOTH, away));
        scene.at(scene.micros(3, 1_000, away), new Fault.Crash(other, scene.millis(4, 1, 50)));
        scene.at(away, new Fault.SlowDisk(node, (int) scene.draws().spread(5, 10, 200), scene.elections(6, 4, 12)));
        for (int nth = 1; nth <= NTH_MAX; nth++) {
            Anchor anchor = new Anchor.Reached(Sometimes.SNAPSHOT_WHOLE, node, nth, scene.micros(10 + nth, 1, 2_000));
            scene.when(anchor, new Fault.Transfer(other));
        }
    }

    private static void strike(Scene scene, int ordinal, Sometimes situation, int nth) {
        int draw = DRAWS * ordinal;
        long after = scene.micros(draw, 1, AFTER_MICROS_MAX);
        Anchor anchor = new Anchor.Reached(situation, Anchor.ANY_NODE, nth, after);
        int node = scene.node(draw + 1);
        scene.when(anchor, switch (scene.draws().below(draw + 2, 8)) {
            case 0 -> new Fault.Crash(node, scene.millis(draw + 3, 1, 500));
            case 1 -> new Fault.PowerCut(List.of(node), scene.keep(draw + 3), scene.millis(draw + 4, 1, 500));
            case 2 -> new Fault.Transfer(node);
            case 3 -> new Fault.Partition(List.of(node), scene.direction(draw + 3), scene.elections(draw + 4, 1, 5));
            case 4 -> new Fault.Pause(node, scene.micros(draw + 3, 1_000, 4 * scene.election()));
            case 5 -> new Fault.StallDisk(node, scene.micros(draw + 3, 1_000, 4 * scene.election()));
            case 6 -> new Fault.SlowDisk(node, (int) scene.draws().spread(draw + 3, 5, 100), scene.millis(draw + 4, 20, 1_000));
            default -> new Fault.DropCaches(node, FileRole.ANY);
        });
    }
}
