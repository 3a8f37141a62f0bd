package holdfast.sim.plan;

import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import java.util.List;

/// Processes that die, stop, crawl or change roles, and machines without power.
final class ProcessStories {

    static final List<Story> ALL = List.of(
            new Story(1, 1, "crash", ProcessStories::crash),
            new Story(2, 2, "crash during recovery", ProcessStories::crashDuringRecovery),
            new Story(3, 1, "one after the other", ProcessStories::oneAfterTheOther),
            new Story(4, 1, "away for long", ProcessStories::awayForLong),
            new Story(5, 1, "power cut of one", ProcessStories::powerOfOne),
            new Story(6, 2, "power cut of all", ProcessStories::powerOfAll),
            new Story(7, 1, "power cut of a majority", ProcessStories::powerOfMajority),
            new Story(8, 2, "power cut during recovery", ProcessStories::powerDuringRecovery),
            new Story(9, 1, "pause", ProcessStories::pause),
            new Story(10, 1, "pause of the leader", ProcessStories::pauseOfLeader),
            new Story(11, 1, "slow process", ProcessStories::slowProcess),
            new Story(12, 1, "clock jump", ProcessStories::clockJump),
            new Story(13, 1, "transfer", ProcessStories::transfer),
            new Story(14, 1, "transfers in a row", ProcessStories::transfers),
            new Story(15, 2, "crash of the leader", ProcessStories::crashOfLeader),
            new Story(16, 4, "never healed", ProcessStories::neverHealed),
            new Story(17, 3, "full for good", ProcessStories::fullForGood),
            new Story(18, 2, "a leader from the future", ProcessStories::fromTheFuture));

    private static final long HOUR_MILLIS = 3_600_000;
    private static final int HALF = 500_000;

    private ProcessStories() {}

    private static void crash(Scene scene) {
        scene.at(0, new Fault.Crash(scene.node(0), scene.millis(1, 2, 1_500)));
    }

    private static void crashDuringRecovery(Scene scene) {
        int node = scene.node(0);
        long down = scene.millis(1, 1, 100);
        scene.at(0, new Fault.Crash(node, down));
        long again = down;
        for (int i = 0; i < scene.draws().oneOf(2, 1, 1, 2, 3); i++) {
            again += scene.micros(10 + i, 200, 30_000);
            long downAgain = scene.millis(20 + i, 1, 50);
            scene.at(again, new Fault.Crash(node, downAgain));
            again += downAgain;
        }
    }

    private static void oneAfterTheOther(Scene scene) {
        long at = 0;
        for (int node : scene.group(0, scene.nodes())) {
            scene.at(at, new Fault.Crash(node, scene.millis(10 + node, 5, 200)));
            at += scene.millis(20 + node, 1, 300);
        }
    }

    /// The others take snapshots and forget the log meanwhile; then the node needs one. It may die while taking it.
    private static void awayForLong(Scene scene) {
        int node = scene.node(0);
        long down = scene.millis(1, 800, 3_000);
        scene.at(0, new Fault.Crash(node, down));
        if (scene.draws().chance(2, HALF)) {
            scene.at(down + scene.millis(3, 5, 200), new Fault.Crash(node, scene.millis(4, 1, 100)));
        }
    }

    private static void powerOfOne(Scene scene) {
        scene.at(0, new Fault.PowerCut(List.of(scene.node(0)), scene.keep(1), scene.millis(2, 2, 1_000)));
    }

    private static void powerOfAll(Scene scene) {
        scene.at(0, new Fault.PowerCut(scene.everybody(), scene.keep(1), scene.millis(2, 2, 500)));
    }

    private static void powerOfMajority(Scene scene) {
        List<Integer> majority = scene.group(0, scene.nodes() / 2 + 1);
        scene.at(0, new Fault.PowerCut(majority, scene.keep(1), scene.millis(2, 2, 500)));
    }

