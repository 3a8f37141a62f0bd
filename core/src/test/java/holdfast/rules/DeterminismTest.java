package holdfast.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The deterministic packages hold nothing by which two runs of a seed could differ.
///
/// Not seen by a scanner: nondeterminism behind an injected interface. For that, seeds are run twice.
class DeterminismTest {

    /// The real world and the reporting edge: the only packages with threads, files, sockets and clocks.
    private static final Set<String> EXEMPT = Set.of("holdfast.server", "holdfast.sim.cli", "holdfast.torture");

    @Test
    @DisplayName("core and sim use allowed types and members only")
    void deterministic() {
        ClassWorld world = new ClassWorld(Compiled.production().classes);
        Set<Finding> findings = new TreeSet<>();
        int scanned = 0;
        for (ClassModel model : world.models.values()) {
            String name = ClassWorld.nameOf(model.thisClass());
            if (isExempt(name) || name.endsWith(".package-info")) {
                continue;
            }
            scanned++;
            findings.addAll(ClassScan.scan(world, model, sourceOf(model, name)));
        }
        assertTrue(scanned > 50, "only " + scanned + " classes found; is this the whole repository?");
        assertTrue(findings.isEmpty(), () -> findings.size() + " findings\n" + Findings.lines(findings));
    }

    private static boolean isExempt(String className) {
        return EXEMPT.stream().anyMatch(exempt -> className.startsWith(exempt + "."));
    }

    private static String sourceOf(ClassModel model, String className) {
        String source = model.findAttribute(Attributes.sourceFile()).orElseThrow().sourceFile().stringValue();
        String folder = className.substring(0, className.lastIndexOf('.')).replace('.', '/');
        String module = className.startsWith("holdfast.sim.") ? "sim" : "core";
        return module + "/src/main/java/" + folder + "/" + source;
    }
}
