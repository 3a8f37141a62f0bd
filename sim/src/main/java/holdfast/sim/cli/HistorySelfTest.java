package holdfast.sim.cli;

import holdfast.sim.check.stream.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// `./holdfast history selftest`: the two judges of streams against each other, on every core.
final class HistorySelfTest {

    private static final int SMALL = 8;
    private static final int LARGE = 14;
    private static final int LARGE_EVERY = 10;
    private static final int CHUNK = 1_000;
    private static final long POLL_MILLIS = 100;
    private static final int TOLD_MAX = 3;

    private final Arguments arguments;
    private final Terminal terminal;
    private final long first;
    private final long end;
    private final AtomicLong next;
    private final AtomicLong judged = new AtomicLong();
    private final AtomicLong linearizable = new AtomicLong();
    private final AtomicLong disagreements = new AtomicLong();
    private final ProgressBar progress;

    HistorySelfTest(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
        first = arguments.number("--first", 1);
        end = first + arguments.number("--histories", HistoryCommands.DEFAULT_HISTORIES);
        next = new AtomicLong(first);
        progress = new ProgressBar(terminal, "histories", end - first);
    }

    int run() {
        List<Thread> workers = new ArrayList<>();
        long jobs = arguments.number("--jobs", Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < jobs; i++) {
            workers.add(Thread.ofPlatform().name("judges-" + (i + 1)).daemon().start(this::work));
        }
        try {
            for (Thread worker : workers) {
                while (worker.isAlive()) {
                    worker.join(POLL_MILLIS);
                    progress.show(judged.get(), disagreements.get());
                }
            }
        } catch (InterruptedException stopped) {
            return Main.FAILED;
        }
        progress.clear();
        terminal.line(judged.get() + " histories: " + linearizable.get() + " linearizable, "
                + (judged.get() - linearizable.get()) + " not, " + disagreements.get() + " disagreements");
        return disagreements.get() == 0 && judged.get() == end - first ? Main.HOLDS : Main.FAILED;
    }

    private void work() {
        for (long chunk = next.getAndAdd(CHUNK); chunk < end; chunk = next.getAndAdd(CHUNK)) {
            long good = 0;
            long last = Math.min(end, chunk + CHUNK);
            for (long number = chunk; number < last; number++) {
                good += isLinearizable(number) ? 1 : 0;
            }
            linearizable.addAndGet(good);
            judged.addAndGet(last - chunk);
        }
    }

    /// The search's verdict; a disagreement is counted and told.
    private boolean isLinearizable(long number) {
        try {
            Trial trial = Trial.number(number, number % LARGE_EVERY == 0 ? LARGE : SMALL);
            if (!trial.agreed() && disagreements.incrementAndGet() <= TOLD_MAX) {
                progress.line("history " + number + ":\n" + trial.report());
            }
            return trial.general().passed();
        } catch (RuntimeException bug) {
            disagreements.incrementAndGet();
            progress.line("history " + number + ": " + Failures.of(bug));
            return false;
        }
    }
}
