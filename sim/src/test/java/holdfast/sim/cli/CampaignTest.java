package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Owed;
import holdfast.Sometimes;
import holdfast.sim.plan.PlanOptions;
import holdfast.sim.run.FaultMatrix;
import holdfast.sim.run.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {

    private static Campaign.Request request(int nodes, String faults, boolean twice, boolean stopAtFirst) {
        return new Campaign.Request(new SeedRange(1, 500), new Setting(nodes, faults, "any"), Optional.empty(), 2,
                Campaign.Request.NO_DEADLINE, twice, stopAtFirst, Optional.empty(), Optional.empty());
    }

    /// A universe in which every situation occurred, or all but the last.
    private static Verdict verdict(long seed, boolean everything) {
        List<Long> reached = new ArrayList<>();
        for (Sometimes point : Sometimes.values()) {
            reached.add(everything || point.ordinal() < Sometimes.values().length - 1 ? 2L : 0L);
        }
        return new Verdict(seed, "", "", 100, 1_000_000, seed, reached, new FaultMatrix(), 10, 9, 1);
    }

    private static Spoken report(Campaign.Request request, int universes, boolean everything, String... failures) {
        Tally tally = new Tally();
        for (int seed = 1; seed <= universes; seed++) {
            tally.add(verdict(seed, everything), seed <= failures.length ? failures[seed - 1] : "");
        }
        Spoken.Ear ear = new Spoken.Ear();
        return ear.heard(new CampaignReport(request, ear.terminal, tally).print(2_000_000_000L, ""));
    }

    @Test
    @DisplayName("the last line counts, and the exit code is 0 when all hold")
    void allHold() {
        Spoken spoken = report(request(PlanOptions.ANY_NODES, "all", false, false), 500, true);
        assertEquals(Main.HOLDS, spoken.exit());
        assertEquals("500 passed, 0 failed", spoken.last());
        assertTrue(spoken.out().contains(
                "500 universes on 2 threads in 2.0 s: 250.0 seeds/s, 25,000 events/s, simulated : real = 250 : 1"));
    }

    @Test
    @DisplayName("every failure ends with the command that shows it again, in order of the seeds")
    void failures() {
        Spoken spoken = report(request(5, "none", false, false), 3, true, "", "ledger: lost", "repetition: differs");
        assertEquals(Main.FAILED, spoken.exit());
        assertEquals(List.of(
                "Failed universes, each with the command that shows it again:",
                "FAILED seed 2: ledger: lost",
                "  ./holdfast replay 2 --nodes 5 --faults none",
                "FAILED seed 3: repetition: differs",
                "  ./holdfast sim --twice --seed 3 --nodes 5 --faults none",
                "1 passed, 2 failed"), spoken.out().subList(spoken.out().size() - 6, spoken.out().size()));
    }

    @Test
    @DisplayName("a campaign that has not met a situation that it owes fails, and names it")
    void gate() {
        Request usual = new Request(PlanOptions.ANY_NODES, "all", false, false);
        Sometimes late = first(Owed.AT_LAST);
        Sometimes usually = first(Owed.USUALLY);
        assertEquals(Main.HOLDS, without(usual, 499, usually).exit());
        Spoken spoken = without(usual, 500, usually);
        assertEquals(Main.FAILED, spoken.exit());
        assertTrue(spoken.out().contains("never reached: " + usually), spoken.out().toString());
        assertEquals("500 passed, 0 failed", spoken.last());
        assertEquals(Main.HOLDS, without(usual, 4_999, late).exit());
        assertEquals(Main.FAILED, without(usual, 5_000, late).exit());
        assertEquals(Main.HOLDS, without(usual, 9_999, first(Owed.NEVER)).exit());
    }

    @Test
    @DisplayName("the gate asks in every campaign: a small, quiet or unusual one owes what comes about by itself")
    void gateOfAnyCampaign() {
        for (Request request : List.of(
                new Request(5, "all", false, false), new Request(1, "none", false, false),
                new Request(PlanOptions.ANY_NODES, "all", false, true))) {
            assertEquals(Main.HOLDS, without(request, 49, first(Owed.BY_ITSELF)).exit());
            assertEquals(Main.FAILED, without(request, 50, first(Owed.BY_ITSELF)).exit());
        }
        assertEquals(Main.HOLDS, without(new Request(5, "all", false, false), 9_999, first(Owed.SOON)).exit());
    }

    @Test
    @DisplayName("a campaign says how many situations it owes")
    void owed() {
        assertTrue(report(request(PlanOptions.ANY_NODES, "all", false, false), 3, true).out().contains(
                "situations: 0 of " + Sometimes.values().length + " are owed by 3 universes, and 0 of these were met"));
    }

    @Test
    @DisplayName("there are 120 situations or more that some campaign owes, each with a text of its own")
    void situations() {
        List<Sometimes> all = List.of(Sometimes.values());
        assertTrue(all.stream().filter(point -> point.owed() != Owed.NEVER).count() >= 120);
        assertEquals(all.size(), all.stream().map(Sometimes::text).distinct().count());
    }

    private record Request(int nodes, String faults, boolean twice, boolean stopAtFirst) {}

    private static Sometimes first(Owed owed) {
        return Stream.of(Sometimes.values()).filter(point -> point.owed() == owed).findFirst().orElseThrow();
    }

    /// The report of a campaign that has met everything else.
    private static Spoken without(Request words, int universes, Sometimes missing) {
        Tally tally = new Tally();
        List<Long> reached = Stream.of(Sometimes.values()).map(point -> point == missing ? 0L : 1L).toList();
        for (int seed = 1; seed <= universes; seed++) {
            tally.add(new Verdict(seed, "", "", 100, 1_000_000, seed, reached, new FaultMatrix(), 10, 9, 1), "");
        }
        Spoken.Ear ear = new Spoken.Ear();
        return ear.heard(new CampaignReport(
                request(words.nodes, words.faults, words.twice, words.stopAtFirst), ear.terminal, tally).print(1, ""));
    }

    @Test
    @DisplayName("the order in which threads finish leaves no trace in the hashes")
    void jobs(@TempDir Path folder) throws IOException {
        String one = folder.resolve("one").toString();
        String two = folder.resolve("two").toString();
        assertEquals(Main.HOLDS, Spoken.by("sim", "--seeds", "1..6", "--jobs", "1", "--write-hashes", one).exit());
        assertEquals(Main.HOLDS, Spoken.by("sim", "--seeds", "1..6", "--jobs", "3", "--write-hashes", two).exit());
        assertEquals(Files.readString(Path.of(one)), Files.readString(Path.of(two)));
        assertEquals(Main.HOLDS, Spoken.by("sim", "--seeds", "2..3", "--check-hashes", one).exit());
    }

    @Test
    @DisplayName("a plan file gives the universe of the seed it was saved from")
    void savedPlan(@TempDir Path folder) {
        String plan = folder.resolve("3.plan").toString();
        Spoken fromSeed = Spoken.by("replay", "3", "--nodes", "5", "--save-plan", plan);
        Spoken fromPlan = Spoken.by("replay", plan);
        assertEquals(fromSeed.out(), fromPlan.out());
        assertTrue(fromPlan.last().matches("trace hash [0-9a-f]{16}"), fromPlan.last());
        assertEquals("1 passed, 0 failed", Spoken.by("sim", "--twice", "--plan", plan).last());
    }

    @Test
    @DisplayName("the history that a replay writes is whole, and judged right")
    void history(@TempDir Path folder) {
        String file = folder.resolve("17.history").toString();
        assertEquals(Main.HOLDS, Spoken.by("replay", "17", "--history", file).exit());
        Spoken judged = Spoken.by("history", "check", file);
        assertEquals(Main.HOLDS, judged.exit());
        assertTrue(judged.last().contains("linearizable"), judged.last());
    }

    @Test
    @DisplayName("a history taken from a trace, which cuts long lines, is refused with the line and the way to a whole one")
    void cutHistory(@TempDir Path folder) throws IOException {
        StringBuilder taken = new StringBuilder("holdfast-history 1\n");
        for (String line : Spoken.by("replay", "17").out()) {
            if (line.matches(".* client [0-9]+ +(invoke|answer) .*")) {
                taken.append(line.replaceFirst(".*? client [0-9]+ +(?=invoke|answer)", "")).append('\n');
            }
        }
        Path file = Files.writeString(folder.resolve("taken"), taken);
        Spoken judged = Spoken.by("history", "check", file.toString());
        assertEquals(Main.BAD_INPUT, judged.exit());
        assertTrue(judged.err().getFirst().contains("the line was cut"), judged.err().getFirst());
        assertTrue(judged.err().getFirst().contains("--history FILE"), judged.err().getFirst());
    }

    @Test
    @DisplayName("a replay with --trace writes the events there and tells the end here")
    void trace(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace");
        Spoken spoken = Spoken.by("replay", "2", "--until", "50", "--trace", trace.toString());
        List<String> lines = Files.readAllLines(trace);
        assertEquals(spoken.out(), lines.subList(lines.size() - 3, lines.size()));
        assertTrue(lines.size() >= 50, lines.toString());
        assertTrue(spoken.out().getFirst().startsWith("verdict: passed up to event 50"), spoken.out().getFirst());
    }
}
