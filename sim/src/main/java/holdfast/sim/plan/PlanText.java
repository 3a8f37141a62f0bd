package holdfast.sim.plan;

import static holdfast.sim.plan.PlanWords.seconds;

import java.util.List;
import java.util.TreeMap;

/// A [Plan] as a text to read, edit and replay. One thing a line, in a fixed order; `#` begins a comment, empty lines
/// mean nothing, times are seconds:
///
///     holdfast-plan 1
///     seed 42
///     calm 7.250000
///     turn 0.000010
///     forming
///     node 1 xfs drift -120 ppm
///     ...
///     network delay 0.000400
///     ...
///     knob election-timeout 0.150000
///     ...
///     work clients 4
///     ...
///     skip client 2 operations 3,4,9
///     at 1.250000 fault 1 crash 2 down 0.300000
///     at 1.250000 fault 2 arm-disk 3 write-back wal once all-pages
///     when LEADER_ELECTED any nth 3 after 0.010000 fault 4 pause 1 for 0.500000
///     when disk 2 wal sync after 0.000050 nth 17 fault 9 power-cut 2 keep any down 0.300000
///
/// Faults that strike at a time come first. `fault` and the id, which keys what the fault leaves open, may be missing: then
/// the id is the number of the fault's place.
///
/// What was printed is parsed to an equal plan. Whatever is not a sound plan is refused with the line and a sentence:
/// a plan comes from people.
public final class PlanText {

    static final String HEADER = "holdfast-plan 1";

    private PlanText() {}

    /// What reading a text gives.
    public sealed interface Parsed {

        record Ok(Plan plan) implements Parsed {}

        /// `line` counts from 1; `sentence` says what is wrong there and what would be right.
        record Damaged(int line, String sentence) implements Parsed {}
    }

    public static Parsed parse(String text) {
        return PlanParser.parse(text);
    }

    public static String print(Plan plan) {
        StringBuilder out = new StringBuilder();
        line(out, HEADER);
        line(out, "seed " + plan.seed());
        line(out, "calm " + seconds(plan.calmMicros()));
        line(out, "turn " + seconds(plan.cluster().turnMicros()));
        if (plan.cluster().isForming()) {
            line(out, "forming");
        }
        machines(out, plan.cluster().machines());
        noise(out, plan.cluster().noise());
        knobs(out, plan.cluster().knobs());
        workload(out, plan.workload());
        skips(out, plan);
        for (PlannedFault planned : plan.faults()) {
            String when = AnchorText.print(planned.anchor());
            line(out, when + " fault " + planned.id() + " " + FaultText.print(planned.fault()));
        }
        return out.toString();
    }

    private static void machines(StringBuilder out, List<Cluster.Machine> machines) {
        int node = 0;
        for (Cluster.Machine machine : machines) {
            node++;
            line(out, "node " + node + " " + machine.profile() + " drift " + machine.driftPartsPerMillion() + " ppm");
        }
    }

    private static void noise(StringBuilder out, Cluster.Noise noise) {
        line(out, "network delay " + seconds(noise.delayMicros()));
        line(out, "network loss " + noise.lossPpm() + " ppm");
        line(out, "network duplicate " + noise.duplicatePpm() + " ppm");
        line(out, "network late " + noise.latePpm() + " ppm");
        line(out, "network late-by " + seconds(noise.lateMicros()));
    }

    private static void knobs(StringBuilder out, Knobs knobs) {
        line(out, "knob election-timeout " + seconds(knobs.electionTimeoutMicros()));
        line(out, "knob heartbeat " + seconds(knobs.heartbeatMicros()));
        line(out, "knob entries-per-message " + knobs.entriesPerMessageMax());
        line(out, "knob message-bytes " + knobs.messageBytesMax());
        line(out, "knob window-messages " + knobs.windowMessages());
        line(out, "knob uncommitted-bytes " + knobs.uncommittedBytesMax());
        line(out, "knob segment-bytes " + knobs.segmentBytes());
        line(out, "knob descriptor-slots " + knobs.descriptorSlots());
        line(out, "knob batch-bytes " + knobs.batchBytesMax());
        line(out, "knob idle-descriptor " + seconds(knobs.idleDescriptorMicros()));
        line(out, "knob snapshot-every-bytes " + knobs.snapshotEveryBytes());
        line(out, "knob trailing-entries " + knobs.trailingEntries());
        line(out, "knob snapshot-piece-bytes " + knobs.snapshotPieceBytes());
        line(out, "knob writes " + knobs.writesMax());
        line(out, "knob reads " + knobs.readsMax());
        line(out, "knob read-records " + knobs.readRecordsMax());
        boolean hasUsualTable = knobs.producersMax() == Knobs.ORDINARY.producersMax()
                && knobs.producerRetentionMillis() == Knobs.ORDINARY.producerRetentionMillis();
        if (!hasUsualTable) {
            line(out, "knob producers " + knobs.producersMax());
            line(out, "knob producer-retention " + seconds(knobs.producerRetentionMillis() * PlanBounds.MICROS_PER_MILLI));
        }
    }

    private static void workload(StringBuilder out, Workload work) {
        line(out, "work clients " + work.clients());
        line(out, "work operations " + work.operations());
        line(out, "work streams " + work.streams());
        line(out, "work think " + seconds(work.thinkMicros()));
        line(out, "work records " + work.recordsMax());
        line(out, "work record-bytes " + work.recordBytesMax());
        line(out, "work read " + work.readPpm() + " ppm");
        line(out, "work local " + work.localPpm() + " ppm");
        line(out, "work conditional " + work.conditionalPpm() + " ppm");
        line(out, "work producer " + work.producerPpm() + " ppm");
        line(out, "work close " + work.closePpm() + " ppm");
        line(out, "work delete " + work.deletePpm() + " ppm");
        line(out, "work attempt " + seconds(work.attemptMicros()));
        line(out, "work attempts " + work.attemptsMax());
        line(out, "work backoff " + seconds(work.backoffMicros()));
        line(out, "work backoff-max " + seconds(work.backoffMaxMicros()));
        if (!work.habits().equals(Workload.Habits.NONE)) {
            habits(out, work.habits());
        }
    }

    private static void habits(StringBuilder out, Workload.Habits habits) {
        line(out, "habit numbered " + habits.numberedPpm() + " ppm");
        line(out, "habit token " + habits.tokenPpm() + " ppm");
        line(out, "habit elsewhere " + habits.elsewherePpm() + " ppm");
        if (habits.verbs() > 0) {
            line(out, "habit verbs " + habits.verbs());
        }
        if (habits.again() > 0) {
            line(out, "habit again " + habits.again());
        }
    }

    /// One line for each client.
    private static void skips(StringBuilder out, Plan plan) {
        TreeMap<Integer, StringBuilder> lists = new TreeMap<>();
        for (Plan.Skip skip : plan.skips()) {
            StringBuilder list = lists.computeIfAbsent(skip.client(), _ -> new StringBuilder());
            list.append(list.isEmpty() ? "" : ",").append(skip.operation());
        }
        lists.forEach((client, list) -> line(out, "skip client " + client + " operations " + list));
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }
}
