package holdfast.sim.plan;

import holdfast.sim.disk.FsProfile;
import holdfast.sim.disk.FsProfiles;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import java.util.ArrayList;
import java.util.List;

/// Cluster and workload of a seed. Each knob is ordinary in half of the seeds and otherwise so small that what is rare
/// in production happens many times a second: segments fill, messages hold one entry, snapshots are due.
final class DrawnSettings {

    /// Operations of all clients together, about.
    private static final int OPERATIONS = 200;

    /// [Entropy#skewed] takes more than twice the typical time in the mean.
    private static final int MEAN_OF_SKEWED_PERCENT = 225;

    private static final int RUSH_PPM = 90_000;
    private static final long RUSH_MICROS = 1_200_000;
    private static final int RUSH_CLIENTS = 40;
    private static final int RUSH_OPERATIONS = 100;
    private static final int RUSH_RECORD_BYTES_MAX = 1_500;
    private static final int RUSH_THINK_MICROS = 8_000;
    private static final int RUSH_READ_PPM = 950_000;
    /// A full node would ask its leader nothing more, and so be calm.
    private static final int RUSH_READS_MAX = 4096;

    /// Enters the draw whether the store is forming; no machine has this number.
    private static final int FORMING = -1;

    /// Enters the draw of the number of machines.
    private static final int SIZE = -2;

    private static final int HALF = 500_000;
    private static final int THIRD = 333_333;
    private static final int MILLI = 1_000;
    private static final int SECOND = 1_000_000;
    private static final int KIB = 1024;
    private static final int MOST_DRIFT_PPM = 50_000;
    private static final int SLIGHT_DRIFT_PPM = 200;
    private static final int DELAYS_PER_ELECTION = 100;
    private static final int RECORD_BYTES_MIN = 16;
    /// Several of these together are more than a link takes at once.
    private static final int LARGE_RECORD_BYTES = 24_000;

    private final Entropy entropy;

    DrawnSettings(Entropy entropy) {
        this.entropy = entropy;
    }

    private Draws draws(Purpose purpose, long entity) {
        return new Draws(entropy, purpose, entity);
    }

    // ---- cluster -------------------------------------------------------------------------------------------

    Cluster cluster(PlanOptions options) {
        Knobs knobs = knobs();
        Cluster.Noise noise = noise(knobs.electionTimeoutMicros());
        boolean quiet = !options.faults().has(Fault.Kind.NOISE);
        int turn = draws(Purpose.MACHINES, 0).oneOf(0, 5, 10, 20, 50, 200);
        boolean isForming = draws(Purpose.MACHINES, FORMING).chance(0, HALF);
        Cluster drawn = new Cluster(machines(options), isForming, turn, quiet ? noise.calmed() : noise, knobs);
        return isSustained() ? SustainedLoad.cluster(drawn, draws(Purpose.WORKLOAD, 0)) : drawn;
    }

    /// Machines differ in half of the seeds. A drifting clock is a fault of the clock.
    private List<Cluster.Machine> machines(PlanOptions options) {
        boolean alike = draws(Purpose.MACHINES, 0).chance(1, HALF);
        boolean drifting = draws(Purpose.MACHINES, 0).chance(2, HALF) && options.faults().has(Fault.Kind.CLOCK);
        ArrayList<Cluster.Machine> machines = new ArrayList<>();
        int nodes = options.nodes() == PlanOptions.ANY_NODES ? nodes() : options.nodes();
        for (int node = 1; node <= nodes; node++) {
            boolean named = !options.profile().equals(PlanOptions.ANY_PROFILE);
            String profile = named ? options.profile() : profile(draws(Purpose.MACHINES, alike ? 1 : node));
            machines.add(new Cluster.Machine(profile, drifting ? drift(draws(Purpose.MACHINES, node)) : 0));
        }
        return machines;
    }

    /// Mostly three, the smallest number that survives a failure; what is special about one, and about majorities of more than
    /// two, shows in the others.
    private int nodes() {
        return draws(Purpose.MACHINES, SIZE).oneOf(0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1, 5, 5, 5, 7);
    }

    private static String profile(Draws draws) {
        List<FsProfile> all = FsProfiles.all();
        return draws.chance(10, THIRD) ? FsProfiles.HOSTILE.name() : all.get(draws.below(11, all.size())).name();
    }

