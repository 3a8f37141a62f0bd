package holdfast.sim.plan;

import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FsProfile;
import holdfast.sim.disk.FsProfiles;
import holdfast.sim.disk.SyncFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Where the stories of a plan play. It keeps the budget that no store can do without: what destroys proven bytes, or
/// makes a disk say that it has what it has not, only ever strikes the *victims*, a minority.
///
/// @param victims nodes whose medium may be damaged and whose disk may lie
/// @param losers nodes whose drive may be lost: the victims, or everybody where there are none, since drives that are lost
///     one after the other are never more than a minority at once
record Stage(
        List<Cluster.Machine> machines,
        List<Integer> victims,
        List<Integer> losers,
        long electionMicros,
        long calmMicros) {

    // Ordinals of what is drawn once per seed, apart from those of [PlanGenerator].
    private static final int FIRST_VICTIM = 0;
    private static final int EVERYBODY_LOSES = 5;

    private static final int EVERYBODY_LOSES_PPM = 300_000;

    Stage {
        machines = List.copyOf(machines);
        victims = List.copyOf(victims);
        losers = List.copyOf(losers);
    }

    /// The victims are drawn, as many as there can be.
    static Stage of(Cluster cluster, long calmMicros, Draws draws) {
        int nodes = cluster.nodes();
        ArrayList<Integer> victims = new ArrayList<>();
        int first = draws.below(FIRST_VICTIM, nodes);
        for (int i = 0; i < (nodes - 1) / 2; i++) {
            victims.add(1 + (first + i) % nodes);
        }
        boolean everybodyLoses = nodes > 1 && draws.chance(EVERYBODY_LOSES, EVERYBODY_LOSES_PPM);
        List<Integer> all = IntStream.rangeClosed(1, nodes).boxed().toList();
        return new Stage(
                cluster.machines(), everybodyLoses ? List.of() : victims, everybodyLoses ? all : victims,
                cluster.knobs().electionTimeoutMicros(), calmMicros);
    }

    int nodes() {
        return machines.size();
    }

    /// Whether this may be armed on that node.
    boolean allows(int node, FaultKind kind) {
        return victims.contains(node) || switch (kind) {
            case LOSE_WRITE, MISDIRECT_WRITE, LYING_DRIVE -> false;
            case WRITE_BACK, WRITE_BACK_NO_SPACE -> !answersLate(machines.get(node - 1).profile());
            case JOURNAL, FLUSH, DEVICE_WRITES, WRITE, NO_SPACE, DIRECTORY_SYNC, RENAME -> true;
        };
    }

    /// Such a file system says 0 to the sync that failed, and the error to the next one: a lie until then.
    private static boolean answersLate(String profile) {
        FsProfile known = FsProfiles.named(profile);
        for (SyncFailure failure : known.failures()) {
            if (failure.late()) {
                return true;
            }
        }
        return false;
    }

    /// Nodes on which this may be armed.
    List<Integer> nodesFor(FaultKind kind) {
        ArrayList<Integer> fitting = new ArrayList<>();
        for (int node = 1; node <= nodes(); node++) {
            if (allows(node, kind)) {
                fitting.add(node);
            }
        }
        return fitting;
    }
}
