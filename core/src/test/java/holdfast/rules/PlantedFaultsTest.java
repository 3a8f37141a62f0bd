package holdfast.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scanner finds what it is there to find: each planted fault is compiled and must be reported, and a class
/// full of ordinary code must not be.
@Tag("slow")
class PlantedFaultsTest {

    private static Set<Finding> scan(String source) {
        ClassWorld world = new ClassWorld(Compiled.ofSnippet("holdfast.raft.Planted", source).classes);
        Set<Finding> findings = new TreeSet<>();
        world.models.values().forEach(model -> findings.addAll(ClassScan.scan(world, model, "Planted.java")));
        return findings;
    }

    static Stream<PlantedFault> faults() {
        return PlantedFault.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isFound(PlantedFault fault) {
        Set<Finding> findings = scan(fault.source());
        String report = "expected a finding of the rule '" + fault.rule() + "' in\n" + fault.source() + "\nfound "
                + Findings.lines(findings);
        assertTrue(findings.stream().anyMatch(finding -> finding.rule().equals(fault.rule())), report);
        boolean inBody = findings.stream().anyMatch(finding -> finding.line() == PlantedFault.BODY_LINE);
        assertTrue(inBody || fault.body().isEmpty(), "no finding names the line\n" + report);
    }

    @Test
    void innocentCodeIsLeftAlone() {
        assertEquals(Set.of(), scan(PlantedFault.INNOCENT));
    }
}
