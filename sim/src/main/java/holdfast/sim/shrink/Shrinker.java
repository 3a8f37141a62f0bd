package holdfast.sim.shrink;

import holdfast.Check;
import holdfast.sim.plan.Anchor;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.Plan.Skip;
import holdfast.sim.plan.PlanText;
import holdfast.sim.plan.PlannedFault;
import holdfast.sim.plan.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// Looks for the smallest plan that fails like a given one: delta debugging (Zeller and Hildebrandt, "Simplifying and
/// Isolating Failure-Inducing Input", 2002) over the faults, then every number that says more the larger it is, again and again
/// until nothing can be taken away.
///
/// What a plan leaves open is drawn by its seed, so a smaller plan may miss the failure by a hair. Before it is given up it is
/// tried under other seeds too: the plan that is kept may be another universe's, and fails in the same way.
///
/// Of the candidates that fail the first in order is kept, however they are tried, so the result depends on nothing but the plan
/// and the time that is left.
public final class Shrinker {

    /// What becomes of each of these plans, in their order; may try them side by side.
    public interface Judge {
        List<Failure> judge(List<Plan> plans);

        /// Other words for the times at which the faults of this plan strike, by their ids; the best first.
        Map<Integer, List<Anchor>> anchors(Plan plan);
    }

    /// Hears how far the search is.
    @FunctionalInterface
    public interface Watcher {
        void tried(long universes, Plan smallest);
    }

    private static final int SEEDS = 12;
    private static final long HALF_LIVES = 24;

    private final Judge judge;
    private final Failure wanted;
    private final int jobs;
    private final BooleanSupplier isOver;
    private final Watcher watcher;
    private final TreeSet<String> tried = new TreeSet<>();
    private Plan smallest;
    private int seeds = 1;

    /// @param wanted how the plan fails
    /// @param jobs plans for the judge at a time
    /// @param isOver whether to be content with what there is
    public Shrinker(Judge judge, Failure wanted, int jobs, BooleanSupplier isOver, Watcher watcher) {
        this.judge = judge;
        this.wanted = wanted;
        this.jobs = jobs;
        this.isOver = isOver;
        this.watcher = watcher;
    }

    /// How much there is to understand: a fault weighs more than an operation.
    public static long size(Plan plan) {
        return 4L * plan.faults().size() + operations(plan);
    }

    /// Operations of all clients together.
    public static long operations(Plan plan) {
        Workload work = plan.workload();
        return work.operationsOfAll().size() - plan.skips().size();
    }

    /// @param plan one that fails as wanted
    public Plan shrink(Plan plan) {
        smallest = plan;
        passes();
        anchors();
        seeds = SEEDS;
        passes();
        seeds = 1;
        durations();
        return smallest;
    }

    private void passes() {
        String before = "";
        while (!isOver.getAsBoolean() && !before.equals(PlanText.print(smallest))) {
            before = PlanText.print(smallest);
            faults();
            lower(Dimension.OPERATIONS);
            skips();
            lower(Dimension.CHANCES);
        }
    }

    // ---- what is told otherwise ----------------------------------------------------------------------------

    /// A time says nothing in a smaller universe, in which everything happens earlier or later; what had just happened does.
    private void anchors() {
        Map<Integer, List<Anchor>> known = judge.anchors(smallest);
        for (int at = 0; at < smallest.faults().size() && !isOver.getAsBoolean(); at++) {
            PlannedFault fault = smallest.faults().get(at);
            List<Plan> candidates = new ArrayList<>();
            for (Anchor anchor : known.getOrDefault(fault.id(), List.of())) {
                List<PlannedFault> faults = new ArrayList<>(smallest.faults());
                faults.remove(at);
                faults.add(fault.at(anchor));
                candidates.add(smallest.withFaults(faults));
            }
            if (fault.anchor() instanceof Anchor.At && keepFirst(candidates)) {
                at--;
            }
        }
    }

    // ---- what is left out ----------------------------------------------------------------------------------

