package holdfast.sim.plan;

import java.util.List;

/// Universes in which clients write as fast as they can, for long: ten thousand operations, few faults, small snapshots.
/// Most universes have two hundred operations, and what goes wrong only as long as somebody writes has ended in them before
/// it can be told from slowness: a follower that is away needs a snapshot, and while it is sent the leader takes others.
final class SustainedLoad {

    /// A story of this weight is told whatever the seed's share.
    private static final int ALWAYS = 40;

    static final List<Story> STORIES = List.of(new Story(90, ALWAYS, "away under load", SustainedLoad::awayUnderLoad));

    /// When the clients are busy for certain.
    static final long BUSY_MICROS = 3_000_000;

    // Ordinals of the workload's draws, apart from those of [DrawnSettings].
    private static final int IS_SUSTAINED = 20;
    private static final int RECORD_BYTES = 21;
    private static final int READS = 22;
    private static final int SNAPSHOT_BYTES = 23;
    private static final int TRAILING = 24;
    private static final int PIECE_BYTES = 25;
    private static final int LOSS = 26;

    private static final int SUSTAINED_PPM = 20_000;
    private static final int CLIENTS = 32;
    private static final int OPERATIONS = 320;
    private static final int STREAMS = 2;
    private static final int THINK_MICROS = 500;
    private static final int ATTEMPT_MICROS = 400_000;
    private static final int ATTEMPTS = 10;
    private static final int BACKOFF_MICROS = 10_000;
    private static final int DELAY_MICROS_MAX = 500;
    private static final int TURN_MICROS_MAX = 50;
    private static final int KIB = 1024;
    private static final int HALF = 500_000;

    private SustainedLoad() {}

    static boolean isDrawn(Draws draws) {
        return draws.chance(IS_SUSTAINED, SUSTAINED_PPM);
    }

    // ---- cluster and workload ------------------------------------------------------------------------------

    /// Room for all that these clients ask at once, and snapshots as often as they fill one of the sizes.
    static Cluster cluster(Cluster c, Draws draws) {
        Knobs usual = Knobs.ORDINARY;
        long election = Math.max(c.knobs().electionTimeoutMicros(), usual.electionTimeoutMicros());
        Knobs knobs = new Knobs(
                election, election / 5, usual.entriesPerMessageMax(), usual.messageBytesMax(), usual.windowMessages(),
                usual.uncommittedBytesMax(), usual.segmentBytes(), usual.descriptorSlots(), usual.batchBytesMax(),
                usual.idleDescriptorMicros(), draws.oneOf(SNAPSHOT_BYTES, 32, 32, 64) * (long) KIB,
                draws.oneOf(TRAILING, 4, 8, 32), draws.oneOf(PIECE_BYTES, 4, 8) * KIB,
                usual.writesMax(), usual.readsMax(), usual.readRecordsMax(), usual.producersMax(),
                usual.producerRetentionMillis());
        Cluster.Noise noise = new Cluster.Noise(
                Math.min(c.noise().delayMicros(), DELAY_MICROS_MAX),
                Math.min(c.noise().lossPpm(), draws.oneOf(LOSS, 0, 0, 1_000)), 0, 0, 0);
        return new Cluster(c.machines(), c.isForming(), Math.min(c.turnMicros(), TURN_MICROS_MAX), noise, knobs);
    }

    static Workload workload(Workload w, Draws draws) {
        return new Workload(
                CLIENTS, OPERATIONS, STREAMS, THINK_MICROS, 1, draws.oneOf(RECORD_BYTES, 100, 200, 400),
                draws.oneOf(READS, 0, 10_000), 0, 0, w.producerPpm(), 0, 0,
                ATTEMPT_MICROS, ATTEMPTS, BACKOFF_MICROS, 10 * BACKOFF_MICROS, w.habits());
    }

    // ---- what happens --------------------------------------------------------------------------------------

    /// A follower is cut off, or dies, until the others have forgotten what it lacks. In half of the tellings the leader goes
    /// while it sends.
    private static void awayUnderLoad(Scene scene) {
        int node = scene.node(0);
        int leader = scene.other(1, node);
        long begin = scene.micros(2, 400_000, 900_000);
        long away = scene.micros(3, 150_000, 400_000);
        scene.atStart(begin - 300_000, new Fault.Transfer(leader));
        if (scene.draws().chance(4, HALF)) {
            scene.atStart(begin, new Fault.Partition(List.of(node), Fault.Direction.BOTH, away));
        } else {
            scene.atStart(begin, new Fault.Crash(node, away));
        }
        if (scene.draws().chance(5, HALF)) {
            scene.atStart(begin + away + scene.micros(6, 1_000, 60_000), new Fault.Transfer(scene.other(7, leader)));
        }
    }
}
