package holdfast.sim.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.plan.FaultSelection;
import holdfast.sim.plan.FaultWord;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.PlanGenerator;
import holdfast.sim.plan.PlanOptions;
import holdfast.sim.plan.PlannedFault;
import holdfast.sim.run.Simulation;
import holdfast.sim.run.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No sort of fault is dead: each changes a universe.
class FaultsMatterTest {

    private static final int SEEDS = 400;

    /// What happens, but for the words that a fault has struck.
    private static final class Deeds implements TraceSink {

        private final List<String> deeds = new ArrayList<>();

        @Override
        public boolean wantsLines() {
            return true;
        }

        @Override
        public void line(long event, long cause, long micros, int node, String kind, String text) {
            if (!kind.equals("fault")) {
                deeds.add(micros + " " + node + " " + kind + " " + text);
            }
        }

        @Override
        public void hash(long event, long rolling) {}
    }

    private static List<String> deeds(Plan plan) {
        Deeds heard = new Deeds();
        new Simulation(plan, heard).run();
        return heard.deeds;
    }

    @ParameterizedTest
    @EnumSource(FaultWord.class)
    @DisplayName("without a fault of this sort its universe is another one")
    void matters(FaultWord word) {
        boolean matters = false;
        for (long seed = 1; seed <= SEEDS && !matters; seed++) {
            Plan plan = PlanGenerator.generate(seed, new PlanOptions(3, FaultSelection.ALL));
            Optional<PlannedFault> one = plan.faults().stream()
                    .filter(planned -> FaultWord.of(planned.fault()) == word)
                    .findFirst();
            if (one.isPresent()) {
                List<PlannedFault> others = new ArrayList<>(plan.faults());
                others.remove(one.get());
                matters = !deeds(plan).equals(deeds(plan.withFaults(others)));
            }
        }
        assertTrue(matters, "no " + word.text() + " has changed any of " + SEEDS + " universes");
    }
}
