package holdfast.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.sim.plan.PlanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantTest {

    private static final String DIFF =
            "--- a/core/src/main/java/A.java\n+++ b/core/src/main/java/A.java\n@@ -1 +1 @@\n-class A { int a = B.ONE; }\n";

    private static Mutant parse(String text) {
        List<Mutant> mutants = Inputs.good(Mutant.parse("name", text));
        assertEquals(1, mutants.size());
        return mutants.getFirst();
    }

    @Test
    @DisplayName("the header tells what the mutant is")
    void header() {
        Mutant mutant = parse("id: M24\nbreaks: acknowledges too early\nsource: classic: twice\ntier: 1\n"
                + "faults: none\nnodes: 5\n\n" + DIFF + "+class A {}\n");
        assertEquals("M24", mutant.id());
        assertEquals("acknowledges too early", mutant.breaks());
        assertEquals("classic: twice", mutant.source());
        assertEquals(new Setting(5, "none", "any"), mutant.setting());
        assertEquals(50, mutant.seeds());
        assertFalse(mutant.mustSurvive());
    }

    @Test
    @DisplayName("a patch without a header is an outsider's, tried with all faults")
    void defaults() {
        Mutant mutant = parse(DIFF + "+class A {}\n");
        assertEquals("name", mutant.id());
        assertEquals(Setting.USUAL, mutant.setting());
        assertEquals(1000, mutant.seeds());
    }

    @Test
    @DisplayName("file systems in the header make a mutant each, and one may have to survive there")
    void profiles() {
        String text = "id: M49\ntier: 1\nfaults: -crash\nprofiles: xfs, btrfs-6.1\nsurvives-under: keep-dirty\n" + DIFF;
        List<Mutant> mutants = Inputs.good(Mutant.parse("name", text + "+class A {}\n"));
        assertEquals(List.of("M49/xfs", "M49/btrfs-6.1", "M49/keep-dirty"), mutants.stream().map(Mutant::id).toList());
        assertEquals(List.of(false, false, true), mutants.stream().map(Mutant::mustSurvive).toList());
        assertEquals(new Setting(PlanOptions.ANY_NODES, "-crash", "btrfs-6.1"), mutants.get(1).setting());
        assertTrue(mutants.stream().allMatch(mutant -> mutant.bug().equals("M49")));
    }

    @Test
    @DisplayName("a header with nonsense is refused")
    void nonsense() {
        String text = "nodes: 4\nequivalent: perhaps\n" + DIFF + "+class A {}\n";
        assertEquals("M1: nodes '4': expected 1, 3, 5, 7 or any. equivalent 'perhaps': expected yes or no.",
                Inputs.sentence(Mutant.parse("M1", text)));
        String nowhere = "profiles: xfs, fat32\n" + DIFF + "+class A {}\n";
        assertTrue(Inputs.sentence(Mutant.parse("M1", nowhere)).startsWith("M1: --profile 'fat32': there is no"));
    }

    @Test
    @DisplayName("both modules are compiled with the patch, and the sources stay as they are")
    void build(@TempDir Path root) throws IOException {
        Path core = Files.createDirectories(root.resolve("core/src/main/java"));
        Path sim = Files.createDirectories(root.resolve("sim/src/main/java"));
        Files.writeString(core.resolve("A.java"), "class A { int a = B.ONE; }\n");
        Files.writeString(sim.resolve("B.java"), "class B { static final int ONE = 1; }\n");
        Path classes = Files.createDirectory(root.resolve("classes"));

        assertInstanceOf(MutantBuild.Outcome.Compiled.class,
                MutantBuild.compile(root, parse(DIFF + "+class A { int b = B.ONE + 1; }\n").patch(), classes));
        assertTrue(Files.exists(classes.resolve("A.class")) && Files.exists(classes.resolve("B.class")));
        assertEquals("class A { int a = B.ONE; }\n", Files.readString(core.resolve("A.java")));

        MutantBuild.Outcome.DoesNotCompile wrong = assertInstanceOf(MutantBuild.Outcome.DoesNotCompile.class,
                MutantBuild.compile(root, parse(DIFF + "+class A { int b = C.ONE; }\n").patch(), classes));
        assertEquals("A.java:1: cannot find symbol", wrong.sentence());

        String stale = DIFF.replace("int a", "int z");
        assertInstanceOf(MutantBuild.Outcome.DoesNotApply.class,
                MutantBuild.compile(root, parse(stale + "+class A {}\n").patch(), classes));
        assertInstanceOf(MutantBuild.Outcome.DoesNotApply.class,
                MutantBuild.compile(root, parse(DIFF.replace("A.java", "Z.java") + "+class A {}\n").patch(), classes));
    }

    @Test
    @DisplayName("a child says its first failure so that the parent understands it")
    void firstFailure() {
        CampaignReport.FirstFailure failure =
                new CampaignReport.FirstFailure(17, 12, "durability ledger", "entry 4: not on a quorum: of 3");
        assertEquals(failure, CampaignReport.FirstFailure.parse(failure.line()));
        assertEquals(null, CampaignReport.FirstFailure.parse("17 passed, 0 failed"));
    }
}
