package holdfast.sim.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Sometimes;
import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.DiskMoment;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.plan.Anchor;
import holdfast.sim.plan.Fault;
import holdfast.sim.plan.FaultSelection;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.PlanGenerator;
import holdfast.sim.plan.PlanOptions;
import holdfast.sim.plan.PlannedFault;
import holdfast.sim.run.Simulation;
import holdfast.sim.run.TraceSink;
import holdfast.sim.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Faults that wait for what a disk does, in a whole universe.
class AwaitedFaultsTest {

    private record Line(long micros, int node, String kind, String text) {}

    /// The lines about processes: the moments, and how lives begin and end.
    private static final class Lives implements TraceSink {

        private final List<Line> lines = new ArrayList<>();

        @Override
        public boolean wantsLines() {
            return true;
        }

        @Override
        public void line(long event, long cause, long micros, int node, String kind, String text) {
            if (List.of("moment", "end", "boot").contains(kind)) {
                lines.add(new Line(micros, node, kind, text));
            }
        }

        @Override
        public void hash(long event, long rolling) {}

        List<Line> ofNode(int node) {
            return lines.stream().filter(line -> line.node() == node).toList();
        }
    }

    private static Plan plan(long seed, Fault... faults) {
        Plan plan = PlanGenerator.generate(seed, new PlanOptions(3, FaultSelection.NONE, "xfs"));
        List<PlannedFault> timed = new ArrayList<>();
        for (Fault fault : faults) {
            timed.add(new PlannedFault(300_000 + timed.size(), fault));
        }
        return plan.withFaults(timed);
    }

    private static List<String> kinds(List<Line> lines) {
        return lines.stream().map(Line::kind).toList();
    }

    @Test
    @DisplayName("a crash strikes in the operation that it waits for, and the process comes back when it is due")
    void crash() {
        DiskMoment moment = new DiskMoment(FileRole.WAL, DiskMoment.Act.SYNC, 20);
        Lives lives = new Lives();
        Verdict verdict = new Simulation(plan(1, new Fault.CrashAt(2, moment, 50_000)), lives).run();
        assertEquals("", verdict.failure());
        List<Line> seen = lives.ofNode(2);
        assertEquals(List.of("boot", "moment", "end", "boot"), kinds(seen));
        assertEquals("20 us after the disk began to sync (wal)", seen.get(1).text());
        assertEquals(seen.get(1).micros(), seen.get(2).micros());
        assertEquals(50_000, seen.get(3).micros() - seen.get(2).micros());
    }

    @Test
    @DisplayName("power cuts that wait for the copying of recovery strike in one recovery after the other")
    void recoveries() {
        DiskMoment moment = new DiskMoment(FileRole.WAL, DiskMoment.Act.ZERO_FILL, 30);
        Fault again = new Fault.PowerCutAt(1, moment, PowerCutKeep.ANY, 10_000);
        Fault first = new Fault.PowerCut(List.of(1), PowerCutKeep.ANY, 10_000);
        Lives lives = new Lives();
        Verdict verdict = new Simulation(plan(2, first, again, again, again), lives).run();
        assertEquals("", verdict.failure());
        assertEquals(
                List.of("boot", "end", "boot", "moment", "end", "boot", "moment", "end", "boot", "moment", "end", "boot"),
                kinds(lives.ofNode(1)));
        List<Line> lines = lives.ofNode(1);
        assertTrue(lines.getLast().micros() - lines.get(1).micros() < 100_000, "each was cut off at once");
    }

    @Test
    @DisplayName("a fault may wait for a situation of a node, or for the nth operation of a disk")
    void anchored() {
        Anchor elected = new Anchor.Reached(Sometimes.LEADER_ELECTED, Anchor.ANY_NODE, 1, 30_000);
        DiskMoment moment = new DiskMoment(FileRole.WAL, DiskMoment.Act.SYNC, 20);
        for (int nth : new int[] {1, 9}) {
            Plan plan = plan(1).withFaults(List.of(
                    new PlannedFault(5, elected, new Fault.Crash(1, 50_000)),
                    new PlannedFault(6, new Anchor.Doing(2, moment, nth), new Fault.Crash(2, 50_000))));
            Lives lives = new Lives();
            assertEquals("", new Simulation(plan, lives).run().failure());
            assertEquals(List.of("boot", "end", "boot"), kinds(lives.ofNode(1)));
            assertEquals(List.of("boot", "end", "boot"), kinds(lives.ofNode(2)));
        }
    }

    @Test
    @DisplayName("a time has other words, and by them the fault strikes at the same time")
    void otherWords() {
        Plan timed = plan(3, new Fault.Crash(2, 50_000));
        Simulation first = new Simulation(timed, TraceSink.NONE);
        first.run();
        for (Anchor anchor : first.anchors().get(1)) {
            Lives lives = new Lives();
            new Simulation(timed.withFaults(List.of(timed.faults().getFirst().at(anchor))), lives).run();
            assertEquals(300_000, lives.ofNode(2).get(1).micros(), anchor.toString());
        }
    }

    @Test
    @DisplayName("what no operation has begun until the calm never comes")
    void never() {
        DiskMoment moment = new DiskMoment(FileRole.IDENT, DiskMoment.Act.RENAME, 0);
        Lives lives = new Lives();
        Verdict verdict = new Simulation(plan(3, new Fault.CrashAt(3, moment, 1_000)), lives).run();
        assertEquals("", verdict.failure());
        assertEquals(List.of("boot"), kinds(lives.ofNode(3)));
    }

    @Test
    @DisplayName("a plan by hand that lies to a majority ends with a sentence that says so")
    void budget() {
        DiskFault lies = DiskFault.always(FaultKind.LYING_DRIVE, FileRole.ANY);
        Plan one = plan(4, new Fault.ArmDisk(1, lies));
        assertEquals("", new Simulation(one, TraceSink.NONE).run().failure());
        Plan two = plan(4, new Fault.ArmDisk(1, lies), new Fault.ArmDisk(2, lies));
        Verdict verdict = new Simulation(two, TraceSink.NONE).run();
        assertEquals("invariant", verdict.oracle());
        assertTrue(verdict.failure().contains("a minority at most is damaged, lost or lied to"), verdict.failure());
    }
}
