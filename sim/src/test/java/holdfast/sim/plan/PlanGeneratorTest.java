package holdfast.sim.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Check;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FsProfiles;
import holdfast.sim.disk.SyncFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PlanGeneratorTest {

    private static Plan plan(long seed, int nodes) {
        return PlanGenerator.generate(seed, new PlanOptions(nodes, FaultSelection.ALL));
    }

    // ---- no butterfly --------------------------------------------------------------------------------------

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    @Label("leaving out one kind of fault leaves all others exactly as they were")
    void noButterfly(@ForAll long seed, @ForAll @IntRange(max = 3) int size, @ForAll Fault.Kind without) {
        Plan all = plan(seed, 2 * size + 1);
        FaultSelection others = FaultSelection.parse("-" + without.text());
        Plan rest = PlanGenerator.generate(seed, new PlanOptions(2 * size + 1, others));
        List<PlannedFault> expected = new ArrayList<>(all.faults());
        expected.removeIf(timed -> timed.fault().kind() == without);
        assertEquals(expected, rest.faults());
        assertEquals(all.workload(), rest.workload());
        assertEquals(all.calmMicros(), rest.calmMicros());
        Cluster whole = all.cluster();
        Cluster.Noise noise = without == Fault.Kind.NOISE ? whole.noise().calmed() : whole.noise();
        List<Cluster.Machine> machines = without == Fault.Kind.CLOCK ? steady(whole.machines()) : whole.machines();
        assertEquals(
                new Cluster(machines, whole.isForming(), whole.turnMicros(), noise, whole.knobs()), rest.cluster());
    }

    private static List<Cluster.Machine> steady(List<Cluster.Machine> machines) {
        return machines.stream().map(machine -> new Cluster.Machine(machine.profile(), 0)).toList();
    }

    @Test
    @DisplayName("a seed is a name: it always means the same plan, and another seed another one")
    void named() {
        for (long seed = 0; seed < 100; seed++) {
            assertEquals(plan(seed, 3), plan(seed, 3));
            assertNotEquals(plan(seed, 3).faults(), plan(seed + 1_000, 3).faults(), "seed " + seed);
        }
    }

    @Test
    @DisplayName("no two stories share a key")
    void keys() {
        TreeSet<Integer> keys = new TreeSet<>();
        for (Story story : stories()) {
            assertTrue(keys.add(story.key()), story::name);
        }
    }

    private static List<Story> stories() {
        List<Story> stories = new ArrayList<>(ProcessStories.ALL);
        stories.addAll(NetworkStories.ALL);
        stories.addAll(DiskStories.ALL);
        stories.addAll(MomentStories.ALL);
        stories.addAll(AimedStories.ALL);
        return stories;
    }

    // ---- sound plans ---------------------------------------------------------------------------------------

    @Property(tries = 500)
    @Label("faults are in order, before the calm, and none outlasts it")
    void times(@ForAll long seed, @ForAll @IntRange(max = 3) int size) {
        Plan plan = plan(seed, 2 * size + 1);
        long before = 0;
        List<PlannedFault> atTimes = plan.faults().stream()
                .takeWhile(planned -> planned.anchor() instanceof Anchor.At)
                .toList();
        assertTrue(plan.faults().stream().skip(atTimes.size()).noneMatch(planned -> planned.anchor() instanceof Anchor.At));
        for (PlannedFault timed : atTimes) {
            assertTrue(timed.atMicros() >= before && timed.atMicros() < plan.calmMicros());
            assertTrue(timed.atMicros() + lasts(timed.fault()) <= plan.calmMicros(), timed::toString);
            before = timed.atMicros();
        }
    }

    private static long lasts(Fault fault) {
        return switch (fault) {
            case Fault.Crash f -> f.downMicros();
            case Fault.PowerCut f -> f.downMicros();
            case Fault.CrashAt f -> f.downMicros();
            case Fault.PowerCutAt f -> f.downMicros();
            case Fault.Pause f -> f.micros();
            case Fault.SlowProcess f -> f.micros();
            case Fault.Partition f -> f.micros();
            case Fault.CutPair f -> f.micros();
            case Fault.Clog f -> f.micros();
            case Fault.FillDisk f -> f.micros();
            case Fault.SlowDisk f -> f.micros();
            case Fault.StallDisk f -> f.micros();
            case Fault.LoseDisk f -> f.downMicros();
            case Fault.Unmount f -> f.micros();
            case Fault.SwapDisks f -> f.micros();
            case Fault.ClockJump _, Fault.Swizzle _, Fault.ArmDisk _, Fault.WriteBack _, Fault.DropCaches _,
                    Fault.Rot _, Fault.Transfer _, Fault.Lasting _ -> 0;
        };
    }

    @Property(tries = 1000)
    @Label("only a minority is ever damaged or lied to, and where more drives may be lost, nobody is")
    void budget(@ForAll long seed, @ForAll @IntRange(max = 3) int size, @ForAll @IntRange(max = 3) int profile) {
        String named = List.of(PlanOptions.ANY_PROFILE, "hostile", "ext4-journal-6.1", "xfs").get(profile);
        int nodes = 2 * size + 1;
        Plan plan = PlanGenerator.generate(seed, new PlanOptions(nodes, FaultSelection.ALL, named));
        TreeSet<Integer> struck = new TreeSet<>();
        TreeSet<Integer> losers = new TreeSet<>();
        for (PlannedFault timed : plan.faults()) {
            switch (timed.fault()) {
                case Fault.Rot rot -> struck.add(rot.node());
                case Fault.LoseDisk lose -> losers.add(lose.node());
                case Fault.ArmDisk arm -> {
                    assertNotEquals(FaultKind.LYING_DRIVE, arm.fault().kind());
                    if (breaksPromises(arm, plan.cluster().machines().get(arm.node() - 1).profile())) {
                        struck.add(arm.node());
                    }
                }
                case Fault.Crash _, Fault.PowerCut _, Fault.CrashAt _, Fault.PowerCutAt _,
                        Fault.Pause _, Fault.SlowProcess _, Fault.ClockJump _,
                        Fault.Partition _, Fault.CutPair _, Fault.Clog _, Fault.Swizzle _, Fault.WriteBack _,
                        Fault.DropCaches _, Fault.FillDisk _, Fault.SlowDisk _, Fault.StallDisk _, Fault.Transfer _,
                        Fault.Unmount _, Fault.SwapDisks _, Fault.Lasting _ -> {}
            }
        }
        int minority = (nodes - 1) / 2;
        assertTrue(struck.size() <= minority, () -> "of " + nodes + " nodes " + struck + " are struck");
        // The world refuses to lose a drive while a minority is lost already.
        TreeSet<Integer> either = new TreeSet<>(struck);
        either.addAll(losers);
        assertTrue(struck.isEmpty() || either.size() <= minority, () -> struck + " are struck and " + losers + " lose drives");
    }

    private static boolean breaksPromises(Fault.ArmDisk arm, String profile) {
        return switch (arm.fault().kind()) {
            case LOSE_WRITE, MISDIRECT_WRITE, LYING_DRIVE -> true;
            case WRITE_BACK, WRITE_BACK_NO_SPACE ->
                FsProfiles.named(profile).failures().stream().anyMatch(SyncFailure::late);
            case JOURNAL, FLUSH, DEVICE_WRITES, WRITE, NO_SPACE, DIRECTORY_SYNC, RENAME -> false;
        };
    }

    @Test
    @DisplayName("a cluster of one has no network to break and nobody to spare")
    void alone() {
        for (long seed = 0; seed < 500; seed++) {
            for (PlannedFault timed : plan(seed, 1).faults()) {
                switch (timed.fault().kind()) {
                    case PARTITION, CLOG, NOISE, TRANSFER, MEDIA -> throw new AssertionError(timed.toString());
                    case DRIVE -> assertInstanceOf(Fault.Unmount.class, timed.fault());
                    case CRASH, POWER, PAUSE, CLOCK, DISK_ERROR, DISK_SLOW -> {}
                }
            }
        }
    }

    @Property(tries = 200)
    @Label("without faults nothing disturbs, and nothing that clients ask for may be refused")
    void none(@ForAll long seed) {
        Plan plan = PlanGenerator.generate(seed, new PlanOptions(3, FaultSelection.NONE));
        Workload work = plan.workload();
        Knobs knobs = plan.cluster().knobs();
        assertEquals(List.of(), plan.faults());
        assertEquals(plan.cluster().noise().calmed(), plan.cluster().noise());
        assertEquals(steady(plan.cluster().machines()), plan.cluster().machines());
        assertEquals(0, work.closePpm() + work.deletePpm() + work.conditionalPpm());
        assertTrue(work.attemptMicros() >= 1_000_000 && work.attemptsMax() >= 100);
        assertTrue(knobs.writesMax() >= work.clients() && knobs.readsMax() >= work.clients());
        long atOnce = work.clients() * PlanBounds.batchBytesMin(work.recordsMax(), work.recordBytesMax());
        assertTrue(knobs.uncommittedBytesMax() >= atOnce, () -> atOnce + " bytes at once");
        assertEquals(new PlanText.Parsed.Ok(plan), PlanText.parse(PlanText.print(plan)));
    }

    @Test
    @DisplayName("the file system that a user names is everybody's; one that does not exist is a bug of the caller")
    void profile() {
        PlanOptions options = new PlanOptions(5, FaultSelection.ALL, "btrfs-6.1");
        for (Cluster.Machine machine : PlanGenerator.generate(3, options).cluster().machines()) {
            assertEquals("btrfs-6.1", machine.profile());
        }
        assertThrows(Check.InvariantBroken.class,
                () -> PlanGenerator.generate(3, new PlanOptions(3, FaultSelection.ALL, "fat")));
        assertThrows(Check.InvariantBroken.class,
                () -> PlanGenerator.generate(3, new PlanOptions(4, FaultSelection.ALL)));
    }
}
