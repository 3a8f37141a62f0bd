package holdfast.sim.plan;

import holdfast.sim.disk.PowerCutKeep;
import java.util.List;

/// Drives that are lost, missing or in the wrong machine, and what happens around that. A store promises on its drives, so
/// every story asks the same: does anybody speak for a drive that is not there?
final class DriveStories {

    private static final int HALF = 500_000;

    /// The machine whose drive is the first that its store names.
    private static final int FOUNDER = 1;

    static final List<Story> ALL = List.of(
            new Story(80, 1, "lost drive", DriveStories::lost),
            new Story(81, 3, "lost drive while another lags", DriveStories::lostWhileAnotherLags),
            new Story(82, 2, "replaced while others crash", DriveStories::replacedWhileOthersCrash),
            new Story(83, 2, "replaced by a leader that is cut off", DriveStories::replacedByIsolatedLeader),
            new Story(84, 1, "lost again", DriveStories::lostAgain),
            new Story(85, 1, "not mounted", DriveStories::notMounted),
            new Story(86, 1, "in each other's machine", DriveStories::swapped),
            new Story(87, 2, "one drive after the other", DriveStories::oneAfterTheOther),
            new Story(88, 2, "founder dies as others join", DriveStories::founderDies),
            new Story(89, 3, "met by a former leader", DriveStories::metByFormerLeader));

    private DriveStories() {}

    private static void lost(Scene scene) {
        if (scene.loser(0) != 0) {
            lose(scene, 0, scene.loser(0));
        }
    }

    /// The operator is quick, or forgets it until the faults end.
    private static void lose(Scene scene, long after, int loser) {
        long replace = scene.draws().chance(3, HALF) ? scene.millis(4, 1, 300) : scene.millis(4, 1_000, 8_000);
        scene.at(after, new Fault.LoseDisk(loser, scene.millis(5, 2, 300), replace));
    }

    /// What only the lost drive and one other had acknowledged: that other one is gone for a while, and the one that has
    /// never heard of it meets the new drive.
    private static void lostWhileAnotherLags(Scene scene) {
        int loser = scene.loser(0);
        if (loser == 0) {
            return;
        }
        int laggard = scene.other(1, loser);
        int witness = 1 + (Math.max(loser, laggard) % scene.nodes());
        long away = scene.millis(2, 50, 400);
        scene.at(0, new Fault.Partition(List.of(laggard), Fault.Direction.BOTH, away));
        lose(scene, away - away / 8, loser);
        if (witness != loser && witness != laggard) {
            scene.at(away - away / 4, new Fault.Crash(witness, scene.millis(6, 300, 2_500)));
        }
        if (scene.draws().chance(7, HALF)) {
            scene.at(away, new Fault.Crash(laggard, scene.millis(8, 1, 200)));
        }
    }

    private static void replacedWhileOthersCrash(Scene scene) {
        int loser = scene.loser(0);
        if (loser == 0) {
            return;
        }
        long down = scene.millis(1, 2, 100);
        long replace = scene.millis(2, 1, 300);
        scene.at(0, new Fault.LoseDisk(loser, down, replace));
        for (int i = 0; i < scene.draws().oneOf(3, 1, 2, 4); i++) {
            int node = scene.node(10 + i);
            long at = down + replace + scene.micros(20 + i, 100, 400_000);
            scene.at(at, scene.draws().chance(30 + i, HALF)
                    ? new Fault.Crash(node, scene.millis(40 + i, 1, 400))
                    : new Fault.PowerCut(List.of(node), PowerCutKeep.NONE, scene.millis(40 + i, 1, 400)));
        }
    }

    /// The leader is told to replace the drive, and cut off before others hear of it.
    private static void replacedByIsolatedLeader(Scene scene) {
        int loser = scene.loser(0);
        if (loser == 0) {
            return;
        }
        int leader = scene.other(1, loser);
        long down = scene.millis(2, 2, 60);
        long replace = scene.millis(3, 50, 300);
        scene.at(0, new Fault.Transfer(leader));
        scene.at(1_000, new Fault.LoseDisk(loser, down, replace));
        long asked = 1_000 + down + replace;
        for (int peer = 1; peer <= scene.nodes(); peer++) {
            if (peer != leader && peer != loser) {
                scene.at(asked - scene.millis(4, 1, 40), new Fault.CutPair(leader, peer, scene.elections(5, 1, 10)));
            }
        }
    }

