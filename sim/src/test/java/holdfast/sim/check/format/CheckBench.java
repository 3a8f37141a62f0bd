package holdfast.sim.check.format;

import holdfast.sim.check.general.BigRegister;
import holdfast.sim.check.general.GeneralCheck;
import holdfast.sim.check.general.OpLog;
import holdfast.sim.check.general.spec.Register;
import holdfast.sim.check.stream.BigHistory;
import holdfast.sim.check.stream.StreamChecker;
import holdfast.sim.check.stream.Verdict;
import holdfast.sim.history.Event;
import holdfast.sim.history.History;
import holdfast.sim.history.format.Entries;
import holdfast.sim.history.format.Entry;
import holdfast.sim.history.format.Format;
import holdfast.sim.history.format.StreamEntries;
import holdfast.sim.history.format.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// Measures the judges; not a test. CPU time of the judging thread in a warm JVM, the least of seven runs, reading the
/// file left out but where it says so:
///
///     mvn -q test-compile
///     java -XX:+UseSerialGC -Xmx3g -cp core/target/classes:sim/target/classes:sim/target/test-classes \
///         holdfast.sim.check.format.CheckBench etcd|kv|register|lost|stream|jsonl|FILE...
final class CheckBench {

    private static final int WARM_UPS = 3;
    private static final int RUNS = 7;
    private static final int LOST_WRITES = 5;
    private static final long CONFIGURATIONS = 10_000_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private CheckBench() {}

    public static void main(String[] words) {
        List<Path> files = new ArrayList<>();
        for (String word : words) {
            switch (word) {
                case "etcd" -> recorded("jepsen-etcd/");
                case "kv" -> recorded("kv/");
                case "register" -> registers();
                case "lost" -> lostWrites();
                case "stream" -> streams();
                case "jsonl" -> jsonLines();
                default -> files.add(Path.of(word));
            }
        }
        judging(files);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// The least CPU time, in milliseconds.
    private static double least(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < WARM_UPS + RUNS; run++) {
            long begun = cpuNanos();
            work.run();
            long spent = cpuNanos() - begun;
            least = run < WARM_UPS ? least : Math.min(least, spent);
        }
        return least / NANOS_PER_MILLI;
    }

    private static void tell(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /// Porcupine's histories, each and in sum.
    private static void recorded(String folder) {
        Path path = RecordedHistories.shared().resolve("porcupine");
        List<Path> files = new ArrayList<>();
        for (RecordedHistories.Recorded recorded : RecordedHistories.table(path)) {
            if (path.relativize(recorded.file()).toString().startsWith(folder)) {
                files.add(recorded.file());
            }
        }
        tell("%s in sum: %.3f ms", folder, judging(files));
    }

    /// Judges all of them in each pass, and tells and sums up what each took at least. Taking the events in is not
    /// measured.
    private static double judging(List<Path> files) {
        List<Court> courts = files.stream().map(file -> court(RecordedHistories.text(file))).toList();
        String[] rulings = new String[files.size()];
        long[] least = new long[files.size()];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int pass = 0; pass < WARM_UPS + RUNS; pass++) {
            for (int i = 0; i < least.length; i++) {
                long begun = cpuNanos();
                rulings[i] = courts.get(i).judge(CONFIGURATIONS).ruling().text();
                long spent = cpuNanos() - begun;
                least[i] = pass < WARM_UPS ? least[i] : Math.min(least[i], spent);
            }
        }
        for (int i = 0; i < least.length; i++) {
            tell("%s: %s, %.4f ms", files.get(i).getFileName(), rulings[i], least[i] / NANOS_PER_MILLI);
        }
        return Arrays.stream(least).sum() / NANOS_PER_MILLI;
    }

