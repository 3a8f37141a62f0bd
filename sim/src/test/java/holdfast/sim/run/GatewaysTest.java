package holdfast.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.plan.FaultSelection;
import holdfast.sim.plan.PlanGenerator;
import holdfast.sim.plan.PlanOptions;
import holdfast.sim.work.GatewayTally;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What universes do to the gateways in them, which are the production's.
class GatewaysTest {

    private static final int SEEDS_MAX = 300;
    private static final int TOGETHER = 4;

    private int universes;
    private int together;
    private int abandoned;
    private int restarted;
    private int overtaken;
    private int kept;

    private void look(GatewayTally tally) {
        universes++;
        together += tally.openMax() >= TOGETHER ? 1 : 0;
        abandoned += tally.abandonedWrites() > 0 ? 1 : 0;
        restarted += tally.restartedGateways() > 0 ? 1 : 0;
        overtaken += tally.overtakenRequests() > 0 ? 1 : 0;
        kept += tally.doubtsKept() > 0 ? 1 : 0;
    }

    private boolean isSatisfied() {
        return together > 1 && abandoned > 1 && restarted > 1 && overtaken > 1 && kept > 0;
    }

    @Test
    @DisplayName("several writes of one gateway are open at once; some are abandoned, lost with it, or overtaken")
    void happens() {
        for (long seed = 1; seed <= SEEDS_MAX && !isSatisfied(); seed++) {
            Simulation simulation = new Simulation(
                    PlanGenerator.generate(seed, new PlanOptions(0, FaultSelection.ALL)), TraceSink.NONE);
            assertEquals("", simulation.run().failure(), "seed " + seed);
            look(simulation.gateways());
        }
        assertTrue(isSatisfied(), () -> universes + " universes: " + together + " with writes together, " + abandoned
                + " abandoned, " + restarted + " restarted, " + overtaken + " overtaken, " + kept + " with doubts kept");
    }

    @Test
    @DisplayName("where everything has to succeed, no write is abandoned and no gateway restarts")
    void patient() {
        for (long seed = 1; seed <= 10; seed++) {
            Simulation simulation = new Simulation(
                    PlanGenerator.generate(seed, new PlanOptions(0, FaultSelection.NONE)), TraceSink.NONE);
            assertEquals("", simulation.run().failure(), "seed " + seed);
            GatewayTally tally = simulation.gateways();
            assertEquals(0, tally.abandonedWrites() + tally.restartedGateways() + tally.overtakenRequests());
        }
    }
}