    private static int drift(Draws draws) {
        int most = draws.chance(12, HALF) ? MOST_DRIFT_PPM : SLIGHT_DRIFT_PPM;
        return (int) draws.between(13, -most, most);
    }

    private Cluster.Noise noise(long electionMicros) {
        Draws draws = draws(Purpose.NOISE, 0);
        return new Cluster.Noise(
                draws.spread(0, 50, electionMicros / DELAYS_PER_ELECTION),
                draws.oneOf(1, 0, 0, 1_000, 10_000, 50_000, 200_000),
                draws.oneOf(2, 0, 0, 1_000, 10_000, 100_000, 300_000),
                draws.oneOf(3, 0, 0, 1_000, 5_000, 20_000, 50_000),
                draws.spread(4, 2 * electionMicros, 5L * SECOND));
    }

    private Knobs knobs() {
        Draws draws = draws(Purpose.KNOBS, 0);
        Knobs usual = Knobs.ORDINARY;
        int election = draws.oneOf(0, 60, 100, 150, 150, 300) * MILLI;
        int batch = draws.chance(1, HALF) ? usual.batchBytesMax() : draws.oneOf(2, 4, 8, 16, 32) * KIB;
        int slots = draws.chance(3, HALF) ? usual.descriptorSlots() : draws.oneOf(4, 64, 128);
        // Producers push each other out of the table, at once or as soon as they are a little old.
        boolean isCrowded = draws.chance(29, THIRD);
        int data = Math.max(batch, draws.oneOf(5, 4, 12, 32, 64, 128, 256) * KIB);
        return new Knobs(
                election,
                election / draws.oneOf(6, 3, 5, 8),
                draws.chance(7, HALF) ? usual.entriesPerMessageMax() : draws.oneOf(8, 1, 1, 2, 4),
                draws.chance(9, HALF) ? usual.messageBytesMax() : draws.oneOf(10, 1, 512, 4096),
                draws.chance(11, HALF) ? usual.windowMessages() : draws.oneOf(12, 1, 2),
                draws.chance(13, HALF) ? usual.uncommittedBytesMax() : draws.oneOf(14, 1, 2048, 16_384),
                (int) PlanBounds.segmentBytesMin(slots, data),
                slots,
                batch,
                draws.chance(15, HALF) ? usual.idleDescriptorMicros() : draws.oneOf(16, 1, 1000) * (long) MILLI,
                draws.chance(17, THIRD) ? usual.snapshotEveryBytes() : draws.oneOf(18, 1, 4, 16) * (long) KIB,
                draws.chance(19, THIRD) ? usual.trailingEntries() : draws.oneOf(20, 0, 1, 4),
                draws.chance(21, HALF) ? usual.snapshotPieceBytes() : draws.oneOf(22, 64, 256, 1024),
                draws.chance(23, HALF) ? usual.writesMax() : draws.oneOf(24, 1, 2, 8),
                isRush() ? RUSH_READS_MAX : draws.chance(25, HALF) ? usual.readsMax() : draws.oneOf(26, 1, 2, 8),
                draws.chance(27, HALF) ? usual.readRecordsMax() : draws.oneOf(28, 8, 16),
                isCrowded ? draws.oneOf(30, 1, 1, 2, 3) : usual.producersMax(),
                isCrowded ? draws.oneOf(31, 0, 0, 0, 100, 1_000) : usual.producerRetentionMillis());
    }

    // ---- workload ------------------------------------------------------------------------------------------

    /// Whether many clients do little but read, each as soon as it can: then reads come faster than heartbeats, and whatever
    /// a read moves never comes to rest.
    boolean isRush() {
        return draws(Purpose.WORKLOAD, 0).chance(19, RUSH_PPM);
    }

    /// Whether clients write as fast as they can for seconds.
    boolean isSustained() {
        return !isRush() && SustainedLoad.isDrawn(draws(Purpose.WORKLOAD, 0));
    }

    /// How long the clients are busy if nothing holds them up: in some seeds a moment, in others the whole time.
    long loadMicros(long calmMicros) {
        if (isSustained()) {
            return SustainedLoad.BUSY_MICROS;
        }
        return isRush() ? RUSH_MICROS : calmMicros / 100 * draws(Purpose.WORKLOAD, 0).oneOf(0, 30, 60, 90, 90);
    }

