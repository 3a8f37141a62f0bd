package holdfast.sim.plan;

import java.util.List;

/// Links that are cut or clogged, in the shapes that have broken real systems.
final class NetworkStories {

    static final List<Story> ALL = List.of(
            new Story(20, 1, "isolation", NetworkStories::isolation),
            new Story(21, 2, "isolation of the leader", NetworkStories::isolationOfLeader),
            new Story(22, 1, "split", NetworkStories::split),
            new Story(23, 1, "cut pair", NetworkStories::cutPair),
            new Story(24, 1, "bridge", NetworkStories::bridge),
            new Story(25, 1, "everybody alone", NetworkStories::everybodyAlone),
            new Story(26, 1, "clogged link", NetworkStories::cloggedLink),
            new Story(27, 1, "clogged node", NetworkStories::cloggedNode),
            new Story(28, 1, "swizzle", NetworkStories::swizzle),
            new Story(29, 1, "flapping", NetworkStories::flapping),
            new Story(30, 1, "cut off for long", NetworkStories::cutOffForLong),
            new Story(31, 1, "words of an old leader", NetworkStories::wordsOfOldLeader),
            new Story(32, 3, "leaders cut off in turn", NetworkStories::leadersInTurn),
            new Story(33, 3, "replaced and cut off", NetworkStories::replacedAndCutOff),
            new Story(34, 1, "replaced in its sleep", NetworkStories::replacedInItsSleep),
            new Story(35, 2, "leads again", NetworkStories::leadsAgain),
            new Story(36, 1, "deaf leader", NetworkStories::deafLeader));

    /// Told nearly always where clients read faster than a leader's heart beats ([DrawnSettings#isRush]).
    static final List<Story> AMONG_READERS = List.of(
            new Story(37, 3, "leads again among readers", NetworkStories::leadsAgain),
            new Story(38, 30, "deaf leader among readers", NetworkStories::deafLeaderAtOnce));

    private static final int HALF = 500_000;

    private NetworkStories() {}

    private static Fault isolated(Scene scene, int node, int direction, long micros) {
        return new Fault.Partition(List.of(node), scene.direction(direction), micros);
    }

    private static void isolation(Scene scene) {
        scene.at(0, isolated(scene, scene.node(0), 1, scene.millis(2, 20, 2_000)));
    }

    private static void isolationOfLeader(Scene scene) {
        int node = scene.node(0);
        scene.at(0, new Fault.Transfer(node));
        scene.at(scene.millis(1, 10, 300), isolated(scene, node, 2, scene.elections(3, 1, 6)));
    }

    private static void split(Scene scene) {
        if (scene.nodes() > 1) {
            List<Integer> side = scene.group(0, 1 + scene.draws().below(1, scene.nodes() - 1));
            scene.at(0, new Fault.Partition(side, scene.direction(2), scene.millis(3, 20, 2_000)));
        }
    }

    private static void cutPair(Scene scene) {
        int node = scene.node(0);
        scene.at(0, new Fault.CutPair(node, scene.other(1, node), scene.millis(2, 50, 3_000)));
    }

    /// Two halves that only one node reaches.
    private static void bridge(Scene scene) {
        List<Integer> order = scene.group(0, scene.nodes());
        int half = scene.nodes() / 2;
        long micros = scene.millis(1, 50, 3_000);
        for (int one : order.subList(0, half)) {
            for (int other : order.subList(half + 1, order.size())) {
                scene.at(0, new Fault.CutPair(one, other, micros));
            }
        }
    }

    private static void everybodyAlone(Scene scene) {
        long micros = scene.millis(1, 20, 1_500);
        for (int node : scene.group(0, scene.nodes() - 1)) {
            scene.at(0, new Fault.Partition(List.of(node), Fault.Direction.BOTH, micros));
        }
    }

    private static void cloggedLink(Scene scene) {
        int node = scene.node(0);
        scene.at(0, new Fault.Clog(node, scene.other(1, node), scene.millis(2, 20, 1_500)));
    }

    /// It hears everything late and all at once.
    private static void cloggedNode(Scene scene) {
        int node = scene.node(0);
        long micros = scene.millis(1, 20, 1_500);
        for (int peer : scene.everybody()) {
            if (peer != node) {
                scene.at(0, new Fault.Clog(peer, node, micros));
            }
        }
    }

    private static void swizzle(Scene scene) {
        List<Integer> nodes = scene.group(0, 1 + scene.draws().below(1, scene.nodes()));
        scene.at(0, new Fault.Swizzle(nodes, scene.millis(2, 5, 200)));
    }

    private static void flapping(Scene scene) {
        int node = scene.node(0);
        long at = 0;
        for (int i = 0; i < scene.draws().oneOf(1, 3, 6); i++) {
            long micros = scene.millis(20 + i, 5, 150);
            scene.at(at, isolated(scene, node, 30 + i, micros));
            at += micros + scene.millis(10 + i, 1, 100);
        }
    }

    /// The others take snapshots and forget the log meanwhile.
    private static void cutOffForLong(Scene scene) {
        Fault cut = new Fault.Partition(List.of(scene.node(0)), Fault.Direction.BOTH, scene.millis(1, 800, 3_000));
        scene.at(0, cut);
    }

