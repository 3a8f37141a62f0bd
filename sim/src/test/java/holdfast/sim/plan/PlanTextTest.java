package holdfast.sim.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.disk.DiskFault;
import holdfast.sim.disk.DiskMoment;
import holdfast.sim.disk.FaultKind;
import holdfast.sim.disk.FileRole;
import holdfast.sim.disk.PowerCutKeep;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTextTest {

    /// Every fault once, in the words of a plan file.
    private static final List<String> FAULTS = List.of(
            "at 0.000000 crash 2 down 0.300000",
            "at 0.000001 power-cut 1,2,3 keep none down 0.200000",
            "at 0.500000 crash-at 2 meta write after 0.000000 down 0.300000",
            "at 0.600000 power-cut-at 3 snapshot rename after 0.000250 keep all down 0.200000",
            "at 1.000000 pause 1 for 0.800000",
            "at 1.000000 slow-process 3 factor 20 for 0.500000",
            "at 1.250000 clock-jump 1 by -3600.001000",
            "at 2.000000 partition 1,3 into for 0.500000",
            "at 2.000000 partition 2 out-of for 0.500000",
            "at 2.100000 cut-pair 1 3 for 0.500000",
            "at 2.200000 clog 3 to 1 for 0.000001",
            "at 2.300000 swizzle 3,1 step 0.020000",
            "at 3.000000 arm-disk 2 write-back-no-space wal always one-sector",
            "at 3.100000 arm-disk 2 directory-sync any once all-pages",
            "at 3.200000 write-back 1 snapshot",
            "at 3.300000 drop-caches 1 any",
            "at 4.000000 slow-disk 2 factor 50 for 1.000000",
            "at 4.050000 fill-disk 1 leaving 65536 for 3.000000",
            "at 4.100000 stall-disk 2 for 60.000000",
            "at 5.000000 rot 3 latent",
            "at 5.000000 rot 3 bit",
            "at 5.100000 lose-disk 2 down 0.100000 replace 1.500000",
            "at 5.200000 unmount 3 for 0.400000",
            "at 5.300000 swap-disks 1 3 for 0.600000",
            "at 5.400000 lasting 2 cut-off",
            "at 5.999999 transfer 1");

    private static final List<String> ANCHORED = List.of(
            "when LEADER_ELECTED any nth 2 after 0.010000 fault 90 pause 1 for 0.500000",
            "when VOTE_REJECTED_STALE_LOG 3 nth 1 after 0.000000 fault 91 transfer 2",
            "when disk 2 wal sync after 0.000050 nth 17 fault 92 crash 2 down 0.300000");

    /// Lines in which the sample says what only some of its clients do.
    private static final int HABITS = 3;

    private static final Plan SAMPLE = sample();
    private static final String TEXT = PlanText.print(SAMPLE);

    private static Plan sample() {
        long seed = 2;
        Plan drawn;
        do {
            drawn = PlanGenerator.generate(seed++, new PlanOptions(3, FaultSelection.ALL, "xfs"));
        } while (drawn.workload().habits().verbs() + drawn.workload().habits().again() > 0
                || drawn.workload().habits().equals(Workload.Habits.NONE)
                || !drawn.cluster().isForming() || drawn.workload().attemptsMax() < 20
                || drawn.cluster().knobs().producersMax() != Knobs.ORDINARY.producersMax());
        List<PlannedFault> faults = new ArrayList<>();
        for (String line : FAULTS) {
            PlanWords words = new PlanWords(1, line.substring(line.indexOf(' ', 3) + 1));
            PlanWords time = new PlanWords(1, line.substring(3));
            faults.add(new PlannedFault(time.micros("time", 0, 10_000_000), FaultText.parse(words, 3)));
            assertEquals("", words.complaint() + time.complaint());
        }
        for (String line : ANCHORED) {
            PlanWords words = new PlanWords(1, line);
            Anchor anchor = AnchorText.parse(words, 3, 0, 6_000_000);
            int id = words.keyword("fault").small("an id", 1, 100);
            faults.add(new PlannedFault(id, anchor, FaultText.parse(words, 3)));
            assertEquals("", words.complaint());
        }
        return new Plan(
                1, drawn.cluster(), drawn.workload(), 6_000_000, List.of(new Plan.Skip(1, 2), new Plan.Skip(1, 3)), faults);
    }

    private static Plan ok(String text) {
        return switch (PlanText.parse(text)) {
            case PlanText.Parsed.Ok ok -> ok.plan();
            case PlanText.Parsed.Damaged damaged -> throw new AssertionError(damaged.toString());
        };
    }

    private static PlanText.Parsed.Damaged damaged(String text) {
        return switch (PlanText.parse(text)) {
            case PlanText.Parsed.Ok _ -> throw new AssertionError("accepted:\n" + text);
            case PlanText.Parsed.Damaged damaged -> damaged;
        };
    }

    /// The sample with the line that begins so replaced by another.
    private static String with(String begin, String line) {
        StringBuilder text = new StringBuilder();
        int replaced = 0;
        for (String old : TEXT.lines().toList()) {
            boolean here = old.startsWith(begin + " ");
            replaced += here ? 1 : 0;
            text.append(here ? line : old).append('\n');
        }
        assertEquals(1, replaced, "lines that begin with '" + begin + "'");
        return text.toString();
    }

    // ---- sound plans ---------------------------------------------------------------------------------------

    @Property(tries = 300)
    @Label("a printed plan is read as the same plan")
    void roundTrip(@ForAll long seed, @ForAll @IntRange(max = 3) int size) {
        Plan plan = PlanGenerator.generate(seed, new PlanOptions(2 * size + 1, FaultSelection.ALL));
        assertEquals(plan, ok(PlanText.print(plan)));
    }

    @Test
    @DisplayName("every fault has its words")
    void words() {
        List<String> lines = TEXT.lines().toList();
        List<String> expected = new ArrayList<>();
        for (String fault : FAULTS) {
            int time = fault.indexOf(' ', 3) + 1;
            expected.add(fault.substring(0, time) + "fault " + (expected.size() + 1) + " " + fault.substring(time));
        }
        expected.addAll(ANCHORED);
        assertEquals(expected, lines.subList(lines.size() - expected.size(), lines.size()));
        assertTrue(lines.contains("skip client 1 operations 2,3"));
        assertEquals(SAMPLE, ok(TEXT));
        assertEquals(
                new Fault.ArmDisk(2, new DiskFault(
                        FaultKind.WRITE_BACK_NO_SPACE,
                        FileRole.WAL,
                        DiskFault.Span.ALWAYS,
                        DiskFault.Extent.ONE_SECTOR)),
                SAMPLE.faults().get(12).fault());
        assertEquals(
                new Fault.PowerCut(List.of(1, 2, 3), PowerCutKeep.NONE, 200_000), SAMPLE.faults().get(1).fault());
        assertEquals(new Fault.ClockJump(1, -3_600_001), SAMPLE.faults().get(6).fault());
        assertEquals(new Fault.LoseDisk(2, 100_000, 1_500_000), SAMPLE.faults().get(21).fault());
        assertEquals(new Fault.Unmount(3, 400_000), SAMPLE.faults().get(22).fault());
        assertEquals(new Fault.SwapDisks(1, 3, 600_000), SAMPLE.faults().get(23).fault());
        assertEquals(new Fault.Clog(3, 1, 1), SAMPLE.faults().get(10).fault());
        assertEquals(
                new Fault.PowerCutAt(
                        3, new DiskMoment(FileRole.SNAPSHOT, DiskMoment.Act.RENAME, 250), PowerCutKeep.ALL, 200_000),
                SAMPLE.faults().get(3).fault());
    }

    @Test
    @DisplayName("comments, empty lines, indentation, foreign line ends and short numbers of seconds mean nothing")
    void freedom() {
        String text = "# why this plan\n\n" + TEXT
                .replace("calm 6.000000", "  calm   6 # seconds")
                .replace("for 0.500000", "for 0.5")
                .replace("\n", "\r\n");
        assertEquals(SAMPLE, ok(text));
        assertEquals(SAMPLE, ok(TEXT.stripTrailing()));
    }

    @Test
    @DisplayName("a plan may have no faults and nobody who works, and times at the edge of the calm")
    void edges() {
        assertEquals(List.of(), ok(TEXT.substring(0, TEXT.indexOf("skip"))).faults());
        assertEquals(0, ok(with("work clients", "work clients 0").replaceAll("skip .*", "")).workload().clients());
    }

    @Test
    @DisplayName("a shrunk plan is small, and so is nearly every drawn one")
    void size() {
        Plan shrunk = SAMPLE.withFaults(SAMPLE.faults().subList(0, 8));
        assertTrue(PlanText.print(shrunk).length() < 2_048);
        int small = 0;
        for (long seed = 0; seed < 500; seed++) {
            Plan plan = PlanGenerator.generate(seed, new PlanOptions(3, FaultSelection.ALL));
            small += PlanText.print(plan).length() < 16_384 ? 1 : 0;
        }
        assertTrue(small > 490, () -> "a plan is long too often");
    }

    /// The line that may be missing.
    private static final String OPTIONAL = "forming";

    // ---- damaged plans -------------------------------------------------------------------------------------

    /// Begin of the line that is replaced, the line instead of it, and what the sentence must say.
    private static final String SETTINGS_TABLE = """
            holdfast-plan | holdfast-plan 2 | '1' should stand where '2' stands
            seed | seed 9223372036854775808 | too large
            seed | seed 1.5 | whole number
            calm | calm 0 | from 0.000001 to 600.000000 seconds, not 0
            calm | calm 1.2500001 | six decimals
            calm | calm 1e3 | six decimals
            turn | turn 0.020000 | from 0.000001 to 0.010000
            node 2 | node 4 xfs drift 0 ppm | is from 2 to 2
            node 2 | node 2 fat drift 0 ppm | there are ext4-ordered, ext4-journal-6.1
            node 2 | node 2 xfs drift 100001 ppm | from -100000 to 100000
            network delay | network delay 1.000001 | from 0.000001 to 1.000000
            network delay | network delay 1 | would elect nobody
            network loss | network loss 1000001 ppm | from 0 to 1000000
            network late-by | network late-by 11 | from 0.000000 to 10.000000
            knob election-timeout | knob election-timeout 0.019999 | from 0.020000
            knob heartbeat | knob heartbeat 9 | 'knob heartbeat' is from 0.001000
            knob entries-per-message | knob entries-per-message 0 | from 1 to
            knob window-messages | knob window-messages 1001 | from 1 to 1000
            knob uncommitted-bytes | knob uncommitted-bytes 67108865 | from 1 to 67108864
            knob segment-bytes | knob segment-bytes 65537 | multiple of 4096
            knob segment-bytes | knob segment-bytes 8192 | 'knob segment-bytes' is at least
            knob segment-bytes | knob segment-bytes 1073741824 | from 4096 to 16777216
            knob descriptor-slots | knob descriptor-slots 65 | multiple of 64
            knob batch-bytes | knob batch-bytes 4097 | multiple of 4096
            knob snapshot-piece-bytes | knob snapshot-piece-bytes 1 | from 64 to
            knob trailing-entries | knob trailing-entries -1 | from 0 to
            knob reads | knob reads 0 | from 1 to
            work clients | work clients 65 | from 0 to 64
            work operations | work operations 100001 | from 0 to
            work streams | work streams 0 | from 1 to
            work think | work think 601 | from 0.000000 to
            work records | work records 10001 | from 1 to 10000
            work record-bytes | work record-bytes 1000000 | need 'knob batch-bytes' of at least
            work read | work read 2000000 ppm | from 0 to 1000000
            work attempt | work attempt 0.000999 | from 0.001000
            work attempts | work attempts 1001 | from 1 to 1000
            work backoff-max | work backoff-max 0.000001 | 'work backoff-max' is from
            work backoff-max | work backoff-max 60 | all attempts of one operation
            """;

    private static final String FAULTS_TABLE = """
            at 0.000000 | at -1 crash 2 down 0.1 | ascending order
            at 1.250000 | at 0.5 transfer 2 | ascending order
            at 5.999999 | at 6.000000 transfer 1 | before 'calm'
            at 0.000000 | at 0 crash 4 down 0.3 | there is no node '4'; the plan has nodes 1 to 3
            at 0.000000 | at 0 crash 2 down 0 | from 0.000001 to 60.000000
            at 0.000000 | at 0 coffee 2 | there are crash, power-cut
            at 0.000001 | at 0.1 power-cut 1,1 keep none down 1 | named twice
            at 0.000001 | at 0.1 power-cut , keep none down 1 | there is no node
            at 0.000001 | at 0.1 power-cut 1 keep some down 1 | one of any, none, all should stand where 'some'
            at 0.500000 | at 0.5 crash-at 2 meta read after 0 down 1 | one of write, zero-fill, sync, rename should
            at 0.500000 | at 0.5 crash-at 2 log write after 0 down 1 | one of any, wal, meta, snapshot, ident, unfinished should
            at 0.500000 | at 0.5 crash-at 2 meta write after -1 down 1 | 'after' is from 0.000000 to 60.000000
            at 0.600000 | at 0.6 power-cut-at 1,2 wal sync after 0 keep any down 1 | there is no node '1,2'
            at 1.250000 | at 1.25 clock-jump 1 by 0.0001 | whole milliseconds
            at 2.200000 | at 2.2 clog 3 to 3 for 1 | no link to itself
            at 2.100000 | at 2.1 cut-pair 2 2 for 1 | no link to itself
            at 2.300000 | at 2.3 partition 1,2,3 both for 1 | a node on the other side
            at 3.100000 | at 3.1 arm-disk 2 directory-sync wal once all-pages | the directory is no file
            at 3.100000 | at 3.1 arm-disk 2 burn any once all-pages | one of write-back, write-back-no-space
            at 3.100000 | at 3.1 arm-disk 2 write any twice all-pages | one of once, always
            at 4.000000 | at 4 slow-disk 2 factor 1001 for 1 | from 1 to 1000
            at 4.100000 | at 4.1 stall-disk 2 for 61 | from 0.000001 to 60.000000
            at 5.999999 | at 5.999999 rot 3 away | 'bit' or 'latent'
            """;

    @Test
    @DisplayName("a word that is no word of a plan is found in its line, wherever it stands")
    void everyWordMatters() {
        List<String> lines = TEXT.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).split(" ");
            for (int word = 0; word < words.length; word++) {
                String[] changed = words.clone();
                changed[word] = "%";
                List<String> text = new ArrayList<>(lines);
                text.set(i, String.join(" ", changed));
                PlanText.Parsed.Damaged damaged = damaged(String.join("\n", text));
                assertEquals(i + 1, damaged.line(), damaged::sentence);
            }
        }
    }

    @Test
    @DisplayName("no line is too short or too long, and no setting may be missing or doubled")
    void everyLineMatters() {
        List<String> lines = TEXT.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            List<String> longer = new ArrayList<>(lines);
            longer.set(i, lines.get(i) + " 1");
            assertEquals(i + 1, damaged(String.join("\n", longer)).line());
            List<String> shorter = new ArrayList<>(lines);
            if (lines.get(i).equals(OPTIONAL)) {
                continue;
            }
            shorter.set(i, lines.get(i).substring(0, lines.get(i).lastIndexOf(' ')));
            assertEquals(i + 1, damaged(String.join("\n", shorter)).line());
            if (!lines.get(i).matches("(at|when|skip) .*")) {
                List<String> missing = new ArrayList<>(lines);
                missing.remove(i);
                damaged(String.join("\n", missing));
                List<String> doubled = new ArrayList<>(lines);
                doubled.add(i, lines.get(i));
                assertTrue(damaged(String.join("\n", doubled)).line() >= i + 1);
            }
        }
    }

    @Test
    @DisplayName("clients that use every verb are named only where there are some")
    void verbs() {
        Plan plan = ok(TEXT);
        Workload.Habits habits = plan.workload().habits();
        assertEquals(0, habits.verbs());
        String last = "habit elsewhere " + habits.elsewherePpm() + " ppm\n";
        String text = TEXT.replace(last, last + "habit verbs 2\n");
        assertEquals(2, ok(text).workload().habits().verbs());
        assertEquals(text, PlanText.print(ok(text)));
        assertTrue(damaged(text.replace("verbs 2", "verbs 0")).sentence().contains("habit verbs"));
    }

    @Test
    @DisplayName("a plan that breaks off is no plan, unless only habits and faults are missing")
    void breaksOff() {
        List<String> lines = TEXT.lines().toList();
        int settings = (int) lines.stream().takeWhile(line -> !line.startsWith("skip")).count();
        int withoutHabits = (int) lines.stream().takeWhile(line -> !line.startsWith("habit")).count();
        assertEquals(settings - HABITS, withoutHabits);
        assertEquals(Workload.Habits.NONE, ok(String.join("\n", lines.subList(0, withoutHabits))).workload().habits());
        for (int count = 0; count < settings; count++) {
            if (count == withoutHabits) {
                continue;
            }
            String text = String.join("\n", lines.subList(0, count));
            assertTrue(damaged(text).sentence().contains("should stand"), text);
        }
        assertEquals(1, damaged("").line());
        String json = damaged("{\"seed\": 1}").sentence();
        assertEquals("'holdfast-plan' should stand where '{\"seed\":' stands", json);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = SETTINGS_TABLE + FAULTS_TABLE)
    @DisplayName("what is wrong is told with what would be right")
    void sentences(String begin, String line, String fragment) {
        PlanText.Parsed.Damaged damaged = damaged(with(begin, line));
        assertTrue(damaged.sentence().contains(fragment), damaged::sentence);
    }

    @Test
    @DisplayName("how many producers a stream knows is told where it is not as usual")
    void producers() {
        assertFalse(TEXT.contains("producer-retention"));
        String read = TEXT.lines().filter(line -> line.startsWith("knob read-records")).findFirst().orElseThrow();
        String crowded = TEXT.replace(read, read + "\nknob producers 2\nknob producer-retention 0.100000");
        assertEquals(2, ok(crowded).cluster().knobs().producersMax());
        assertEquals(100, ok(crowded).cluster().knobs().producerRetentionMillis());
        assertEquals(crowded, PlanText.print(ok(crowded)));
        assertTrue(damaged(crowded.replace("0.100000", "0.100001")).sentence().contains("whole milliseconds"));
    }

    @Test
    @DisplayName("a cluster has an odd number of nodes, and at most seven")
    void nodes() {
        assertTrue(damaged(TEXT.replaceFirst("node 3 .*\n", "")).sentence().contains("here should stand node 3"));
        String eight = TEXT.replaceFirst("(node )3( .*\n)", "$13$2$14$2$15$2$16$2$17$2$18$2");
        assertTrue(damaged(eight).sentence().contains("'network' should stand where 'node' stands"));
        assertEquals(7, ok(TEXT.replaceFirst("(node )3( .*\n)", "$13$2$14$2$15$2$16$2$17$2")).cluster().nodes());
    }

    @Test
    @DisplayName("nothing makes the parser itself large: too many faults, too long a text")
    void sizes() {
        StringBuilder many = new StringBuilder(TEXT.substring(0, TEXT.indexOf("when")));
        many.repeat("at 5.999999 transfer 1\n", PlanBounds.FAULTS_MAX);
        PlanText.Parsed.Damaged damaged = damaged(many.toString());
        assertTrue(damaged.sentence().contains("at most " + PlanBounds.FAULTS_MAX + " faults"), damaged::sentence);
        String large = TEXT + "#".repeat(PlanBounds.TEXT_CHARS_MAX);
        assertTrue(damaged(large).sentence().contains("characters"));
    }

    @Test
    @DisplayName("what a file holds is shown short and without control characters")
    void shown() {
        String sentence = damaged("\u001b[31m" + "x".repeat(100)).sentence();
        assertTrue(sentence.contains("'?[31mxxx") && sentence.length() < 120, sentence);
    }
}
