package holdfast.sim.cli;

import holdfast.Sometimes;
import holdfast.sim.plan.FaultWord;
import holdfast.sim.run.FaultMatrix;
import holdfast.sim.run.Verdict;
import holdfast.sim.world.Doing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a campaign has seen so far. Guarded by its own lock: workers add, the progress bar reads.
final class Tally {

    private final long[] reached = new long[Sometimes.values().length];
    private final long[] universesReaching = new long[Sometimes.values().length];
    private final FaultMatrix strikes = new FaultMatrix();
    private final TreeMap<Long, String> failures = new TreeMap<>();

    private long universes;
    private long events;
    private long simulatedMicros;
    private long appends;
    private long acknowledged;
    private long unknown;

    synchronized void add(Verdict verdict, String failure) {
        universes++;
        events += verdict.events();
        simulatedMicros += verdict.simulatedMicros();
        appends += verdict.appends();
        acknowledged += verdict.acknowledged();
        unknown += verdict.unknown();
        strikes.add(verdict.strikes());
        int points = Math.min(reached.length, verdict.reached().size());
        for (int i = 0; i < points; i++) {
            long times = verdict.reached().get(i);
            reached[i] += times;
            universesReaching[i] += times > 0 ? 1 : 0;
        }
        if (!failure.isEmpty()) {
            failures.put(verdict.seed(), failure);
        }
    }

    synchronized long universes() {
        return universes;
    }

    synchronized long failed() {
        return failures.size();
    }

    synchronized long events() {
        return events;
    }

    synchronized long simulatedMicros() {
        return simulatedMicros;
    }

    /// Logical appends asked for, acknowledged, and with an outcome that stayed unknown.
    synchronized String appends() {
        return String.format(java.util.Locale.ROOT, "%,d appends, %,d acknowledged, %,d with an unknown outcome",
                appends, acknowledged, unknown);
    }

    /// Seed to what went wrong, in order of the seeds.
    synchronized Map<Long, String> failures() {
        return new TreeMap<>(failures);
    }

    synchronized long strikes(FaultWord fault, Doing doing) {
        return strikes.count(fault, doing);
    }

    synchronized long timesReached(Sometimes point) {
        return reached[point.ordinal()];
    }

    synchronized long universesReaching(Sometimes point) {
        return universesReaching[point.ordinal()];
    }

    /// What a campaign of so many universes owes and has not met.
    ///
    /// @param isUsual whether the universes are of the usual setting
    synchronized List<Sometimes> neverReached(boolean isUsual) {
        List<Sometimes> never = new ArrayList<>();
        for (Sometimes point : Sometimes.values()) {
            if (point.owed().isOwedBy(universes, isUsual) && reached[point.ordinal()] == 0) {
                never.add(point);
            }
        }
        return never;
    }
}