    private static void powerDuringRecovery(Scene scene) {
        List<Integer> nodes = scene.draws().chance(0, HALF) ? scene.everybody() : List.of(scene.node(1));
        long down = scene.millis(2, 2, 200);
        scene.at(0, new Fault.PowerCut(nodes, scene.keep(3), down));
        long again = down + scene.micros(4, 200, 60_000);
        scene.at(again, new Fault.PowerCut(nodes, scene.keep(5), scene.millis(6, 2, 200)));
    }

    private static void pause(Scene scene) {
        scene.at(0, new Fault.Pause(scene.node(0), scene.micros(1, 5_000, 4 * scene.election())));
    }

    private static void pauseOfLeader(Scene scene) {
        int node = scene.node(0);
        scene.at(0, new Fault.Transfer(node));
        scene.at(scene.millis(1, 10, 200), new Fault.Pause(node, scene.elections(2, 2, 6)));
    }

    private static void slowProcess(Scene scene) {
        int factor = (int) scene.draws().spread(1, 4, 200);
        scene.at(0, new Fault.SlowProcess(scene.node(0), factor, scene.millis(2, 50, 2_000)));
    }

    private static void clockJump(Scene scene) {
        long millis = scene.draws().spread(1, 10, HOUR_MILLIS);
        int node = scene.node(0);
        scene.at(0, new Fault.ClockJump(node, scene.draws().chance(2, HALF) ? millis : -millis));
        if (scene.draws().chance(3, HALF)) {
            scene.at(scene.micros(4, 1, 100_000), new Fault.Transfer(node));
        }
    }

    /// Of those that may be damaged, each in its way, or all in the same: so that the others can serve alone.
    private static void neverHealed(Scene scene) {
        Fault.Ill[] ills = Fault.Ill.values();
        boolean isAlike = scene.draws().chance(2, HALF);
        for (int node : scene.minority(0)) {
            scene.at(0, new Fault.Lasting(node, ills[scene.draws().below(isAlike ? 10 : 10 + node, ills.length)]));
        }
    }

    /// A minority has full disks for good, those that may be damaged or the first ones, so that leadership has to find
    /// somebody else.
    private static void fullForGood(Scene scene) {
        List<Integer> full = scene.draws().chance(1, HALF)
                ? scene.everybody().subList(0, (scene.nodes() - 1) / 2)
                : scene.minority(0);
        for (int node : full) {
            scene.arm(0, node, DiskFault.always(FaultKind.NO_SPACE, FileRole.UNFINISHED));
            scene.at(0, new Fault.Lasting(node, Fault.Ill.FULL));
        }
        scene.at(0, new Fault.Transfer(full.isEmpty() ? 1 : full.getFirst()));
    }

    /// Its wall clock is minutes to a day ahead, and it is asked to write before it can know what the machine's clock was: its
    /// disk and those of the others are slow.
    private static void fromTheFuture(Scene scene) {
        int node = scene.node(0);
        scene.at(0, new Fault.ClockJump(node, scene.draws().spread(1, 2 * HOUR_MILLIS / 60, 24 * HOUR_MILLIS)));
        for (int one : scene.everybody()) {
            scene.at(0, new Fault.SlowDisk(one, (int) scene.draws().spread(2, 5, 60), scene.millis(3, 200, 600)));
        }
        scene.at(scene.millis(4, 1, 100), new Fault.Transfer(node));
    }

    private static void transfer(Scene scene) {
        scene.at(0, new Fault.Transfer(scene.node(0)));
    }

    private static void transfers(Scene scene) {
        long at = 0;
        for (int i = 0; i < scene.draws().oneOf(0, 3, 5); i++) {
            scene.at(at, new Fault.Transfer(scene.node(10 + i)));
            at += scene.millis(20 + i, 5, 100);
        }
    }

    private static void crashOfLeader(Scene scene) {
        int node = scene.node(0);
        scene.at(0, new Fault.Transfer(node));
        scene.at(scene.millis(1, 10, 200), new Fault.Crash(node, scene.millis(2, 1, 800)));
    }
}