    private static Court court(String text) {
        Entries entries = Format.of(text).read(text);
        List<Entry> all = new ArrayList<>();
        for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
            all.add(entry);
        }
        Court court = Model.of(entries.header(), all).court(entries.header(), all, false);
        all.forEach(court::take);
        return court;
    }

    private static void registers() {
        for (boolean bad : new boolean[] {false, true}) {
            for (int operations : new int[] {1_000, 10_000, 100_000}) {
                for (int clients : new int[] {5, 10, 20}) {
                    BigRegister.Shape shape = new BigRegister.Shape(operations, clients, 0, bad);
                    OpLog<Register.Input, Register.Output> log = BigRegister.register(shape, 7);
                    GeneralCheck<String, Register.Input, Register.Output> check = new GeneralCheck<>(new Register("nil"));
                    String[] verdict = new String[1];
                    double millis = least(() -> verdict[0] =
                            check.check(log.ops(), CONFIGURATIONS / 2).getClass().getSimpleName());
                    tell("register, %d clients, %d operations, %s: %s, %d configurations, %.2f ms", clients, operations,
                            bad ? "bad" : "good", verdict[0], check.spent(), millis);
                }
            }
        }
    }

    /// Few operations, most of them writes of unknown outcome.
    private static void lostWrites() {
        for (boolean bad : new boolean[] {false, true}) {
            for (long seed = 1; seed <= LOST_WRITES; seed++) {
                OpLog<Register.Input, Register.Output> log = BigRegister.lostWrites(bad, seed);
                GeneralCheck<String, Register.Input, Register.Output> check = new GeneralCheck<>(new Register("nil"));
                String[] verdict = new String[1];
                double millis = least(() -> verdict[0] =
                        check.check(log.ops(), CONFIGURATIONS / 2).getClass().getSimpleName());
                tell("register, %d operations, 64 lost writes, %s: %s, %d configurations, %.2f ms", log.size(),
                        bad ? "bad" : "good", verdict[0], check.spent(), millis);
            }
        }
    }

    private static void streams() {
        for (int operations : new int[] {10_000, 100_000, 1_000_000}) {
            for (int clients : new int[] {5, 40}) {
                for (int timeouts : new int[] {0, 50}) {
                    History history = BigHistory.of(operations, clients, timeouts, 3);
                    double millis = least(() -> judged(history));
                    tell("stream, %d clients, %d operations, %d of 1000 answers lost: %.1f ms, %d bytes an operation", clients,
                            history.operations(), timeouts, millis, bytes(history) / history.operations());
                }
            }
        }
    }

    private static StreamChecker judged(History history) {
        StreamChecker checker = new StreamChecker(new TreeSet<>());
        for (Event event : history.events()) {
            switch (event) {
                case Event.Invoked invoked -> checker.invoked(invoked.op(), invoked.client(), invoked.call());
                case Event.Answered answered -> checker.answered(answered.op(), answered.answer());
            }
        }
        if (!(checker.finish(1) instanceof Verdict.Linearizable)) {
            throw new AssertionError("a right history was refuted");
        }
        return checker;
    }

    /// What the checker holds besides the history itself.
    private static long bytes(History history) {
        long before = used();
        StreamChecker checker = judged(history);
        long after = used();
        return checker.standings().isEmpty() ? 0 : after - before;
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// From the text of a file to a verdict.
    private static void jsonLines() {
        History history = BigHistory.of(300_000, 10, 10, 3);
        String text = Writer.jsonLines(new StreamEntries(history));
        double millis = least(() -> {
            Entries entries = Format.JSONL.read(text);
            Court court = Model.STREAM.court(entries.header(), List.of(), false);
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                court.take(entry);
            }
            if (court.judge(CONFIGURATIONS).ruling() != Judgement.Ruling.LINEARIZABLE) {
                throw new AssertionError("a right history was refuted");
            }
        });
        tell("JSON Lines, %d operations, %d bytes: %.0f ms, %.0f operations/s", history.operations(), text.length(), millis,
                history.operations() / millis * 1000);
    }
}
