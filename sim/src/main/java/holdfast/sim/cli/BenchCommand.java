package holdfast.sim.cli;

import holdfast.sim.run.TraceSink;
import holdfast.sim.run.Verdict;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// `./holdfast sim bench`: how fast one core runs universes, with hashing and every oracle on.
///
/// Each workload is warmed up and then measured in rounds of about two seconds, of which the median counts. The
/// same seeds run in every round. Besides the clock on the wall the CPU time of the whole process is read, so
/// that a busy machine does not look like a slow simulator.
final class BenchCommand {

    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final long ROUND_NANOS = 2_000_000_000L;
    private static final int ROUNDS = 5;
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    /// What one round did. A number about a universe that fails would be worthless, so `failure` ends the bench.
    private record Round(
            long universes, long events, long simulatedMicros, long wallNanos, long cpuNanos, String failure) {

        private double perSecond(double amount) {
            return amount * NANOS / wallNanos;
        }

        private double perCpuSecond(double amount) {
            return amount * NANOS / Math.max(1, cpuNanos);
        }
    }

    private final Terminal terminal;

    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    int run() {
        terminal.lineNow("one thread, median of " + ROUNDS + " rounds of about " + (long) (ROUND_NANOS / NANOS)
                + " s after a warm-up; hashing and all oracles on");
        terminal.lineNow(String.format(Locale.ROOT, "%-8s %14s %14s %16s %10s  %s",
                "", "events/s", "per CPU s", "simulated s/s", "seeds/s", "workload"));
        for (BenchWorkload workload : BenchWorkload.all()) {
            Round median = measure(workload);
            if (!median.failure().isEmpty()) {
                terminal.line(terminal.red(workload.name() + ": " + median.failure()));
                return Main.FAILED;
            }
            terminal.lineNow(String.format(Locale.ROOT, "%-8s %,14.0f %,14.0f %,16.0f %10.1f  %s", workload.name(),
                    median.perSecond(median.events()), median.perCpuSecond(median.events()),
                    median.perSecond(median.simulatedMicros() / MICROS), median.perSecond(median.universes()),
                    workload.method()));
        }
        return Main.HOLDS;
    }

    /// The median round, or the first one that failed.
    private static Round measure(BenchWorkload workload) {
        Round warmUp = round(workload, WARM_UP_NANOS);
        if (!warmUp.failure().isEmpty()) {
            return warmUp;
        }
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Round round = round(workload, ROUND_NANOS);
            if (!round.failure().isEmpty()) {
                return round;
            }
            rounds.add(round);
        }
        rounds.sort(Comparator.comparingDouble(round -> round.perSecond(round.events())));
        return rounds.get(ROUNDS / 2);
    }

    private static Round round(BenchWorkload workload, long nanos) {
        long cpu = cpuNanos();
        long started = System.nanoTime();
        long universes = 0;
        long events = 0;
        long micros = 0;
        String failure = "";
        while (System.nanoTime() - started < nanos) {
            universes++;
            TraceSink sink = workload.traced() ? new Discarding() : TraceSink.NONE;
            Verdict verdict = Universes.run(workload.plans().apply(universes), sink);
            events += verdict.events();
            micros += verdict.simulatedMicros();
            if (!verdict.passed()) {
                failure = "universe " + universes + " failed: " + verdict.oracle() + ": " + verdict.failure();
                break;
            }
        }
        return new Round(universes, events, micros, System.nanoTime() - started, cpuNanos() - cpu, failure);
    }

    /// CPU time of all threads of this JVM, its compilers and collectors included.
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /// Builds every line, as a trace in a file would, and drops it.
    private static final class Discarding implements TraceSink {

        private long characters;

        @Override
        public boolean wantsLines() {
            return true;
        }

        @Override
        public void line(long event, long cause, long micros, int node, String kind, String text) {
            characters += TraceColumns.line(event, micros, node, kind, text).length();
        }

        @Override
        public void hash(long event, long rolling) {}
    }
}
