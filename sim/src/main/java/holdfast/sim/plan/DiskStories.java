package holdfast.sim.plan;

import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.DiskMoment;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import java.util.List;

/// Disks that fail, hang, forget and lie, at the moments at which that has hurt.
final class DiskStories {

    static final List<Story> ALL = List.of(
            new Story(40, 1, "disk error", DiskStories::error),
            new Story(41, 2, "disk error of the leader", DiskStories::errorOfLeader),
            new Story(42, 1, "disk errors everywhere", DiskStories::errorsEverywhere),
            new Story(43, 1, "error behind the back", DiskStories::errorBehindTheBack),
            new Story(44, 2, "restart trap", DiskStories::restartTrap),
            new Story(45, 1, "unheard error", DiskStories::unheardError),
            new Story(46, 1, "lost journal", DiskStories::lostJournal),
            new Story(47, 1, "lost names", DiskStories::lostNames),
            new Story(48, 2, "error of a vote", DiskStories::errorOfVote),
            new Story(49, 1, "errors of the voters", DiskStories::errorsOfVoters),
            new Story(50, 1, "disk full", DiskStories::diskFull),
            new Story(51, 1, "snapshot error", DiskStories::snapshotError),
            new Story(52, 1, "error during recovery", DiskStories::errorDuringRecovery),
            new Story(53, 1, "slow disk", DiskStories::slowDisk),
            new Story(54, 1, "slow disks", DiskStories::slowDisks),
            new Story(55, 1, "stall", DiskStories::stall),
            new Story(56, 3, "stall, isolation, return", DiskStories::stallOfIsolatedLeader),
            new Story(57, 1, "stall and transfer", DiskStories::stallAndTransfer),
            new Story(62, 1, "stall of the leader", DiskStories::stallOfLeader),
            new Story(63, 2, "voters fall silent", DiskStories::votersFallSilent),
            new Story(58, 1, "cold caches", DiskStories::coldCaches),
            new Story(59, 1, "rot", DiskStories::rot),
            new Story(60, 1, "lost write", DiskStories::lostWrite),
            new Story(61, 1, "misdirected write", DiskStories::misdirectedWrite),
            new Story(64, 2, "room runs out", DiskStories::roomRunsOut));

    /// What may be armed anywhere but for late file systems; the log most often. IDENT is written before time begins.
    private static final List<FaultKind> ERRORS = List.of(
            FaultKind.WRITE_BACK, FaultKind.WRITE_BACK, FaultKind.WRITE_BACK_NO_SPACE, FaultKind.JOURNAL,
            FaultKind.FLUSH, FaultKind.DEVICE_WRITES, FaultKind.WRITE, FaultKind.NO_SPACE);
    private static final List<FileRole> ROLES = List.of(
            FileRole.WAL, FileRole.WAL, FileRole.WAL, FileRole.META, FileRole.SNAPSHOT, FileRole.ANY, FileRole.META,
            FileRole.UNFINISHED);
    private static final List<FaultKind> LOSES_JOURNAL =
            List.of(FaultKind.JOURNAL, FaultKind.FLUSH, FaultKind.DEVICE_WRITES);
    private static final List<FaultKind> WRITE_ERRORS =
            List.of(FaultKind.WRITE_BACK, FaultKind.WRITE, FaultKind.NO_SPACE);
    private static final List<FileRole> NAMED = List.of(FileRole.ANY, FileRole.SNAPSHOT, FileRole.WAL);
    private static final int HALF = 500_000;
    private static final int THIRD = 333_333;
    private static final int SILENT_FACTOR = 20;

    /// A disk writes to its log a few hundred times.
    private static final int WRITES_MAX = 300;

    private DiskStories() {}

    private static FaultKind kind(Scene scene, int ordinal, List<FaultKind> kinds) {
        return kinds.get(scene.draws().below(ordinal, kinds.size()));
    }

    private static FileRole role(Scene scene, int ordinal, List<FileRole> roles) {
        return roles.get(scene.draws().below(ordinal, roles.size()));
    }

    // ---- errors --------------------------------------------------------------------------------------------

    private static void error(Scene scene) {
        FaultKind kind = kind(scene, 0, ERRORS);
        scene.arm(0, scene.nodeFor(1, kind), kind, role(scene, 2, ROLES));
    }

