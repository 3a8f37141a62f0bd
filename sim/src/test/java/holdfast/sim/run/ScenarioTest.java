package holdfast.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.plan.Cluster;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.PlanText;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Situations that somebody thought of, or that the simulator found, kept as plans in `scenarios`. Each file begins
/// with its story and with what must be seen in its run ([Evidence]): a scenario whose situation no longer occurs has
/// become empty, and that is a failure as well.
class ScenarioTest {

    /// Title, and a paragraph at least.
    private static final int STORY_LINES_MIN = 4;

    private record Scenario(String name, String text) {

        Plan plan() {
            return switch (PlanText.parse(text)) {
                case PlanText.Parsed.Ok ok -> ok.plan();
                case PlanText.Parsed.Damaged damaged ->
                        throw new AssertionError(name + ", line " + damaged.line() + ": " + damaged.sentence());
            };
        }

        Evidence evidence() {
            return Evidence.in(text);
        }
    }

    private static List<Scenario> scenarios() throws IOException, URISyntaxException {
        Path folder = Path.of(ScenarioTest.class.getResource("/scenarios").toURI());
        List<Scenario> scenarios = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.plan")) {
            for (Path file : files) {
                scenarios.add(new Scenario(file.getFileName().toString(), Files.readString(file)));
            }
        }
        assertTrue(scenarios.size() >= 8, () -> "scenarios are missing: " + scenarios.size());
        return scenarios;
    }

    private interface Trial {
        void on(Scenario scenario);
    }

    private static Stream<DynamicTest> each(Trial trial) throws IOException, URISyntaxException {
        return scenarios().stream().map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> trial.on(scenario)));
    }

    // ---- the runs ------------------------------------------------------------------------------------------

    @TestFactory
    Stream<DynamicTest> holds() throws IOException, URISyntaxException {
        return each(scenario -> {
            Evidence.Listener heard = new Evidence.Listener();
            Verdict verdict = new Simulation(scenario.plan(), heard).run();
            assertEquals("", verdict.failure(), verdict.oracle());
            assertTrue(verdict.acknowledged() > 0, "nothing was written");
            assertEquals(List.of(), scenario.evidence().missing(verdict, heard), "the situation did not occur");
        });
    }

    /// Without its faults and its noise a plan has no story; then the evidence must be missing, or it proves nothing.
    @TestFactory
    Stream<DynamicTest> evidenceComesFromTheFaults() throws IOException, URISyntaxException {
        return each(scenario -> {
            Plan plan = scenario.plan();
            Cluster c = plan.cluster();
            Cluster quiet = new Cluster(
                    c.machines(), c.isForming(), c.turnMicros(), c.noise().calmed(), c.knobs());
            Evidence.Listener heard = new Evidence.Listener();
            Verdict verdict = new Simulation(
                    new Plan(plan.seed(), quiet, plan.workload(), plan.calmMicros(), List.of()), heard).run();
            assertEquals("", verdict.failure(), verdict.oracle());
            assertNotEquals(List.of(), scenario.evidence().missing(verdict, heard));
        });
    }

    // ---- the files -----------------------------------------------------------------------------------------

    @TestFactory
    Stream<DynamicTest> hasAStory() throws IOException, URISyntaxException {
        return each(scenario -> {
            List<String> comments =
                    scenario.text().lines().takeWhile(line -> line.startsWith("#")).toList();
            long story = comments.stream().filter(line -> !line.startsWith(Evidence.MUST)).count();
            assertTrue(story >= STORY_LINES_MIN, "a scenario tells what it is about");
            assertTrue(scenario.evidence().size() >= 3, "a scenario says what must be seen");
        });
    }

    @TestFactory
    Stream<DynamicTest> isWrittenAsPlansArePrinted() throws IOException, URISyntaxException {
        return each(scenario -> {
            String bare = scenario.text().substring(scenario.text().indexOf("holdfast-plan"));
            assertEquals(PlanText.print(scenario.plan()), bare);
        });
    }
}
