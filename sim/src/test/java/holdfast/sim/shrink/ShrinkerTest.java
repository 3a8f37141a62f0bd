package holdfast.sim.shrink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Sometimes;
import holdfast.sim.plan.Anchor;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.FaultSelection;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.PlanGenerator;
import holdfast.sim.plan.PlanOptions;
import holdfast.sim.plan.PlanText;
import holdfast.sim.plan.PlannedFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The search alone: what fails is said by the test and not by a simulation.
class ShrinkerTest {

    private static final Anchor ELECTED = new Anchor.Reached(Sometimes.LEADER_ELECTED, Anchor.ANY_NODE, 2, 1_000);
    private static final Failure FAILURE = new Failure("ledger", "node 2 has lost entry 17");

    private Plan plan;
    private List<PlannedFault> culprits;

    /// A plan with many faults; the second and the last but one are needed to fail.
    @BeforeEach
    void draw() {
        long seed = 1;
        do {
            plan = PlanGenerator.generate(seed++, new PlanOptions(3, FaultSelection.parse("all"), PlanOptions.ANY_PROFILE));
        } while (plan.faults().size() < 12 || plan.workload().clients() < 4 || plan.workload().operations() < 20
                || plan.cluster().noise().lossPpm() == 0);
        culprits = List.of(plan.faults().get(1), plan.faults().get(plan.faults().size() - 2));
    }

    private Failure judge(Plan candidate) {
        boolean fails = candidate.faults().containsAll(culprits)
                && candidate.workload().clients() >= 2
                && Shrinker.operations(candidate) >= 6;
        return fails ? new Failure("ledger", "node 1 has lost entry 3") : Failure.NONE;
    }

    private Plan shrink(Function<Plan, Failure> judge) {
        return new Shrinker(each(judge), FAILURE, 2, () -> false, (_, _) -> {}).shrink(plan);
    }

    private static Shrinker.Judge each(Function<Plan, Failure> judge) {
        return new Shrinker.Judge() {

            @Override
            public List<Failure> judge(List<Plan> plans) {
                return plans.stream().map(judge).toList();
            }

            @Override
            public Map<Integer, List<Anchor>> anchors(Plan failing) {
                return failing.faults().isEmpty() ? Map.of() : Map.of(failing.faults().getFirst().id(), List.of(ELECTED));
            }
        };
    }

    @Test
    @DisplayName("what is left fails like the whole, and without any part of it nothing fails")
    void minimal() {
        Plan smallest = shrink(this::judge);
        assertEquals(culprits, smallest.faults());
        assertEquals(6, Shrinker.operations(smallest));
        assertEquals(0, smallest.cluster().noise().lossPpm());
        assertEquals(1, smallest.workload().streams());
        assertTrue(judge(smallest).isLike(FAILURE));
        for (int i = 0; i < smallest.faults().size(); i++) {
            List<PlannedFault> fewer = new ArrayList<>(smallest.faults());
            fewer.remove(i);
            assertEquals(Failure.NONE, judge(smallest.withFaults(fewer)));
        }
        for (Dimension dimension : Dimension.OPERATIONS) {
            long value = dimension.value().applyAsLong(smallest);
            boolean isLeast = value == dimension.least() || judge(dimension.with().apply(smallest, value - 1)) == Failure.NONE;
            assertTrue(isLeast, dimension.name());
        }
    }

    @Test
    @DisplayName("every plan that is tried is sound, and none is tried twice")
    void soundAndOnce() {
        List<String> tried = new ArrayList<>();
        shrink(candidate -> {
            tried.add(PlanText.print(candidate));
            return judge(candidate);
        });
        for (String text : tried) {
            assertInstanceOf(PlanText.Parsed.Ok.class, PlanText.parse(text));
        }
        assertEquals(tried.size(), tried.stream().distinct().count());
    }

    @Test
    @DisplayName("faults become shorter as long as that does not matter")
    void durations() {
        PlannedFault pause = new PlannedFault(1_000_000, new Fault.Pause(1, 800_000));
        PlannedFault crash = new PlannedFault(1_500_000, new Fault.Crash(2, 300_000));
        plan = plan.withFaults(List.of(pause, crash));
        Plan smallest = shrink(candidate -> candidate.faults().size() == 2
                        && candidate.faults().getFirst().fault() instanceof Fault.Pause shorter
                        && shorter.micros() >= 150_000
                ? FAILURE : Failure.NONE);
        assertEquals(new Fault.Pause(1, 200_000), smallest.faults().getFirst().fault());
        assertTrue(((Fault.Crash) smallest.faults().getLast().fault()).downMicros() <= 1);
    }

    @Test
    @DisplayName("operations that nobody needs are left out one by one")
    void skips() {
        Plan.Skip needed = new Plan.Skip(2, 7);
        Plan smallest = shrink(candidate -> candidate.workload().operationsOfAll().contains(needed)
                && !candidate.skips().contains(needed) ? FAILURE : Failure.NONE);
        assertEquals(1, Shrinker.operations(smallest));
        assertEquals(7, smallest.workload().operations());
    }

    @Test
    @DisplayName("a time becomes what had just happened, if the fault does the same then")
    void anchored() {
        Plan smallest = shrink(candidate -> candidate.faults().stream().anyMatch(
                fault -> fault.id() == culprits.getFirst().id()) ? FAILURE : Failure.NONE);
        assertEquals(List.of(culprits.getFirst().at(ELECTED)), smallest.faults().stream()
                .map(fault -> fault.with(culprits.getFirst().fault())).toList());
    }

    @Test
    @DisplayName("another failure is not the one that is looked for")
    void otherFailures() {
        Plan smallest = shrink(candidate -> {
            Failure failure = judge(candidate);
            return failure != Failure.NONE ? failure : new Failure("liveness", "no leader");
        });
        assertEquals(culprits, smallest.faults());
        assertFalse(new Failure("ledger", "node 1 has lost entry 3").isLike(new Failure("ledger", "node 1 has lost its vote")));
        assertFalse(new Failure("ledger", "node 1 leads").isLike(new Failure("votes", "node 1 leads")));
    }

    @Test
    @DisplayName("a smaller plan that misses the failure under its own seed is found under another")
    void otherSeeds() {
        Plan smallest = shrink(candidate ->
                candidate.faults().size() >= plan.faults().size() - 1 || candidate.seed() == 7 ? FAILURE : Failure.NONE);
        assertEquals(7, smallest.seed());
        assertEquals(List.of(), smallest.faults());
        assertEquals(0, Shrinker.operations(smallest));
    }

    @Test
    @DisplayName("when the time is up, what there is fails all the same")
    void timeIsUp() {
        AtomicInteger left = new AtomicInteger(5);
        Plan smallest = new Shrinker(each(this::judge), FAILURE, 1, () -> left.getAndDecrement() <= 0, (_, _) -> {}).shrink(plan);
        assertTrue(judge(smallest).isLike(FAILURE));
    }
}