    /// First everything, then halves, quarters, single ones.
    private void faults() {
        int chunk = smallest.faults().size();
        while (chunk > 0 && !isOver.getAsBoolean()) {
            List<Plan> candidates = new ArrayList<>();
            int count = smallest.faults().size();
            for (int from = 0; from < count; from += chunk) {
                List<PlannedFault> left = new ArrayList<>(smallest.faults());
                left.subList(from, Math.min(count, from + chunk)).clear();
                candidates.add(smallest.withFaults(left));
            }
            if (!keepFirst(candidates)) {
                chunk /= 2;
            }
            chunk = Math.min(chunk, smallest.faults().size());
        }
    }

    /// Operations of clients that nobody needs, half of them at first, and single ones at the end.
    private void skips() {
        for (int chunk = (asked().size() + 1) / 2; chunk > 0 && !isOver.getAsBoolean();) {
            List<Skip> asked = asked();
            List<Plan> candidates = new ArrayList<>();
            for (int from = 0; from < asked.size(); from += chunk) {
                List<Skip> skips = new ArrayList<>(smallest.skips());
                skips.addAll(asked.subList(from, Math.min(asked.size(), from + chunk)));
                skips.sort(Comparator.comparingInt(Skip::client).thenComparingInt(Skip::operation));
                candidates.add(smallest.withSkips(skips));
            }
            if (!keepFirst(candidates)) {
                chunk /= 2;
            }
        }
    }

    /// Operations that nobody leaves out yet.
    private List<Skip> asked() {
        List<Skip> asked = smallest.workload().operationsOfAll();
        asked.removeAll(smallest.skips());
        return asked;
    }

    /// The least, then what is nearer to the present value.
    private void lower(List<Dimension> dimensions) {
        for (Dimension dimension : dimensions) {
            boolean goesOn = true;
            while (goesOn && !isOver.getAsBoolean()) {
                long value = dimension.value().applyAsLong(smallest);
                List<Plan> candidates = new ArrayList<>();
                for (long step = value - dimension.least(); step > 0; step /= 2) {
                    candidates.add(dimension.with().apply(smallest, value - step));
                }
                goesOn = keepFirst(candidates);
            }
        }
    }

    /// Shorter faults; what takes no time is easiest to read.
    private void durations() {
        for (int at = 0; at < smallest.faults().size() && !isOver.getAsBoolean(); at++) {
            for (int halves = 0; halves < HALF_LIVES && !isOver.getAsBoolean(); halves++) {
                PlannedFault timed = smallest.faults().get(at);
                Fault shorter = Shorter.than(timed.fault());
                List<PlannedFault> faults = new ArrayList<>(smallest.faults());
                faults.set(at, timed.with(shorter));
                if (shorter.equals(timed.fault()) || !keepFirst(List.of(smallest.withFaults(faults)))) {
                    break;
                }
            }
        }
    }

    // ---- trying --------------------------------------------------------------------------------------------

    /// Returns whether one of them fails as wanted; the first one in order does from now on.
    private boolean keepFirst(List<Plan> candidates) {
        List<Plan> untried = new ArrayList<>();
        for (Plan candidate : candidates) {
            for (int i = 0; i < seeds; i++) {
                Plan keyed = i == 0 ? candidate : candidate.withSeed(i);
                boolean isSound = PlanText.parse(PlanText.print(keyed)) instanceof PlanText.Parsed.Ok;
                if (isSound && tried.add(PlanText.print(keyed))) {
                    untried.add(keyed);
                }
            }
        }
        for (int from = 0; from < untried.size() && !isOver.getAsBoolean(); from += jobs) {
            Plan found = firstFailing(untried.subList(from, Math.min(untried.size(), from + jobs)));
            if (found != null) {
                smallest = found;
            }
            watcher.tried(tried.size(), smallest);
            if (found != null) {
                return true;
            }
        }
        return false;
    }

    private Plan firstFailing(List<Plan> plans) {
        List<Failure> failures = judge.judge(plans);
        Check.that(failures.size() == plans.size(), "every plan is judged", failures.size(), plans.size());
        for (int i = 0; i < plans.size(); i++) {
            if (failures.get(i).isLike(wanted)) {
                return plans.get(i);
            }
        }
        return null;
    }
}