    private static void errorOfLeader(Scene scene) {
        FaultKind kind = kind(scene, 0, ERRORS);
        int node = scene.nodeFor(1, kind);
        if (node != 0) {
            scene.at(0, new Fault.Transfer(node));
            scene.arm(scene.millis(2, 10, 200), node, kind, FileRole.WAL);
        }
    }

    private static void errorsEverywhere(Scene scene) {
        FaultKind kind = kind(scene, 0, ERRORS);
        FileRole role = role(scene, 1, ROLES);
        for (int node : scene.everybody()) {
            scene.arm(scene.micros(10 + node, 1, 50_000), node, kind, role);
        }
    }

    /// The kernel meets the error before anybody syncs.
    /// Between a write and its sync, for only then there is something to write back: less than a millisecond each time.
    private static void errorBehindTheBack(Scene scene) {
        int node = scene.nodeFor(0, FaultKind.WRITE_BACK);
        if (node == 0) {
            return;
        }
        FileRole role = role(scene, 1, ROLES);
        scene.arm(0, node, FaultKind.WRITE_BACK, role);
        for (int i = 0; i < scene.draws().oneOf(2, 1, 4, 16); i++) {
            int nth = (int) scene.draws().spread(30 + i, 1, WRITES_MAX);
            DiskMoment written = new DiskMoment(role, DiskMoment.Act.WRITE, scene.micros(10 + i, 3, 100));
            scene.when(new Anchor.Doing(node, written, nth), new Fault.WriteBack(node, role));
        }
    }

    /// A failed sync stops the process. The next one reads from the page cache what the medium does not have; if it
    /// believes that, the power cut shows it.
    private static void restartTrap(Scene scene) {
        int node = scene.nodeFor(0, FaultKind.WRITE_BACK);
        if (node == 0) {
            return;
        }
        scene.arm(0, node, FaultKind.WRITE_BACK, FileRole.WAL);
        List<Integer> cut = scene.draws().chance(1, HALF) ? scene.everybody() : List.of(node);
        scene.at(scene.millis(2, 100, 1_000), new Fault.PowerCut(cut, scene.keep(3), scene.millis(4, 2, 300)));
    }

    /// The process dies before it hears of a failed write-back.
    private static void unheardError(Scene scene) {
        int node = scene.nodeFor(0, FaultKind.WRITE_BACK);
        if (node == 0) {
            return;
        }
        scene.arm(0, node, FaultKind.WRITE_BACK, FileRole.WAL);
        int nth = (int) scene.draws().spread(1, 1, WRITES_MAX);
        long after = scene.micros(8, 3, 50);
        after(scene, node, nth, after, new Fault.WriteBack(node, FileRole.WAL));
        after(scene, node, nth, after + scene.micros(2, 1, 100), new Fault.Crash(node, scene.millis(3, 1, 100)));
        if (scene.draws().chance(4, HALF)) {
            after(scene, node, nth, after + scene.millis(5, 120, 800),
                    new Fault.PowerCut(List.of(node), scene.keep(6), scene.millis(7, 2, 200)));
        }
    }

    /// So long after the log is written for the nth time.
    private static void after(Scene scene, int node, int nth, long after, Fault fault) {
        scene.when(new Anchor.Doing(node, new DiskMoment(FileRole.WAL, DiskMoment.Act.WRITE, after), nth), fault);
    }

    private static void lostJournal(Scene scene) {
        FaultKind kind = kind(scene, 0, LOSES_JOURNAL);
        int node = scene.node(1);
        scene.arm(0, node, kind, role(scene, 2, ROLES));
        if (scene.draws().chance(3, HALF)) {
            scene.at(scene.millis(4, 20, 1_500),
                    new Fault.PowerCut(List.of(node), scene.keep(5), scene.millis(6, 2, 300)));
        }
    }

    private static void lostNames(Scene scene) {
        int node = scene.node(0);
        if (scene.draws().chance(1, HALF)) {
            scene.arm(0, node, FaultKind.DIRECTORY_SYNC, FileRole.ANY);
        } else {
            scene.arm(0, node, FaultKind.RENAME, role(scene, 2, NAMED));
        }
        if (scene.draws().chance(3, HALF)) {
            scene.at(scene.millis(4, 1, 500),
                    new Fault.PowerCut(List.of(node), scene.keep(5), scene.millis(6, 2, 300)));
        }
    }

