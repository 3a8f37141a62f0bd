package holdfast.sim.plan;

import holdfast.Check;
import holdfast.sim.disk.FsProfiles;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// From a seed to a plan: swarm testing (Groce and others, ISSTA'12). Each seed leaves out most stories, some kinds of
/// faults and some of what clients do, and tells the rest often; so every kind meets every other without all of them
/// drowning each other in each run.
///
/// Everything is drawn as if all faults were allowed; what `--faults` leaves out is taken away at the end. So leaving
/// out one kind changes nothing about the others.
public final class PlanGenerator {

    private static final long CALM_MICROS_MIN = 6_000_000;
    private static final long CALM_MICROS_MAX = 8_000_000;

    // Ordinals of what is drawn once per seed.
    private static final int CALM = 1;
    private static final int SHARE = 2;
    private static final int CLUSTERED = 3;
    private static final int FOCI = 4;
    private static final int FOCUS = 10;
    private static final int LEAVE_OUT = 20;

    // Ordinals of what is drawn once per story.
    private static final int IS_TOLD = 0;
    private static final int OFTEN = 1;

    // Ordinals of a moment.
    private static final int IN_LOAD = 0;
    private static final int ANY_MOMENT = 1;
    private static final int NEAR_FOCUS = 2;
    private static final int WHICH_FOCUS = 3;
    private static final int AFTER_FOCUS = 4;

    private static final int LEAVE_OUT_PPM = 150_000;
    private static final int IN_LOAD_PPM = 750_000;
    private static final int CLUSTERED_PPM = 400_000;
    private static final int NEAR_FOCUS_PPM = 800_000;
    private static final int FOCI_MAX = 3;
    private static final long FOCUS_MICROS = 400_000;

    /// Occurrences of one story have keys of their own.
    private static final long OCCURRENCES = 1_000;

    private final Entropy entropy;
    private final Draws swarm;
    private final long calmMicros;
    private final long loadMicros;
    private final boolean isRush;
    private final boolean isSustained;

    private PlanGenerator(Entropy entropy, DrawnSettings settings) {
        this.entropy = entropy;
        swarm = new Draws(entropy, Purpose.PLAN_SWARM, 0);
        calmMicros = swarm.between(CALM, CALM_MICROS_MIN, CALM_MICROS_MAX);
        loadMicros = settings.loadMicros(calmMicros);
        isRush = settings.isRush();
        isSustained = settings.isSustained();
    }

    public static Plan generate(long seed, PlanOptions options) {
        Check.that(
                options.nodes() == PlanOptions.ANY_NODES || options.nodes() % 2 == 1 && options.nodes() <= PlanBounds.NODES_MAX,
                "1, 3, 5 or 7 nodes", options.nodes(), PlanBounds.NODES_MAX);
        Check.that(options.profile().equals(PlanOptions.ANY_PROFILE) || FsProfiles.named(options.profile()) != null,
                "a file system that exists");
        Entropy entropy = new Entropy(seed);
        DrawnSettings settings = new DrawnSettings(entropy);
        PlanGenerator generator = new PlanGenerator(entropy, settings);
        Cluster cluster = settings.cluster(options);
        Workload workload = settings.workload(generator.loadMicros, cluster.knobs().batchBytesMax());
        if (options.faults().kinds().isEmpty()) {
            Cluster roomy = DrawnSettings.roomy(cluster);
            return new Plan(seed, roomy, DrawnSettings.patient(workload), generator.calmMicros, List.of());
        }
        return new Plan(
                seed, cluster, workload, generator.calmMicros, generator.faults(cluster, options.faults()));
    }

    private List<PlannedFault> faults(Cluster cluster, FaultSelection selection) {
        Stage stage = Stage.of(cluster, calmMicros, swarm);
        ArrayList<PlannedFault> faults = new ArrayList<>();
        if (isSustained) {
            tell(SustainedLoad.STORIES, stage, faults);
        } else {
            tellAll(stage, faults);
        }
        faults.sort(Comparator.comparing((PlannedFault planned) -> !(planned.anchor() instanceof Anchor.At))
                .thenComparingLong(PlannedFault::atMicros));
        Plan.number(faults);
        faults.removeIf(timed -> !selection.has(timed.fault().kind()) || isLeftOut(timed.fault().kind()));
        return faults;
    }

    private void tellAll(Stage stage, List<PlannedFault> faults) {
        tell(ProcessStories.ALL, stage, faults);
        tell(NetworkStories.ALL, stage, faults);
        if (isRush) {
            tell(NetworkStories.AMONG_READERS, stage, faults);
        }
        tell(DiskStories.ALL, stage, faults);
        tell(MomentStories.ALL, stage, faults);
        tell(DriveStories.ALL, stage, faults);
        tell(AimedStories.ALL, stage, faults);
        tell(AnchoredStories.ALL, stage, faults);
    }

    /// Of the stories, a seed tells a small share; some of them often.
    private void tell(List<Story> stories, Stage stage, List<PlannedFault> faults) {
        int share = swarm.oneOf(SHARE, 30_000, 60_000, 60_000, 100_000, 250_000);
        for (Story story : stories) {
            Draws draws = new Draws(entropy, Purpose.PLAN_SWARM, story.key());
            int times = draws.chance(IS_TOLD, story.weight() * share) ? draws.oneOf(OFTEN, 1, 1, 1, 1, 2, 2, 3, 6) : 0;
            for (int i = 0; i < times; i++) {
                long occurrence = story.key() * OCCURRENCES + i;
                Draws details = new Draws(entropy, Purpose.PLAN, occurrence);
                story.teller().tell(new Scene(stage, details, moment(occurrence), faults));
            }
        }
    }

    private boolean isLeftOut(Fault.Kind kind) {
        return swarm.chance(LEAVE_OUT + kind.ordinal(), LEAVE_OUT_PPM);
    }

    /// Mostly while the clients are busy. In some seeds everything gathers around few moments, so that what is rare by
    /// itself meets.
    private long moment(long occurrence) {
        Draws draws = new Draws(entropy, Purpose.PLAN_MOMENT, occurrence);
        if (swarm.chance(CLUSTERED, CLUSTERED_PPM) && draws.chance(NEAR_FOCUS, NEAR_FOCUS_PPM)) {
            int foci = 1 + swarm.below(FOCI, FOCI_MAX);
            long focus = swarm.between(FOCUS + draws.below(WHICH_FOCUS, foci), 0, busyUntil());
            return focus + draws.spread(AFTER_FOCUS, 1, FOCUS_MICROS);
        }
        return draws.between(ANY_MOMENT, 0, draws.chance(IN_LOAD, IN_LOAD_PPM) ? busyUntil() : calmMicros - 1);
    }

    /// Faults hold the clients up, so they are busy for longer than planned.
    private long busyUntil() {
        return Math.min(calmMicros - 1, 2 * loadMicros);
    }
}
