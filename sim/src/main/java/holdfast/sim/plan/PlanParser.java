package holdfast.sim.plan;

import static holdfast.sim.plan.PlanBounds.BYTES_MAX;
import static holdfast.sim.plan.PlanBounds.COUNT_MAX;
import static holdfast.sim.plan.PlanBounds.MILLION;

import holdfast.sim.disk.FsProfile;
import holdfast.sim.disk.FsProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Reads what [PlanText] prints, line by line in its order. The first damage is kept; after it every taker returns a
/// harmless value.
final class PlanParser {

    private final List<PlanWords> lines = new ArrayList<>();
    private final int lineCount;
    private int next;
    private PlanText.Parsed.Damaged damage;

    private PlanParser(String text) {
        String[] raw = text.split("\n", -1);
        lineCount = raw.length;
        for (int i = 0; i < raw.length; i++) {
            int comment = raw[i].indexOf('#');
            String said = (comment < 0 ? raw[i] : raw[i].substring(0, comment)).strip();
            if (!said.isEmpty()) {
                lines.add(new PlanWords(i + 1, said));
            }
        }
    }

    static PlanText.Parsed parse(String text) {
        if (text.length() > PlanBounds.TEXT_CHARS_MAX) {
            return new PlanText.Parsed.Damaged(
                    1, "a plan has at most " + PlanBounds.TEXT_CHARS_MAX + " characters, not " + text.length());
        }
        PlanParser parser = new PlanParser(text);
        Plan plan = parser.plan();
        return parser.damage == null ? new PlanText.Parsed.Ok(plan) : parser.damage;
    }