    /// Whoever stands for election must first make its term and vote durable.
    private static void errorOfVote(Scene scene) {
        FaultKind kind = kind(scene, 0, WRITE_ERRORS);
        int node = scene.nodeFor(1, kind);
        if (node == 0) {
            return;
        }
        scene.arm(0, node, kind, FileRole.META);
        long at = scene.millis(2, 1, 50);
        scene.at(at, new Fault.Transfer(node));
        scene.at(at + scene.millis(3, 5, 60), new Fault.Pause(scene.other(4, node), scene.elections(5, 2, 4)));
    }

    private static void errorsOfVoters(Scene scene) {
        FaultKind kind = kind(scene, 0, WRITE_ERRORS);
        for (int node : scene.everybody()) {
            scene.arm(0, node, kind, FileRole.META);
        }
        int node = scene.node(1);
        scene.at(scene.millis(2, 1, 100), new Fault.Transfer(node));
        scene.at(scene.millis(3, 100, 300),
                new Fault.Partition(List.of(node), Fault.Direction.BOTH, scene.elections(4, 2, 4)));
    }

    /// It fails somewhere, or stays full until the calm: then only new files have no room, on one node or on all.
    private static void diskFull(Scene scene) {
        int node = scene.node(0);
        if (scene.draws().chance(3, HALF)) {
            boolean isEverywhere = scene.draws().chance(4, THIRD);
            for (int full : isEverywhere ? scene.everybody() : List.of(node)) {
                scene.arm(scene.micros(5 + full, 1, 500_000), full,
                        DiskFault.always(FaultKind.NO_SPACE, FileRole.UNFINISHED));
            }
            scene.at(scene.millis(2, 1, 500), new Fault.Transfer(node));
            return;
        }
        scene.arm(0, node, FaultKind.NO_SPACE, role(scene, 1, ROLES));
        scene.arm(scene.micros(2, 1, 100_000), node, FaultKind.WRITE_BACK_NO_SPACE, role(scene, 9, ROLES));
    }

    private static void snapshotError(Scene scene) {
        FaultKind kind = kind(scene, 0, WRITE_ERRORS);
        int node = scene.nodeFor(1, kind);
        scene.arm(0, node, kind, FileRole.SNAPSHOT);
        if (node != 0 && scene.draws().chance(2, HALF)) {
            scene.at(scene.millis(3, 20, 1_000),
                    new Fault.PowerCut(List.of(node), scene.keep(4), scene.millis(5, 2, 300)));
        }
    }

    private static void errorDuringRecovery(Scene scene) {
        FaultKind kind = kind(scene, 0, ERRORS);
        int node = scene.nodeFor(1, kind);
        if (node != 0) {
            long down = scene.millis(2, 2, 100);
            scene.at(0, new Fault.Crash(node, down));
            scene.arm(down + scene.micros(3, 1, 8_000), node, kind, role(scene, 4, ROLES));
        }
    }

    // ---- time ----------------------------------------------------------------------------------------------

    private static void slowDisk(Scene scene) {
        int factor = (int) scene.draws().spread(1, 3, 300);
        scene.at(0, new Fault.SlowDisk(scene.node(0), factor, scene.millis(2, 50, 2_000)));
    }

    private static void slowDisks(Scene scene) {
        int factor = (int) scene.draws().spread(1, 3, 100);
        for (int node : scene.everybody()) {
            scene.at(0, new Fault.SlowDisk(node, factor, scene.millis(2, 50, 1_000)));
        }
    }

    private static void stall(Scene scene) {
        scene.at(0, new Fault.StallDisk(scene.node(0), scene.millis(1, 20, 1_500)));
    }

    /// It must notice by itself: its followers are content.
    private static void stallOfLeader(Scene scene) {
        int node = scene.node(0);
        scene.at(0, new Fault.Transfer(node));
        scene.at(scene.millis(1, 10, 200), new Fault.StallDisk(node, scene.elections(2, 4, 12)));
    }

