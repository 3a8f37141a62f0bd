package holdfast.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Sometimes;
import holdfast.sim.plan.Cluster;
import holdfast.sim.plan.FaultSelection;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.PlanGenerator;
import holdfast.sim.plan.PlanOptions;
import holdfast.sim.plan.PlanText;
import holdfast.sim.plan.PlannedFault;
import holdfast.sim.plan.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A universe is a function of its plan.
class SimulationTest {

    /// Keeps what a run tells.
    private static final class Listener implements TraceSink {

        private record Line(long event, long cause, long micros, int node, String kind, String text) {}

        private final List<Line> lines = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();
        private final List<Long> hashes = new ArrayList<>();

        @Override
        public boolean wantsLines() {
            return true;
        }

        @Override
        public void line(long event, long cause, long micros, int node, String kind, String text) {
            lines.add(new Line(event, cause, micros, node, kind, text));
        }

        @Override
        public void hash(long event, long rolling) {
            numbers.add(event);
            hashes.add(rolling);
        }

        long count(String kind, String pattern) {
            return lines.stream()
                    .filter(line -> line.kind().startsWith(kind) && line.text().matches(pattern))
                    .count();
        }
    }

    private static Plan plan(long seed, int nodes, FaultSelection faults) {
        return PlanGenerator.generate(seed, new PlanOptions(nodes, faults));
    }

    private static Plan stormy(long seed) {
        return plan(seed, 3, FaultSelection.ALL);
    }

    private static Verdict run(Plan plan) {
        return new Simulation(plan, TraceSink.NONE).run();
    }

    private static void passes(Verdict verdict) {
        assertEquals("", verdict.failure(), () -> "seed " + verdict.seed() + ", " + verdict.oracle());
    }