    /// What a leader has said is held back until another one leads.
    private static void wordsOfOldLeader(Scene scene) {
        int old = scene.node(0);
        scene.at(0, new Fault.Transfer(old));
        long at = scene.millis(1, 10, 200);
        long micros = scene.elections(2, 1, 5);
        for (int peer : scene.everybody()) {
            if (peer != old) {
                scene.at(at, new Fault.Clog(old, peer, micros));
            }
        }
        scene.at(at + scene.millis(3, 1, 60), new Fault.Transfer(scene.other(4, old)));
    }

    /// A leader hands over and is handed leadership back, again and again, while what it has said to some is under way. They
    /// hear its old words when they know of its new term, and may overtake them by its new ones.
    private static void leadsAgain(Scene scene) {
        int old = scene.node(0);
        int other = scene.other(1, old);
        scene.at(0, new Fault.Transfer(old));
        long at = scene.millis(2, 20, 300);
        for (int i = 0; i < scene.draws().oneOf(3, 1, 2, 4); i++) {
            long away = scene.micros(10 + i, 2_000, 30_000);
            long back = away + scene.micros(20 + i, 3_000, 40_000);
            long micros = back + scene.micros(30 + i, 3_000, 60_000);
            int silenced = 0;
            for (int peer : scene.group(40 + i, scene.nodes())) {
                if (peer != old && peer != other && silenced < (scene.nodes() - 1) / 2) {
                    scene.at(at, new Fault.Clog(old, peer, micros));
                    silenced++;
                }
            }
            scene.at(at + away, new Fault.Transfer(other));
            scene.at(at + back, new Fault.Transfer(old));
            at += micros + scene.millis(50 + i, 5, 100);
        }
    }

    /// As the readers begin: they do not rush for long.
    private static void deafLeaderAtOnce(Scene scene) {
        int node = scene.node(0);
        long at = scene.millis(1, 300, 700);
        scene.atStart(at, new Fault.Transfer(node));
        scene.atStart(at + scene.millis(2, 10, 60),
                new Fault.Partition(List.of(node), Fault.Direction.INTO, scene.elections(3, 4, 8)));
    }

    /// One leader after another is heard and hears nobody: its words keep the others from electing a better one.
    private static void deafLeader(Scene scene) {
        long at = 0;
        for (int i = 0; i < scene.draws().oneOf(0, 1, 2, 4); i++) {
            int node = scene.node(10 + i);
            scene.at(at, new Fault.Transfer(node));
            at += scene.millis(20 + i, 10, 100);
            long micros = scene.elections(30 + i, 4, 6);
            scene.at(at, new Fault.Partition(List.of(node), Fault.Direction.INTO, micros));
            at += micros + scene.millis(40 + i, 10, 100);
        }
    }

    /// A leader does not hear that another one leads, and clients go on asking it. Answers from before, if only clogged,
    /// still reach it, most often before it has given up: they say nothing about what has been true since.
    private static void replacedAndCutOff(Scene scene) {
        int old = scene.node(0);
        scene.at(0, new Fault.Transfer(old));
        long at = scene.millis(1, 10, 200);
        scene.at(at, new Fault.Transfer(scene.other(2, old)));
        at += scene.micros(3, 500, 10_000);
        long micros = scene.micros(4, 5_000, 3 * scene.election());
        if (scene.draws().chance(5, HALF)) {
            scene.at(at, isolated(scene, old, 6, micros));
            return;
        }
        Fault.Direction direction = scene.direction(6);
        for (int peer : scene.everybody()) {
            if (peer != old && direction != Fault.Direction.OUT_OF) {
                scene.at(at, new Fault.Clog(peer, old, micros));
            }
            if (peer != old && direction != Fault.Direction.INTO) {
                scene.at(at, new Fault.Clog(old, peer, micros));
            }
        }
    }

    /// A leader sleeps while it is cut off, and others go on without it. Questions have come in meanwhile, and it wakes with
    /// nothing in its memory that would tell it to doubt.
    private static void replacedInItsSleep(Scene scene) {
        int old = scene.node(0);
        scene.at(0, new Fault.Transfer(old));
        long at = scene.millis(1, 10, 200);
        boolean byTransfer = scene.draws().chance(2, HALF);
        if (byTransfer) {
            scene.at(at, new Fault.Transfer(scene.other(3, old)));
            at += scene.micros(4, 500, 10_000);
        }
        long sleep = byTransfer ? scene.millis(5, 5, 200) : scene.elections(5, 2, 4);
        scene.at(at, isolated(scene, old, 6, sleep + scene.elections(7, 1, 2)));
        scene.at(at, new Fault.Pause(old, sleep));
    }

    /// Each keeps entries that nobody else has, and comes back when the next one goes (Raft §5.4.2, figure 8).
    private static void leadersInTurn(Scene scene) {
        List<Integer> order = scene.group(0, scene.nodes());
        scene.at(0, new Fault.Transfer(order.getFirst()));
        long at = scene.millis(1, 10, 200);
        for (int i = 0; i < scene.draws().oneOf(2, 3, 5, 7); i++) {
            int node = order.get(i % order.size());
            long micros = scene.elections(10 + i, 2, 5);
            scene.at(at, new Fault.Partition(List.of(node), Fault.Direction.BOTH, micros));
            at += micros - scene.micros(20 + i, 1, scene.election());
        }
    }
}
