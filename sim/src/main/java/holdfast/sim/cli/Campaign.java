package holdfast.sim.cli;

import holdfast.sim.plan.Plan;
import holdfast.sim.run.TraceSink;
import holdfast.sim.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Many universes on many threads: workers take the next seed from a shared counter, so that seeds start in
/// order and no core idles. A universe lives in one thread from beginning to end.
final class Campaign {

    /// From this many universes on, a table of faults and states with many empty cells is a failure of the campaign.
    static final int MATRIX_SEEDS = 10_000;

    private static final long POLL_MILLIS = 100;
    private static final int TOLD_AT_ONCE = 10;

    /// What to run. `hashes` is compared with, `written` is filled.
    record Request(
            SeedRange seeds,
            Setting setting,
            Optional<Plan> plan,
            int jobs,
            long deadlineNanos,
            boolean twice,
            boolean stopAtFirst,
            Optional<TraceHashes> hashes,
            Optional<TraceHashes> written) {

        static final long NO_DEADLINE = Long.MAX_VALUE;

        boolean isTimed() {
            return deadlineNanos != NO_DEADLINE;
        }
    }

    private final Request request;
    private final Tally tally = new Tally();
    private final ProgressBar progress;
    private final AtomicLong nextSeed;
    private volatile boolean stopped;

    Campaign(Request request, Terminal terminal) {
        this.request = request;
        this.nextSeed = new AtomicLong(request.seeds().first());
        this.progress = new ProgressBar(terminal, "universes", request.isTimed() ? 0 : request.seeds().size());
    }

    /// Runs all of it and returns what was seen.
    Tally run() throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < request.jobs(); i++) {
            workers.add(Thread.ofPlatform().name("universes-" + (i + 1)).daemon().start(this::work));
        }
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                worker.join(POLL_MILLIS);
                progress.show(tally.universes(), tally.failed());
            }
        }
        progress.clear();
        return tally;
    }

    private void work() {
        while (!stopped && System.nanoTime() < request.deadlineNanos()) {
            long seed = nextSeed.getAndIncrement();
            if (seed > request.seeds().last()) {
                return;
            }
            try {
                runOne(request.plan().orElseGet(() -> Universes.ofSeed(seed, request.setting())));
            } catch (RuntimeException | Error bug) {
                // A worker that dies silently would leave a hole in the campaign and a green last line.
                Verdict verdict = Universes.broken(seed, bug);
                tally.add(verdict, failureOf(verdict));
                tell(seed, failureOf(verdict));
            }
        }
    }

    private void runOne(Plan plan) {
        Verdict verdict;
        String failure;
        if (request.twice()) {
            Repetition.Outcome outcome = Repetition.of(plan);
            verdict = outcome.verdict();
            failure = outcome.difference().isEmpty() ? failureOf(verdict) : "repetition: " + outcome.difference();
        } else {
            verdict = Universes.run(plan, TraceSink.NONE);
            failure = failureOf(verdict);
        }
        if (failure.isEmpty()) {
            failure = request.hashes().map(there -> there.differenceOf(plan.seed(), verdict.traceHash()))
                    .filter(text -> !text.isEmpty()).map(text -> "repetition: " + text).orElse("");
        }
        request.written().ifPresent(mine -> keep(mine, verdict));
        tally.add(verdict, failure);
        if (!failure.isEmpty()) {
            tell(plan.seed(), failure);
        }
    }

    private static void keep(TraceHashes hashes, Verdict verdict) {
        synchronized (hashes) {
            hashes.put(verdict.seed(), verdict.traceHash());
        }
    }

    private static String failureOf(Verdict verdict) {
        return verdict.passed() ? "" : verdict.oracle() + ": " + verdict.failure();
    }

    private void tell(long seed, String failure) {
        if (request.stopAtFirst()) {
            stopped = true;
        } else if (tally.failed() <= TOLD_AT_ONCE) {
            progress.line("seed " + seed + " failed: " + failure);
        }
    }
}