    private Plan plan() {
        line(PlanText.HEADER).end();
        settle();
        long seed = number("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        long calm = micros("calm", 1, PlanBounds.CALM_MICROS_MAX);
        long turn = micros("turn", 1, PlanBounds.TURN_MICROS_MAX);
        boolean isForming = isForming();
        List<Cluster.Machine> machines = machines();
        Cluster.Noise noise = noise();
        Knobs knobs = knobs(noise.delayMicros(), turn);
        Workload workload = workload(knobs.batchBytesMax());
        List<Plan.Skip> skips = skips(workload);
        return new Plan(
                seed, new Cluster(machines, isForming, turn, noise, knobs), workload, calm, skips,
                faults(machines.size(), calm));
    }

    /// A line that may be missing: then the store has formed before the universe begins.
    private boolean isForming() {
        boolean isForming = next < lines.size() && lines.get(next).isNext("forming");
        if (isForming) {
            line("forming").end();
            settle();
        }
        return isForming;
    }

    // ---- lines ---------------------------------------------------------------------------------------------

    /// The next line, which must begin with these words.
    private PlanWords line(String keywords) {
        if (next == lines.size()) {
            damage(lineCount, "the plan ends where a line '" + keywords + "' should stand");
            return new PlanWords(lineCount, keywords);
        }
        return lines.get(next++).keyword(keywords);
    }

    /// The line taken last is done with.
    private void settle() {
        if (next > 0 && !lines.get(next - 1).complaint().isEmpty()) {
            damage(lines.get(next - 1).line(), lines.get(next - 1).complaint());
        }
    }

    private void damage(int line, String sentence) {
        if (damage == null) {
            damage = new PlanText.Parsed.Damaged(line, sentence);
        }
    }

    /// Says of the line taken last that its value does not fit what stands before it.
    private void mustBe(boolean right, String sentence) {
        if (!right && next > 0) {
            damage(lines.get(next - 1).line(), sentence);
        }
    }

    private long number(String keywords, long low, long high) {
        PlanWords words = line(keywords);
        long value = words.number("'" + keywords + "'", low, high);
        words.end();
        settle();
        return value;
    }

    private int small(String keywords, int low, int high) {
        return (int) number(keywords, low, high);
    }

    private long micros(String keywords, long low, long high) {
        PlanWords words = line(keywords);
        long value = words.micros("'" + keywords + "'", low, high);
        words.end();
        settle();
        return value;
    }

    private int ppm(String keywords) {
        PlanWords words = line(keywords);
        int value = words.small("'" + keywords + "'", 0, MILLION);
        words.keyword("ppm").end();
        settle();
        return value;
    }

    // ---- settings ------------------------------------------------------------------------------------------

    private List<Cluster.Machine> machines() {
        ArrayList<Cluster.Machine> machines = new ArrayList<>();
        do {
            PlanWords words = line("node");
            int expected = machines.size() + 1;
            words.number("the number of this node", expected, expected);
            String profile = words.word("a file system");
            words.mustBe(FsProfiles.named(profile) != null,
                    "there is no file system '" + PlanWords.shown(profile) + "'; there are " + profiles());
            int drift = words.keyword("drift").small("a drift", -PlanBounds.DRIFT_PPM_MAX, PlanBounds.DRIFT_PPM_MAX);
            words.keyword("ppm").end();
            settle();
            machines.add(new Cluster.Machine(profile, drift));
        } while (next < lines.size() && lines.get(next).isNext("node") && machines.size() < PlanBounds.NODES_MAX);
        if (machines.size() % 2 == 0) {
            int line = next < lines.size() ? lines.get(next).line() : lineCount;
            damage(line, "a cluster has 1, 3, 5 or 7 nodes; here should stand node " + (machines.size() + 1));
        }
        return machines;
    }

    private static String profiles() {
        ArrayList<String> names = new ArrayList<>();
        for (FsProfile profile : FsProfiles.all()) {
            names.add(profile.name());
        }
        return String.join(", ", names);
    }

    private Cluster.Noise noise() {
        return new Cluster.Noise(
                micros("network delay", 1, PlanBounds.DELAY_MICROS_MAX),
                ppm("network loss"),
                ppm("network duplicate"),
                ppm("network late"),
                micros("network late-by", 0, PlanBounds.LATE_MICROS_MAX));
    }

    private Knobs knobs(long delay, long turn) {
        long election = micros(
                "knob election-timeout", PlanBounds.ELECTION_MICROS_MIN, PlanBounds.ELECTION_MICROS_MAX);
        long shortest = Math.max(PlanBounds.ELECTION_DELAYS_MIN * delay, PlanBounds.ELECTION_TURNS_MIN * turn);
        mustBe(election >= shortest, "with this network and this turn, an election timeout below "
                + PlanWords.seconds(shortest) + " would elect nobody");
        long heartbeat = micros(
                "knob heartbeat", PlanBounds.HEARTBEAT_MICROS_MIN, election / PlanBounds.ELECTION_HEARTBEATS_MIN);
        int entries = small("knob entries-per-message", 1, COUNT_MAX);
        int messageBytes = small("knob message-bytes", 1, BYTES_MAX);
        int window = small("knob window-messages", 1, PlanBounds.WINDOW_MAX);
        long uncommitted = number("knob uncommitted-bytes", 1, BYTES_MAX);
        int segment = multiple("knob segment-bytes", PlanBounds.BLOCK, PlanBounds.SEGMENT_BYTES_MAX);
        int slots = multiple("knob descriptor-slots", PlanBounds.SLOTS_PER_BLOCK, PlanBounds.SLOTS_MAX);
        int batch = multiple("knob batch-bytes", PlanBounds.BLOCK, PlanBounds.SEGMENT_BYTES_MAX);
        long segmentMin = PlanBounds.segmentBytesMin(slots, batch);
        mustBe(segment >= segmentMin, "with these descriptor-slots and batch-bytes, 'knob segment-bytes' is at least "
                + segmentMin + ", not " + segment);
        return new Knobs(
                election, heartbeat, entries, messageBytes, window, uncommitted, segment, slots, batch,
                micros("knob idle-descriptor", 1, PlanBounds.FAULT_MICROS_MAX),
                number("knob snapshot-every-bytes", 1, BYTES_MAX),
                small("knob trailing-entries", 0, COUNT_MAX),
                small("knob snapshot-piece-bytes", PlanBounds.PIECE_BYTES_MIN, PlanBounds.PIECE_BYTES_MAX),
                small("knob writes", 1, COUNT_MAX),
                small("knob reads", 1, COUNT_MAX),
                small("knob read-records", 1, COUNT_MAX),
                hasKnob() ? small("knob producers", 1, COUNT_MAX) : Knobs.ORDINARY.producersMax(),
                hasKnob() ? producerRetention() : Knobs.ORDINARY.producerRetentionMillis());
    }

    /// Those of the producers may be left out: a stream then knows as many of them, for as long, as a real one.
    private boolean hasKnob() {
        return next < lines.size() && lines.get(next).isNext("knob");
    }

    private long producerRetention() {
        long micros = micros("knob producer-retention", 0, PlanBounds.PRODUCER_MICROS_MAX);
        mustBe(micros % PlanBounds.MICROS_PER_MILLI == 0, "'knob producer-retention' is in whole milliseconds");
        return micros / PlanBounds.MICROS_PER_MILLI;
    }

    private int multiple(String keywords, int unit, int high) {
        int value = small(keywords, unit, high);
        mustBe(value % unit == 0, "'" + keywords + "' is a multiple of " + unit + ", not " + value);
        return value;
    }

    private Workload workload(int batchBytes) {
        int clients = small("work clients", 0, PlanBounds.CLIENTS_MAX);
        int operations = small("work operations", 0, PlanBounds.OPERATIONS_MAX / Math.max(1, clients));
        int streams = small("work streams", 1, PlanBounds.STREAMS_MAX);
        long think = micros("work think", 0, PlanBounds.CLIENT_MICROS_MAX / Math.max(1, operations));
        int records = small("work records", 1, PlanBounds.RECORDS_MAX);
        int recordBytes = small("work record-bytes", 1, BYTES_MAX);
        long batchMin = PlanBounds.batchBytesMin(records, recordBytes);
        mustBe(batchBytes >= batchMin, "so many records of this size need 'knob batch-bytes' of at least " + batchMin
                + ", not " + batchBytes);
        long total = (long) clients * operations * records * recordBytes;
        mustBe(total <= BYTES_MAX, "all clients together may append " + BYTES_MAX + " bytes, not " + total);
        int read = ppm("work read");
        int local = ppm("work local");
        int conditional = ppm("work conditional");
        int producer = ppm("work producer");
        int close = ppm("work close");
        int delete = ppm("work delete");
        long attempt = micros("work attempt", 1_000, PlanBounds.FAULT_MICROS_MAX);
        int attempts = small("work attempts", 1, PlanBounds.ATTEMPTS_MAX);
        long backoff = micros("work backoff", 1, PlanBounds.FAULT_MICROS_MAX);
        long backoffMax = micros("work backoff-max", backoff, PlanBounds.FAULT_MICROS_MAX);
        long longest = attempts * (attempt + backoffMax);
        mustBe(longest <= PlanBounds.CLIENT_MICROS_MAX, "all attempts of one operation may take "
                + PlanWords.seconds(PlanBounds.CLIENT_MICROS_MAX) + " seconds, not " + PlanWords.seconds(longest));
        return new Workload(
                clients, operations, streams, think, records, recordBytes, read, local, conditional, producer, close,
                delete, attempt, attempts, backoff, backoffMax, habits());
    }

    /// May be left out: clients then have none.
    private Workload.Habits habits() {
        return isHabitNext()
                ? new Workload.Habits(ppm("habit numbered"), ppm("habit token"), ppm("habit elsewhere"), verbs(), again())
                : Workload.Habits.NONE;
    }

    private int verbs() {
        return isHabitNext("verbs") ? small("habit verbs", 1, PlanBounds.VERB_CLIENTS_MAX) : 0;
    }

    private int again() {
        return isHabitNext("again") ? small("habit again", 1, PlanBounds.AGAIN_MAX) : 0;
    }

    private boolean isHabitNext(String habit) {
        return next < lines.size() && lines.get(next).isNext("habit", habit);
    }

    private boolean isHabitNext() {
        return next < lines.size() && lines.get(next).isNext("habit");
    }

    // ---- faults and what is left out ------------------------------------------------------------------------

    private List<Plan.Skip> skips(Workload workload) {
        ArrayList<Plan.Skip> skips = new ArrayList<>();
        while (damage == null && next < lines.size() && lines.get(next).isNext("skip")) {
            PlanWords words = line("skip client");
            int client = words.small("a client", 1, Workload.FIRST_VERB_CLIENT + PlanBounds.VERB_CLIENTS_MAX);
            int most = workload.operationsOf(client);
            words.mustBe(most > 0, "there is no client " + client + " in this plan");
            for (int operation : words.keyword("operations").numbers("an operation", 1, Math.max(1, most))) {
                Plan.Skip skip = new Plan.Skip(client, operation);
                words.mustBe(!skips.contains(skip), "operation " + operation + " of client " + client + " is left out twice");
                skips.add(skip);
            }
            words.end();
            words.mustBe(skips.size() <= Plan.SKIPS_MAX, "a plan leaves out at most " + Plan.SKIPS_MAX + " operations");
            settle();
        }
        return skips;
    }

    private List<PlannedFault> faults(int nodes, long calm) {
        ArrayList<PlannedFault> faults = new ArrayList<>();
        TreeSet<Integer> ids = new TreeSet<>();
        long before = 0;
        while (damage == null && next < lines.size()) {
            PlanWords words = lines.get(next++);
            Anchor anchor = AnchorText.parse(words, nodes, before, calm);
            boolean isTimed = anchor instanceof Anchor.At;
            words.mustBe(!isTimed || faults.isEmpty() || faults.getLast().anchor() instanceof Anchor.At,
                    "faults that strike at a time come before those that do not");
            int id = words.isNext("fault") ? words.keyword("fault").small("the id of a fault", 1, PlanBounds.FAULT_ID_MAX)
                    : faults.size() + 1;
            words.mustBe(ids.add(id), "fault " + id + " stands here twice");
            faults.add(new PlannedFault(id, anchor, FaultText.parse(words, nodes)));
            before = faults.getLast().atMicros();
            words.end();
            words.mustBe(faults.size() <= PlanBounds.FAULTS_MAX,
                    "a plan has at most " + PlanBounds.FAULTS_MAX + " faults");
            settle();
        }
        return damage == null ? faults : List.of();
    }
}