    private static List<Long> upTo(long last) {
        List<Long> numbers = new ArrayList<>();
        for (long number = 1; number <= last; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    // ---- the same plan is the same universe ----------------------------------------------------------------

    @Test
    @DisplayName("the same plan run twice gives the same verdict, and with it the same trace hash")
    void twice() {
        for (long seed = 1; seed <= 8; seed++) {
            assertEquals(run(stormy(seed)), run(stormy(seed)));
        }
    }

    @Test
    @DisplayName("a plan that was printed and read back gives the same universe")
    void fromText() {
        for (long seed = 1; seed <= 4; seed++) {
            Plan plan = stormy(seed);
            Plan read = ((PlanText.Parsed.Ok) PlanText.parse(PlanText.print(plan))).plan();
            assertEquals(run(plan), run(read));
        }
    }

    @Test
    @DisplayName("another seed is another universe, and so is another moment for one fault")
    void different() {
        assertNotEquals(run(stormy(1)).traceHash(), run(stormy(2)).traceHash());
        Plan plan = stormy(1);
        List<PlannedFault> later = new ArrayList<>(plan.faults());
        PlannedFault first = later.getFirst();
        later.set(0, new PlannedFault(first.atMicros() + 1, first.fault()));
        assertNotEquals(run(plan).traceHash(), run(plan.withFaults(later)).traceHash());
    }

    @Test
    @DisplayName("whether somebody listens changes nothing")
    void listened() {
        Plan plan = stormy(3);
        assertEquals(run(plan), new Simulation(plan, new Listener()).run());
    }

    // ---- what a run tells ----------------------------------------------------------------------------------

    @Test
    @DisplayName("each event is one line and one hash, with numbers that leave no gap, in the order of time")
    void lines() {
        Listener heard = new Listener();
        Verdict verdict = new Simulation(stormy(2), heard).run();
        passes(verdict);
        assertEquals(upTo(verdict.events()), heard.lines.stream().map(Listener.Line::event).toList());
        assertEquals(upTo(verdict.events()), heard.numbers);
        assertEquals(verdict.traceHash(), heard.hashes.getLast());
        long before = 0;
        for (Listener.Line line : heard.lines) {
            assertTrue(line.micros() >= before, () -> line + " goes back in time");
            assertTrue(line.node() >= 0 && line.node() <= 3, line::toString);
            assertTrue(!line.kind().isEmpty() && !line.text().isEmpty(), line::toString);
            assertTrue(line.text().indexOf('\n') < 0, line::toString);
            before = line.micros();
        }
        assertTrue(before <= verdict.simulatedMicros() && verdict.simulatedMicros() - before < 100_000, "the end is told");
    }

    @Test
    @DisplayName("a run that is stopped at an event has been the whole run up to there")
    void stopped() {
        Plan plan = stormy(2);
        Listener whole = new Listener();
        new Simulation(plan, whole).run();
        for (int event : List.of(1, 2, 100, 1000)) {
            Listener part = new Listener();
            Verdict verdict = new Simulation(plan, part).runUntil(event);
            assertEquals(event, verdict.events());
            assertEquals(whole.hashes.get(event - 1), verdict.traceHash(), "after event " + event);
            assertEquals(whole.lines.subList(0, event), part.lines);
        }
    }

    @Test
    @DisplayName("a run that is stopped goes on as if it had not been")
    void resumed() {
        Plan plan = stormy(2);
        Listener whole = new Listener();
        Verdict verdict = new Simulation(plan, whole).run();
        Listener parts = new Listener();
        Simulation simulation = new Simulation(plan, parts);
        for (int event : List.of(1, 2, 100, 100, 1000)) {
            assertEquals(event, simulation.runUntil(event).events());
        }
        assertEquals(verdict, simulation.run());
        assertEquals(verdict, simulation.run());
        assertEquals(whole.lines, parts.lines);
        assertEquals(whole.hashes, parts.hashes);
    }

    @Test
    @DisplayName("each event names an earlier one that brought it about, or the plan")
    void causes() {
        Listener heard = new Listener();
        new Simulation(stormy(2), heard).run();
        long ofThePlan = 0;
        for (Listener.Line line : heard.lines) {
            assertTrue(line.cause() < line.event(), line::toString);
            ofThePlan += line.cause() == 0 ? 1 : 0;
            if (line.kind().startsWith("from n")) {
                Listener.Line cause = heard.lines.get((int) line.cause() - 1);
                assertEquals("n" + cause.node(), line.kind().substring("from ".length()), "who sent it had an event before");
            }
        }
        assertTrue(ofThePlan > 0 && ofThePlan < heard.lines.size() / 20, "few come from the plan itself: " + ofThePlan);
    }

    // ---- what a run must come to ---------------------------------------------------------------------------

    @Test
    @DisplayName("without faults nothing is left unknown, and every append is acknowledged that does not contradict itself")
    void quiet() {
        for (long seed = 1; seed <= 20; seed++) {
            Plan plan = plan(seed, 3, FaultSelection.NONE);
            assertEquals(List.of(), plan.faults());
            Listener heard = new Listener();
            Verdict verdict = new Simulation(plan, heard).run();
            passes(verdict);
            // A producer that skips a number, or comes with an old epoch, asks for its refusal.
            long confused = heard.count("client", "answer \\d+ (gap|fenced) .*");
            assertEquals(verdict.appends() - confused, verdict.acknowledged(), "seed " + seed);
            assertEquals(0, verdict.unknown(), "seed " + seed);
            assertTrue(verdict.appends() > 10, "a run without appends says nothing");
        }
    }

    @Test
    @DisplayName("clusters of 1, 5 and 7 nodes live through faults as well")
    void sizes() {
        for (int nodes : List.of(1, 5, 7)) {
            for (long seed = 1; seed <= 4; seed++) {
                Plan plan = plan(seed, nodes, FaultSelection.ALL);
                assertEquals(nodes, plan.cluster().nodes());
                Verdict verdict = run(plan);
                passes(verdict);
                assertTrue(verdict.acknowledged() > 0, () -> "nothing was written with " + nodes + " nodes");
            }
        }
    }

    @Test
    @DisplayName("the verdict counts how often each situation occurred")
    void reached() {
        Verdict verdict = run(stormy(2));
        assertEquals(Sometimes.values().length, verdict.reached().size());
        assertTrue(verdict.reached().get(Sometimes.LEADER_ELECTED.ordinal()) > 0);
    }

    @Test
    @DisplayName("a cluster that cannot live is found by the clock, and the verdict says how it stands")
    void liveness() {
        Plan plan = plan(1, 3, FaultSelection.NONE);
        Cluster cluster = plan.cluster();
        Cluster.Noise slow = new Cluster.Noise(3_000, 0, 0, 0, 0);
        Workload w = plan.workload();
        Workload hasty = new Workload(
                w.clients(), w.operations(), w.streams(), w.thinkMicros(), w.recordsMax(), w.recordBytesMax(), w.readPpm(),
                w.localPpm(), w.conditionalPpm(), w.producerPpm(), w.closePpm(), w.deletePpm(), 1_000, Integer.MAX_VALUE,
                w.backoffMicros(), w.backoffMaxMicros(), Workload.Habits.NONE);
        Verdict verdict = run(plan.withWorkload(hasty)
                .withCluster(new Cluster(cluster.machines(), cluster.turnMicros(), slow, cluster.knobs())));
        assertEquals("liveness", verdict.oracle());
        assertTrue(verdict.failure().startsWith("after 60 s without a fault, "), verdict.failure());
        assertTrue(verdict.failure().matches("(?s).*node 3 (leads|follows [1-3]) in term.*"), verdict.failure());
    }

    @Test
    @DisplayName("a cluster in which nobody can be elected is found within ten election timeouts of the calm")
    void failover() {
        Plan plan = plan(1, 3, FaultSelection.NONE);
        Cluster cluster = plan.cluster();
        Cluster.Noise slow = new Cluster.Noise(20 * cluster.knobs().electionTimeoutMicros(), 0, 0, 0, 0);
        Verdict verdict = run(plan.withCluster(
                new Cluster(cluster.machines(), cluster.turnMicros(), slow, cluster.knobs())));
        assertEquals("failover", verdict.oracle());
        assertTrue(verdict.failure().startsWith("nobody has led for "), verdict.failure());
    }
}
