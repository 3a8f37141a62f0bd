package holdfast.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.sim.plan.FaultSelection;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.PlanGenerator;
import holdfast.sim.plan.PlanOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StateTextTest {

    @Test
    @DisplayName("each value has a line, and parts are indented")
    void lines() {
        StateText text = new StateText();
        text.add("term", 3).begin("follower").add("isForgetful", true).add("name", "").end().add("payload", Bytes.EMPTY);
        assertEquals("""
                term                3
                follower
                  isForgetful         yes
                  name                (none)
                payload             %s
                """.formatted(Bytes.EMPTY), text.toString());
    }

    @Test
    @DisplayName("a machine shows its disk, its node and its stream machine, and differs from one event to a later one")
    void machine() {
        Plan plan = PlanGenerator.generate(17, new PlanOptions(3, FaultSelection.NONE));
        Simulation simulation = new Simulation(plan, TraceSink.NONE);
        simulation.runUntil(200);
        String early = state(simulation);
        for (String part : new String[] {"disk\n", "node\n", "machine\n", "  commitIndex", "  lastApplied", "isNameDurable"}) {
            assertTrue(early.contains(part), part + " in\n" + early);
        }
        assertEquals(early, state(simulation), "looking changes nothing");
        simulation.runUntil(600);
        assertNotEquals(early, state(simulation));
    }

    private static String state(Simulation simulation) {
        StateText text = new StateText();
        simulation.describe(1, text);
        return text.toString();
    }
}
