package holdfast.sim.plan;

import holdfast.sim.disk.DiskMoment;
import holdfast.sim.disk.DiskMoment.Act;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.PowerCutKeep;
import java.util.List;

/// Crashes and power cuts in the midst of what a store does in several steps: each of its protocols promises that it may
/// be interrupted anywhere.
final class MomentStories {

    static final List<Story> ALL = List.of(
            new Story(70, 3, "cut in a batch", MomentStories::batch),
            new Story(71, 2, "cut while a vote is written", MomentStories::vote),
            new Story(72, 1, "cut while a snapshot is published", MomentStories::snapshot),
            new Story(73, 2, "cut while a snapshot is installed", MomentStories::installation),
            new Story(74, 2, "cut while recovery copies", MomentStories::recovery),
            new Story(75, 1, "cut while a segment rolls", MomentStories::roll));

    private static final int HALF = 500_000;
    private static final int POWER_PPM = 600_000;
    private static final int ANY_PPM = 750_000;

    /// About two writes into the page cache: proofs, and the batch behind them.
    private static final long ONE_WRITE = 25;
    /// About a sync: long enough to fall between the operations as well.
    private static final long ONE_STEP = 400;
    /// About two copies of META, each with its sync, or a rename and the sync of its directory.
    private static final long SOME_STEPS = 1_000;
    private static final long MANY_STEPS = 4_000;

    /// Draws of one cut.
    private static final int DRAWS = 10;

    private MomentStories() {}

    /// @param ordinal of the cut in its story
    private static void cut(Scene scene, int ordinal, long at, int node, FileRole files, Act act, long within) {
        int draw = DRAWS * (1 + ordinal);
        DiskMoment moment = new DiskMoment(files, act, scene.micros(draw, 1, within));
        long down = scene.millis(draw + 1, 1, 300);
        scene.at(at, scene.draws().chance(draw + 2, POWER_PPM)
                ? new Fault.PowerCutAt(node, moment, keep(scene, draw + 3), down)
                : new Fault.CrashAt(node, moment, down));
    }

    private static PowerCutKeep keep(Scene scene, int ordinal) {
        return scene.draws().chance(ordinal, ANY_PPM) ? PowerCutKeep.ANY : PowerCutKeep.NONE;
    }

    private static List<Integer> oneOrAll(Scene scene, int ordinal) {
        return scene.draws().chance(ordinal, HALF) ? scene.everybody() : List.of(scene.node(ordinal + 1));
    }

    private static Act writeOrSync(Scene scene, int ordinal) {
        return scene.draws().chance(ordinal, HALF) ? Act.WRITE : Act.SYNC;
    }

    /// The last batch is incomplete, or complete and confirmed to nobody.
    private static void batch(Scene scene) {
        List<Integer> nodes = oneOrAll(scene, 0);
        int times = scene.draws().oneOf(2, 1, 1, 2, 4);
        for (int node : nodes) {
            long at = 0;
            for (int i = 0; i < times; i++) {
                int cut = node * times + i;
                Act act = writeOrSync(scene, 1_000 + cut);
                cut(scene, cut, at, node, FileRole.WAL, act, act == Act.WRITE ? ONE_WRITE : ONE_STEP);
                at += scene.millis(2_000 + cut, 1, 300);
            }
        }
    }

    /// A candidate's or a voter's, in the first copy, between the copies or in the second.
    private static void vote(Scene scene) {
        for (int node : oneOrAll(scene, 0)) {
            cut(scene, node, 0, node, FileRole.META, writeOrSync(scene, 1_000 + node), SOME_STEPS);
        }
        scene.at(scene.millis(2, 1, 50), new Fault.Transfer(scene.node(3)));
    }

    /// Before it has its name, while it is given it, before the name is durable, or while the one before is deleted.
    private static void snapshot(Scene scene) {
        for (int node : oneOrAll(scene, 0)) {
            Act act = scene.draws().chance(1_000 + node, HALF) ? Act.RENAME : Act.SYNC;
            cut(scene, node, 0, node, FileRole.SNAPSHOT, act, SOME_STEPS);
        }
    }

    /// The others forget the log meanwhile, so the node needs a snapshot, and then a new beginning of its own log.
    private static void installation(Scene scene) {
        int node = scene.node(0);
        long away = scene.millis(1, 800, 3_000);
        scene.at(0, new Fault.Partition(List.of(node), Fault.Direction.BOTH, away));
        for (int i = 0; i < scene.draws().oneOf(2, 1, 2); i++) {
            Act act = scene.draws().chance(1_000 + i, HALF) ? Act.RENAME : Act.SYNC;
            cut(scene, i, away - 1, node, FileRole.SNAPSHOT, act, MANY_STEPS);
        }
    }

    /// What nothing proves is copied into a new segment at every start. The copy is cut off, and so is the copying of what
    /// that has left.
    private static void recovery(Scene scene) {
        List<Integer> nodes = oneOrAll(scene, 0);
        scene.at(0, new Fault.PowerCut(nodes, scene.keep(2), scene.millis(3, 2, 200)));
        int times = scene.draws().oneOf(4, 1, 2, 3);
        for (int node : nodes) {
            for (int i = 0; i < times; i++) {
                int cut = node * times + i;
                Act[] acts = {Act.ZERO_FILL, Act.WRITE, Act.SYNC, Act.RENAME};
                Act act = acts[scene.draws().below(1_000 + cut, acts.length)];
                cut(scene, cut, 1, node, FileRole.WAL, act, SOME_STEPS);
            }
        }
    }

    /// While nobody votes, META is only written to name the new segment; the one after it is prepared at once.
    private static void roll(Scene scene) {
        int node = scene.node(0);
        if (scene.draws().chance(1, HALF)) {
            cut(scene, 0, 0, node, FileRole.META, writeOrSync(scene, 2), SOME_STEPS);
        } else {
            Act act = scene.draws().chance(2, HALF) ? Act.ZERO_FILL : Act.RENAME;
            cut(scene, 0, 0, node, FileRole.WAL, act, MANY_STEPS);
        }
    }
}