    private static void lostAgain(Scene scene) {
        int loser = scene.loser(0);
        if (loser == 0) {
            return;
        }
        lose(scene, 0, loser);
        lose(scene, scene.millis(1, 400, 2_500), loser);
    }

    /// Each is replaced before the next one is lost. In the end nobody runs on the drive that the store was formed with, and
    /// all lose power.
    private static void oneAfterTheOther(Scene scene) {
        long at = 0;
        for (int loser : scene.losers()) {
            scene.at(at, new Fault.LoseDisk(loser, scene.millis(10 + loser, 2, 50), scene.millis(20 + loser, 1, 50)));
            at += scene.millis(30 + loser, 150, 600);
        }
        scene.at(at, new Fault.PowerCut(scene.everybody(), scene.keep(40), scene.millis(41, 2, 200)));
    }

    private static void notMounted(Scene scene) {
        int node = scene.node(0);
        scene.at(0, new Fault.Unmount(node, scene.millis(1, 100, 2_000)));
        if (scene.draws().chance(2, HALF)) {
            int other = scene.other(3, node);
            scene.at(scene.millis(4, 100, 600), new Fault.Crash(other, scene.millis(5, 1, 400)));
        }
    }

    private static void swapped(Scene scene) {
        int one = scene.node(0);
        int other = scene.other(1, one);
        if (other != one) {
            scene.at(0, new Fault.SwapDisks(one, other, scene.millis(2, 100, 1_000)));
        }
    }

    /// The founder leads and hears nobody, then everybody at once, so that it binds a majority beside itself. Its drive stands
    /// still meanwhile: nothing that it decides from then on is there after the power cut, and it may have told it.
    private static void founderDies(Scene scene) {
        long hears = scene.elections(0, 3, 5);
        long dies = hears + scene.micros(1, 5_000, 3 * scene.election() / 2);
        for (int peer : scene.everybody()) {
            if (peer != FOUNDER) {
                scene.atStart(0, new Fault.Clog(peer, FOUNDER, hears));
            }
        }
        scene.atStart(hears - 1_000, new Fault.StallDisk(FOUNDER, dies - hears + scene.millis(2, 2, 20)));
        scene.atStart(hears - 1_000, new Fault.Pause(FOUNDER, scene.millis(6, 2, 10)));
        scene.atStart(dies, new Fault.PowerCut(List.of(FOUNDER), PowerCutKeep.NONE, scene.millis(3, 1, 60)));
        if (scene.draws().chance(4, HALF)) {
            scene.atStart(dies, new Fault.Partition(List.of(FOUNDER), Fault.Direction.BOTH, scene.elections(5, 2, 5)));
        }
    }

    /// A leader does not hear that another one leads by the votes of a drive that is lost soon afterwards. What it hears next
    /// is the drive that stands there instead, and that one does not know either.
    private static void metByFormerLeader(Scene scene) {
        int loser = scene.loser(0);
        if (loser == 0) {
            return;
        }
        int former = scene.other(1, loser);
        List<Integer> rest = scene.everybody().stream().filter(node -> node != loser && node != former).toList();
        scene.at(0, new Fault.Transfer(former));
        long at = scene.millis(2, 10, 200);
        scene.at(at, new Fault.Transfer(rest.get(scene.draws().below(3, rest.size()))));
        at += scene.micros(4, 500, 10_000);
        long deaf = scene.micros(5, 3_000, scene.election() / 3);
        scene.at(at, new Fault.Partition(List.of(former), Fault.Direction.BOTH, deaf));
        at += deaf - scene.micros(6, 100, 2_000);
        scene.at(at, new Fault.Partition(List.of(former, loser), Fault.Direction.BOTH, scene.elections(7, 1, 4)));
        scene.at(at, new Fault.LoseDisk(loser, scene.millis(8, 1, 30), scene.millis(9, 1, 1_000)));
    }
}
