package holdfast.sim.run;

import holdfast.sim.plan.Cluster;
import holdfast.sim.plan.FaultSelection;
import holdfast.sim.plan.Knobs;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.PlanGenerator;
import holdfast.sim.plan.PlanOptions;
import holdfast.sim.plan.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// Measures which share of a run goes into judging the clients' history; not a test. The JVM's own sampler looks at
/// the running thread every few milliseconds, so nothing in the simulator is changed for it:
///
///     java -Xmx8g -cp core/target/classes:sim/target/classes:sim/target/test-classes \
///         holdfast.sim.run.JudgeShareBench CLIENTS OPERATIONS_EACH READ_PPM | seeds COUNT
final class JudgeShareBench {

    private static final long THINK_MICROS = 17_000;
    private static final long CALM_MICROS_PER_OPERATION = 40_000;
    private static final long SEED = 1;
    private static final double NANOS = 1e9;
    private static final String SAMPLE = "jdk.ExecutionSample";

    private JudgeShareBench() {}

    public static void main(String[] words) throws IOException {
        int second = Integer.parseInt(words[1]);
        if (words[0].equals("seeds")) {
            measure(() -> seeds(second));
        } else {
            int clients = Integer.parseInt(words[0]);
            int readPpm = Integer.parseInt(words[2]);
            Plan plan = busy(clients, second, readPpm);
            // A small one first, so that the compiler has seen everything.
            new Simulation(busy(clients, 200, readPpm), TraceSink.NONE).run();
            measure(() -> told(new Simulation(plan, TraceSink.NONE).run(), (long) clients * second));
        }
    }

    private static String told(Verdict verdict, long operations) {
        String failure = verdict.passed() ? "passed" : verdict.oracle() + ": " + verdict.failure();
        return String.format(Locale.ROOT, "%,d operations, %,d events, %,d s simulated: %s", operations, verdict.events(),
                verdict.simulatedMicros() / 1_000_000, failure);
    }

    private static String seeds(int count) {
        int passed = 0;
        for (long seed = 1; seed <= count; seed++) {
            Plan plan = PlanGenerator.generate(seed, new PlanOptions(3, FaultSelection.parse("all")));
            passed += new Simulation(plan, TraceSink.NONE).run().passed() ? 1 : 0;
        }
        return String.format(Locale.ROOT, "%,d universes with all faults, %,d passed", count, passed);
    }

    /// Three nodes on which nothing goes wrong; half of the clients have a producer.
    private static Plan busy(int clients, int operations, int readPpm) {
        Cluster cluster = new Cluster(Collections.nCopies(3, new Cluster.Machine("xfs", 0)), 10,
                new Cluster.Noise(300, 0, 0, 0, 1_000_000), Knobs.ORDINARY);
        Workload workload = new Workload(clients, operations, 2, THINK_MICROS, 2, 32, readPpm, 0, 50_000, 500_000, 0, 0,
                2_000_000, 20, 5_000, 80_000, Workload.Habits.NONE);
        return new Plan(SEED, cluster, workload, CALM_MICROS_PER_OPERATION * operations, List.of());
    }

    private static void measure(Supplier<String> work) throws IOException {
        Path file = Files.createTempFile("judge", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(SAMPLE).withPeriod(Duration.ofMillis(5));
            recording.start();
            long wall = System.nanoTime();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            String done = work.get();
            cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
            wall = System.nanoTime() - wall;
            recording.stop();
            recording.dump(file);
            System.out.println(done);
            System.out.println(String.format(Locale.ROOT, "%.1f s, %.1f s of CPU time", wall / NANOS, cpu / NANOS));
            tell(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void tell(Path file) throws IOException {
        TreeMap<String, Integer> samples = new TreeMap<>();
        int all = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            String under = event.getStackTrace() == null ? "" : entry(event.getStackTrace().getFrames());
            if (!under.isEmpty()) {
                all++;
                samples.merge(under, 1, Integer::sum);
            }
        }
        for (var entry : samples.entrySet()) {
            System.out.println(String.format(Locale.ROOT, "%-24s %6d of %d samples, %.2f %%", entry.getKey(), entry.getValue(),
                    all, 100.0 * entry.getValue() / all));
        }
    }

    /// By which door of the judge a run was in it, or `the run` if it was not; empty when it is no run at all.
    private static String entry(List<RecordedFrame> frames) {
        String door = "";
        for (RecordedFrame frame : frames) {
            String type = frame.getMethod().getType().getName();
            if (type.equals(StreamJudge.class.getName())) {
                door = "judge." + frame.getMethod().getName();
            } else if (type.equals(Simulation.class.getName()) && door.isEmpty()) {
                door = "the run";
            }
        }
        return door;
    }
}
