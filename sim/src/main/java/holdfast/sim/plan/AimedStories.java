package holdfast.sim.plan;

import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import java.util.List;

/// Faults that strike while a node does what it seldom does: it is brought up by a snapshot, starts, or writes one of the
/// files that it writes now and then. Other stories hit these states by chance, and some of their faults hardly ever.
final class AimedStories {

    static final List<Story> ALL = List.of(
            new Story(100, 3, "struck as it is brought up", AimedStories::broughtUp),
            new Story(101, 1, "struck as it starts", AimedStories::starting),
            new Story(102, 2, "struck again and again", AimedStories::burst));

    private static final int HALF = 500_000;

    /// What [#strike] chooses from.
    private static final int SORTS = 10;

    /// Draws of one strike.
    private static final int DRAWS = 10;

    private AimedStories() {}

    /// The others forget meanwhile what it lacks. Then it is struck, or whoever sends it a snapshot.
    private static void broughtUp(Scene scene) {
        int node = scene.node(0);
        long away = scene.millis(1, 800, 3_000);
        int sort = scene.draws().below(2, SORTS);
        scene.at(0, new Fault.Partition(List.of(node), Fault.Direction.BOTH, away));
        long at = away + scene.micros(3, 500, 100_000);
        if (scene.draws().chance(4, HALF)) {
            strike(scene, 1, at, node, sort);
            return;
        }
        for (int one : scene.everybody()) {
            strike(scene, one, at, one, sort);
        }
    }

    private static void starting(Scene scene) {
        int node = scene.node(0);
        long down = scene.millis(1, 1, 100);
        scene.at(0, new Fault.Crash(node, down));
        strike(scene, 1, down + scene.micros(2, 200, 20_000), node, scene.draws().below(3, SORTS));
    }

    /// Segments and snapshots are written in a few milliseconds each: one strike of many finds a node at it.
    private static void burst(Scene scene) {
        int sort = scene.draws().below(0, SORTS);
        long at = 0;
        for (int i = 1; i <= scene.draws().oneOf(1, 4, 8, 16); i++) {
            strike(scene, i, at, scene.node(DRAWS * i + 5), sort);
            at += scene.millis(DRAWS * i + 6, 5, 200);
        }
    }

    /// Something that leaves the others alone, and most of the time the node alive.
    ///
    /// @param ordinal of the strike in its story, from 1 on
    private static void strike(Scene scene, int ordinal, long at, int node, int sort) {
        int draw = DRAWS * ordinal;
        switch (sort) {
            case 0 -> scene.at(at, new Fault.SlowProcess(
                    node, (int) scene.draws().spread(draw, 4, 100), scene.millis(draw + 1, 5, 300)));
            case 1 -> scene.at(at, new Fault.ClockJump(node, scene.draws().spread(draw, 10, 100_000)));
            case 2 -> scene.at(at, new Fault.Pause(node, scene.micros(draw, 1_000, 2 * scene.election())));
            case 3 -> scene.at(at, new Fault.DropCaches(node, FileRole.ANY));
            case 4 -> scene.at(at, new Fault.WriteBack(node, FileRole.ANY));
            case 5 -> scene.at(at, new Fault.SlowDisk(
                    node, (int) scene.draws().spread(draw, 3, 100), scene.millis(draw + 1, 5, 300)));
            case 6 -> scene.at(at, new Fault.Unmount(node, scene.millis(draw, 100, 800)));
            case 7 -> swap(scene, at, node, draw);
            case 8 -> rot(scene, at, node, draw);
            default -> scene.arm(at, node, FaultKind.NO_SPACE, FileRole.UNFINISHED);
        }
    }

    private static void swap(Scene scene, long at, int node, int draw) {
        int other = scene.other(draw, node);
        if (other != node) {
            scene.at(at, new Fault.SwapDisks(node, other, scene.millis(draw + 1, 100, 600)));
        }
    }

    /// Only of those that may be damaged.
    private static void rot(Scene scene, long at, int node, int draw) {
        if (scene.mayBeDamaged(node)) {
            scene.at(at, new Fault.Rot(node, scene.draws().chance(draw, HALF)));
        }
    }
}
