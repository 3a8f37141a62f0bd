package holdfast.sim.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.DiskMoment;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.FsProfile;
import holdfast.sim.disk.FsProfiles;
import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a campaign of some size meets: that nothing is left out of all seeds, and much out of each.
class SwarmTest {

    private static final List<Plan> PLANS = plans();

    private static List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (long seed = 1; seed <= 2_000; seed++) {
            plans.add(PlanGenerator.generate(seed, new PlanOptions(3, FaultSelection.ALL)));
        }
        return plans;
    }

    private static <T> List<T> faults(Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (Plan plan : PLANS) {
            for (PlannedFault timed : plan.faults()) {
                if (kind.isInstance(timed.fault())) {
                    found.add(kind.cast(timed.fault()));
                }
            }
        }
        return found;
    }

    private static int plansWith(Predicate<Plan> what) {
        return (int) PLANS.stream().filter(what).count();
    }

    private static boolean has(Plan plan, Predicate<Fault> what) {
        return plan.faults().stream().anyMatch(timed -> what.test(timed.fault()));
    }

    /// Between these percentages of all plans.
    private static void inPlans(int low, int high, String what, Predicate<Plan> holds) {
        int percent = plansWith(holds) * 100 / PLANS.size();
        assertTrue(percent >= low && percent <= high, () -> what + ": in " + percent + " % of the plans");
    }

    @Test
    @DisplayName("every fault, disk fault, file, span, extent, remainder, direction and file system occurs")
    void everythingOccurs() {
        for (Class<?> fault : Fault.class.getPermittedSubclasses()) {
            assertTrue(faults(fault).size() > 100, fault::getSimpleName);
        }
        TreeMap<String, Integer> words = new TreeMap<>();
        for (Fault.ArmDisk arm : faults(Fault.ArmDisk.class)) {
            DiskFault fault = arm.fault();
            count(words, fault.kind().text(), fault.files().text(), fault.span().text(), fault.extent().text());
        }
        faults(Fault.PowerCut.class).forEach(cut -> count(words, "keep " + cut.keep().text()));
        faults(Fault.CrashAt.class).forEach(crash -> count(words, "crash " + text(crash.moment())));
        faults(Fault.PowerCutAt.class).forEach(cut -> count(words, "cut " + text(cut.moment())));
        faults(Fault.Partition.class).forEach(cut -> count(words, cut.direction().text()));
        faults(Fault.Rot.class).forEach(rot -> count(words, rot.latent() ? "latent" : "bit"));
        PLANS.forEach(plan -> plan.cluster().machines().forEach(machine -> count(words, machine.profile())));
        List<String> expected = new ArrayList<>(List.of("latent", "bit"));
        expected.addAll(texts(FaultKind.values(), FaultKind::text));
        expected.remove(FaultKind.LYING_DRIVE.text());
        expected.addAll(texts(FileRole.values(), FileRole::text));
        expected.remove(FileRole.IDENT.text());
        expected.addAll(texts(DiskFault.Span.values(), DiskFault.Span::text));
        expected.addAll(texts(DiskFault.Extent.values(), DiskFault.Extent::text));
        expected.addAll(texts(PowerCutKeep.values(), keep -> "keep " + keep.text()));
        expected.addAll(texts(Fault.Direction.values(), Fault.Direction::text));
        FsProfiles.all().stream().map(FsProfile::name).forEach(expected::add);
        for (String cut : List.of("crash ", "cut ")) {
            expected.addAll(List.of(cut + "wal write", cut + "wal zero-fill", cut + "wal sync", cut + "wal rename"));
            expected.addAll(List.of(cut + "meta write", cut + "meta sync"));
            expected.addAll(List.of(cut + "snapshot sync", cut + "snapshot rename"));
        }
        for (String word : expected) {
            assertTrue(words.getOrDefault(word, 0) > 30, () -> word + ": " + words.getOrDefault(word, 0));
        }
    }

    private static String text(DiskMoment moment) {
        return moment.files().text() + " " + moment.act().text();
    }

    private static void count(TreeMap<String, Integer> counts, String... words) {
        for (String word : words) {
            counts.merge(word, 1, Integer::sum);
        }
    }

    private static <T> List<String> texts(T[] constants, Function<T, String> text) {
        return List.of(constants).stream().map(text).toList();
    }

    @Test
    @DisplayName("each kind of fault is in some plans and not in others")
    void kindsAreLeftOut() {
        for (Fault.Kind kind : Fault.Kind.values()) {
            if (kind != Fault.Kind.NOISE) {
                inPlans(5, 85, kind.text(), plan -> has(plan, fault -> fault.kind() == kind));
            }
        }
        inPlans(20, 80, "loss", plan -> plan.cluster().noise().lossPpm() > 0);
        inPlans(20, 80, "duplicates", plan -> plan.cluster().noise().duplicatePpm() > 0);
        inPlans(20, 80, "late copies", plan -> plan.cluster().noise().latePpm() > 0);
        inPlans(20, 80, "drift", plan -> plan.cluster().machines().getFirst().driftPartsPerMillion() != 0);
        inPlans(25, 75, "one file system for all",
                plan -> plan.cluster().machines().stream().map(Cluster.Machine::profile).distinct().count() == 1);
    }

    @Test
    @DisplayName("many plans interrupt what a disk is doing")
    void moments() {
        inPlans(20, 70, "a cut in an operation",
                plan -> has(plan, fault -> fault instanceof Fault.CrashAt || fault instanceof Fault.PowerCutAt));
    }

    @Test
    @DisplayName("some plans are quiet and some are storms")
    void intensities() {
        inPlans(2, 25, "at most three faults", plan -> plan.faults().size() <= 3);
        inPlans(10, 50, "more than sixty faults", plan -> plan.faults().size() > 60);
        assertEquals(0, plansWith(plan -> plan.faults().size() > PlanBounds.FAULTS_MAX / 2));
    }

    @Test
    @DisplayName("knobs are ordinary in some plans and tiny in others")
    void knobs() {
        Knobs usual = Knobs.ORDINARY;
        inPlans(30, 70, "usual batches", plan -> plan.cluster().knobs().batchBytesMax() == usual.batchBytesMax());
        inPlans(10, 50, "one entry a message", plan -> plan.cluster().knobs().entriesPerMessageMax() == 1);
        inPlans(10, 50, "a window of one", plan -> plan.cluster().knobs().windowMessages() == 1);
        inPlans(40, 80, "small segments", plan -> plan.cluster().knobs().segmentBytes() < 128 << 10);
        inPlans(10, 50, "many snapshots", plan -> plan.cluster().knobs().snapshotEveryBytes() < 2 << 10);
        inPlans(5, 40, "nothing kept behind a snapshot", plan -> plan.cluster().knobs().trailingEntries() == 0);
        inPlans(5, 40, "one write at a time", plan -> plan.cluster().knobs().writesMax() == 1);
    }

    @Test
    @DisplayName("a universe has about 200 operations, or many hasty ones, and lasts about ten seconds")
    void size() {
        for (Plan plan : PLANS) {
            int operations = plan.workload().clients() * plan.workload().operations();
            boolean isMany = isHasty(plan) || isSustained(plan);
            assertTrue(isMany || operations >= 180 && operations <= 220, () -> operations + " operations");
            assertTrue(plan.calmMicros() >= 6_000_000 && plan.calmMicros() <= 8_000_000);
        }
        inPlans(3, 10, "hasty readers", SwarmTest::isHasty);
        inPlans(1, 4, "sustained load", SwarmTest::isSustained);
        inPlans(10, 50, "no closing", plan -> plan.workload().closePpm() == 0 && plan.workload().deletePpm() == 0);
        inPlans(10, 60, "a rush", plan -> plan.workload().operations() * plan.workload().thinkMicros() < 1_000_000);
    }

    @Test
    @DisplayName("every story is told with faults that its name promises")
    void everyStory() {
        Stage stage = stage("xfs");
        for (Story story : stories()) {
            List<PlannedFault> faults = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                tell(story, stage, i, faults);
            }
            assertTrue(faults.size() >= 20, () -> story.name() + " tells " + faults.size() + " faults");
        }
    }

    @Test
    @DisplayName("the classic of late disks: a leader's disk stalls for longer than it is cut off")
    void stallOutlastsIsolation() {
        Story story = story("stall, isolation, return");
        for (int i = 0; i < 50; i++) {
            List<PlannedFault> faults = new ArrayList<>();
            tell(story, stage("xfs"), i, faults);
            int node = ((Fault.Transfer) faults.get(0).fault()).target();
            Fault.StallDisk stall = (Fault.StallDisk) faults.get(1).fault();
            Fault.Partition cut = (Fault.Partition) faults.get(2).fault();
            assertEquals(List.of(node), cut.side());
            assertEquals(node, stall.node());
            assertTrue(faults.get(2).atMicros() > faults.get(1).atMicros());
            assertTrue(cut.micros() >= 2 * stage("xfs").electionMicros(), "others have time to elect a leader");
        }
    }

    private static boolean isHasty(Plan plan) {
        return plan.workload().operations() * plan.workload().clients() == 4_000 && plan.workload().readPpm() > 900_000;
    }

    private static boolean isSustained(Plan plan) {
        return plan.workload().operations() * plan.workload().clients() == 10_240;
    }

    @Test
    @DisplayName("leadership comes back to the node whose words are held, before they are let go")
    void leadsAgain() {
        for (int i = 0; i < 50; i++) {
            List<PlannedFault> faults = new ArrayList<>();
            tell(story("leads again"), stage("xfs"), i, faults);
            int old = ((Fault.Transfer) faults.getFirst().fault()).target();
            for (int at = 1; at < faults.size(); at += 3) {
                Fault.Clog clog = (Fault.Clog) faults.get(at).fault();
                Fault.Transfer away = (Fault.Transfer) faults.get(at + 1).fault();
                assertEquals(old, clog.from());
                assertTrue(away.target() != old && away.target() != clog.to());
                assertEquals(old, ((Fault.Transfer) faults.get(at + 2).fault()).target());
                assertTrue(faults.get(at).atMicros() < faults.get(at + 1).atMicros());
                assertTrue(faults.get(at + 2).atMicros() < faults.get(at).atMicros() + clog.micros());
            }
        }
    }

    @Test
    @DisplayName("a deaf leader hears nobody and is heard for several election timeouts")
    void deafLeader() {
        List<PlannedFault> faults = new ArrayList<>();
        tell(story("deaf leader"), stage("xfs"), 0, faults);
        Fault.Partition cut = (Fault.Partition) faults.get(1).fault();
        assertEquals(List.of(((Fault.Transfer) faults.getFirst().fault()).target()), cut.side());
        assertEquals(Fault.Direction.INTO, cut.direction());
        assertTrue(cut.micros() >= 4 * stage("xfs").electionMicros());
    }

    @Test
    @DisplayName("the classic of stale reads: a leader is cut off from everybody while another one takes over")
    void replacedAndCutOff() {
        TreeMap<String, Integer> shapes = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            List<PlannedFault> faults = new ArrayList<>();
            tell(story("replaced and cut off"), stage("xfs"), i, faults);
            int old = ((Fault.Transfer) faults.get(0).fault()).target();
            assertNotEquals(old, ((Fault.Transfer) faults.get(1).fault()).target());
            for (PlannedFault cut : faults.subList(2, faults.size())) {
                long after = cut.atMicros() - faults.get(1).atMicros();
                assertTrue(after >= 500 && after <= 10_000, () -> after + " us after the new leader was named");
                switch (cut.fault()) {
                    case Fault.Partition partition -> assertEquals(List.of(old), partition.side());
                    case Fault.Clog clog -> assertTrue(clog.from() == old || clog.to() == old);
                    default -> throw new AssertionError(cut.toString());
                }
            }
            count(shapes, faults.get(2).fault() instanceof Fault.Partition cut
                    ? cut.direction().text()
                    : faults.size() - 2 + " clogged");
        }
        assertEquals(List.of("2 clogged", "4 clogged", "both", "into", "out-of"), List.copyOf(shapes.keySet()));
    }

    @Test
    @DisplayName("a leader that is replaced in its sleep wakes before it can be reached again")
    void replacedInItsSleep() {
        int byTransfer = 0;
        for (int i = 0; i < 50; i++) {
            List<PlannedFault> faults = new ArrayList<>();
            tell(story("replaced in its sleep"), stage("xfs"), i, faults);
            int old = ((Fault.Transfer) faults.getFirst().fault()).target();
            PlannedFault cut = faults.get(faults.size() - 2);
            Fault.Pause sleep = (Fault.Pause) faults.getLast().fault();
            assertEquals(List.of(old), ((Fault.Partition) cut.fault()).side());
            assertEquals(old, sleep.node());
            assertEquals(cut.atMicros(), faults.getLast().atMicros());
            assertTrue(((Fault.Partition) cut.fault()).micros() >= sleep.micros() + stage("xfs").electionMicros());
            byTransfer += faults.size() == 4 ? 1 : 0;
        }
        assertTrue(byTransfer > 10 && byTransfer < 40, byTransfer + " of 50 by transfer");
    }

    @Test
    @DisplayName("some plans gather their faults around few moments")
    void clustered() {
        inPlans(10, 60, "half of the faults within half a second", plan -> plan.faults().size() >= 10
                && mostWithin(plan.faults(), 500_000) * 2 >= plan.faults().size());
    }

    private static int mostWithin(List<PlannedFault> faults, long micros) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < faults.size(); last++) {
            while (faults.get(last).atMicros() - faults.get(first).atMicros() > micros) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static List<Story> stories() {
        List<Story> stories = new ArrayList<>(ProcessStories.ALL);
        stories.addAll(NetworkStories.ALL);
        stories.addAll(NetworkStories.AMONG_READERS);
        stories.addAll(DiskStories.ALL);
        stories.addAll(MomentStories.ALL);
        stories.addAll(AimedStories.ALL);
        return stories;
    }

    private static Story story(String name) {
        return stories().stream().filter(story -> story.name().equals(name)).findFirst().orElseThrow();
    }

    private static Stage stage(String profile) {
        Cluster.Machine machine = new Cluster.Machine(profile, 0);
        return new Stage(List.of(machine, machine, machine), List.of(2), List.of(2), 150_000, 7_000_000);
    }

    private static void tell(Story story, Stage stage, int occurrence, List<PlannedFault> faults) {
        Draws draws = new Draws(new Entropy(9), Purpose.PLAN, occurrence);
        story.teller().tell(new Scene(stage, draws, 1_000_000, faults));
    }
}