    /// Writes of a leader hang while others lead, truncate them and use their indexes again; then they complete.
    private static void stallOfIsolatedLeader(Scene scene) {
        long at = 0;
        for (int i = 0; i < scene.draws().oneOf(0, 1, 2, 4); i++) {
            int node = scene.node(10 + i);
            scene.at(at, new Fault.Transfer(node));
            at += scene.millis(20 + i, 20, 200);
            long micros = scene.elections(30 + i, 3, 8);
            scene.at(at, new Fault.StallDisk(node, micros));
            scene.at(at + scene.micros(40 + i, 500, 30_000),
                    new Fault.Partition(List.of(node), Fault.Direction.BOTH, scene.elections(50 + i, 2, 4)));
            at += micros + scene.millis(60 + i, 10, 300);
        }
    }

    /// Nodes elect a leader, and then their disks hang before they have an entry of its term: they answer it, and it can
    /// commit nothing. The disks are slow already, so that there is time between the vote and the entry.
    private static void votersFallSilent(Scene scene) {
        long at = 0;
        for (int leader : scene.group(0, Math.min(2, scene.nodes()))) {
            long micros = scene.elections(10 + leader, 7, 10);
            long begin = at + scene.draws().between(20 + leader, 8_000, 30_000);
            for (int node : scene.everybody()) {
                if (node != leader) {
                    scene.at(at, new Fault.SlowDisk(node, SILENT_FACTOR, begin - at));
                    scene.at(begin, new Fault.StallDisk(node, micros));
                }
            }
            scene.at(at, new Fault.Transfer(leader));
            at = begin + micros + scene.millis(30 + leader, 20, 200);
        }
    }

    private static void stallAndTransfer(Scene scene) {
        int node = scene.node(0);
        scene.at(0, new Fault.Transfer(node));
        long at = scene.millis(1, 10, 200);
        scene.at(at, new Fault.StallDisk(node, scene.elections(2, 1, 4)));
        scene.at(at + scene.millis(3, 1, 50), new Fault.Transfer(scene.other(4, node)));
    }

    private static void coldCaches(Scene scene) {
        int node = scene.node(0);
        FileRole role = role(scene, 1, ROLES);
        scene.at(0, new Fault.WriteBack(node, role));
        scene.at(scene.micros(2, 1, 20_000), new Fault.DropCaches(node, role));
    }

    /// Others fill the disks of one node or of all; there is room for some more segments, one, or none.
    private static void roomRunsOut(Scene scene) {
        for (int node : scene.draws().chance(0, HALF) ? scene.everybody() : List.of(scene.node(1))) {
            long leaving = scene.draws().spread(10 + node, 1_000, 1 << 20);
            scene.at(0, new Fault.FillDisk(node, leaving, scene.millis(20 + node, 100, 3_000)));
        }
    }

    // ---- damage --------------------------------------------------------------------------------------------

    /// Noticed when somebody reads: an old record, a snapshot's payloads, or the next recovery.
    private static void rot(Scene scene) {
        int node = scene.victim(0);
        if (node == 0) {
            return;
        }
        scene.at(0, new Fault.Rot(node, scene.draws().chance(1, HALF)));
        if (scene.draws().chance(4, THIRD)) {
            scene.at(scene.micros(5, 1, 20_000), new Fault.Crash(node, scene.millis(6, 1, 200)));
        } else if (scene.draws().chance(2, HALF)) {
            notice(scene, node, scene.millis(3, 1, 800));
        }
    }

    private static void lostWrite(Scene scene) {
        damagedWrite(scene, FaultKind.LOSE_WRITE);
    }

    private static void misdirectedWrite(Scene scene) {
        damagedWrite(scene, FaultKind.MISDIRECT_WRITE);
    }

    private static void damagedWrite(Scene scene, FaultKind kind) {
        int node = scene.victim(0);
        if (node == 0) {
            return;
        }
        scene.arm(0, node, DiskFault.once(kind, role(scene, 1, ROLES)));
        if (scene.draws().chance(2, HALF)) {
            notice(scene, node, scene.millis(3, 1, 800));
        }
    }

    private static void notice(Scene scene, int node, long at) {
        scene.at(at, new Fault.DropCaches(node, FileRole.ANY));
        if (scene.draws().chance(20, HALF)) {
            scene.at(at + scene.micros(21, 1, 5_000), new Fault.Crash(node, scene.millis(22, 1, 200)));
        }
    }
}