    Workload workload(long loadMicros, int batchBytes) {
        Draws draws = draws(Purpose.WORKLOAD, 0);
        int clients = draws.oneOf(1, 1, 2, 4, 4, 8, 16);
        int operations = OPERATIONS / clients;
        int records = draws.oneOf(2, 1, 1, 3, 8, 20);
        int roomForOne = (batchBytes - PlanBounds.APPEND_OVERHEAD) / records - PlanBounds.RECORD_OVERHEAD;
        long backoff = draws.spread(5, 10 * MILLI, 100 * MILLI);
        Workload drawn = new Workload(
                clients,
                operations,
                draws.oneOf(6, 1, 1, 2, 5, 12),
                loadMicros / operations * 100 / MEAN_OF_SKEWED_PERCENT,
                records,
                Math.min(roomForOne, draws.oneOf(3, RECORD_BYTES_MIN, 100, 100, 400, 400, 1500, 1500, LARGE_RECORD_BYTES)),
                draws.oneOf(7, 0, 100_000, 300_000, 600_000),
                draws.oneOf(8, 0, 200_000, 700_000),
                draws.oneOf(9, 0, 0, 50_000, 400_000),
                draws.oneOf(10, 0, 500_000, 500_000, 1_000_000),
                draws.oneOf(11, 0, 0, 5_000, 30_000),
                draws.oneOf(12, 0, 0, 0, 5_000, 20_000),
                draws.spread(13, 100 * MILLI, 2 * SECOND),
                draws.oneOf(14, 2, 5, 10, 20),
                backoff,
                backoff * draws.oneOf(15, 2, 4, 10),
                new Workload.Habits(
                        draws.oneOf(16, 0, 0, 500_000, 1_000_000),
                        draws.oneOf(17, 0, 500_000, 1_000_000),
                        draws.oneOf(18, 0, 0, 20_000, 100_000),
                        draws.oneOf(20, 0, 0, 1, 2),
                        draws.oneOf(21, 0, 0, 4, 12)));
        if (isSustained()) {
            return SustainedLoad.workload(drawn, draws);
        }
        return isRush() ? rushed(drawn) : drawn;
    }

    /// Readers that nothing slows down: they do not wait long for an answer, nor before they ask again.
    private static Workload rushed(Workload w) {
        return new Workload(
                RUSH_CLIENTS, RUSH_OPERATIONS, w.streams(), RUSH_THINK_MICROS, 1,
                Math.min(w.recordBytesMax(), RUSH_RECORD_BYTES_MAX),
                RUSH_READ_PPM, 0, w.conditionalPpm(), w.producerPpm(), 0, 0,
                20 * MILLI, 2, 2 * MILLI, 4 * MILLI, w.habits());
    }

    // ---- without faults ------------------------------------------------------------------------------------

    /// The same cluster with room for everything that these clients can ask at once.
    static Cluster roomy(Cluster cluster) {
        Knobs k = cluster.knobs();
        Knobs usual = Knobs.ORDINARY;
        Knobs roomy = new Knobs(
                k.electionTimeoutMicros(), k.heartbeatMicros(), k.entriesPerMessageMax(), k.messageBytesMax(),
                k.windowMessages(), usual.uncommittedBytesMax(), k.segmentBytes(), k.descriptorSlots(),
                k.batchBytesMax(), k.idleDescriptorMicros(), k.snapshotEveryBytes(), k.trailingEntries(),
                k.snapshotPieceBytes(), usual.writesMax(), usual.readsMax(), k.readRecordsMax(), usual.producersMax(),
                usual.producerRetentionMillis());
        return new Cluster(cluster.machines(), cluster.isForming(), cluster.turnMicros(), cluster.noise(), roomy);
    }

    /// The same clients with patience, and asking for nothing that may be refused.
    static Workload patient(Workload w) {
        return new Workload(
                w.clients(), w.operations(), w.streams(), w.thinkMicros(), w.recordsMax(), w.recordBytesMax(),
                w.readPpm(), w.localPpm(), 0, w.producerPpm(), 0, 0,
                5L * SECOND, 100, w.backoffMicros(), w.backoffMaxMicros(), w.habits());
    }
}
