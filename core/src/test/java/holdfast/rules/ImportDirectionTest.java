package holdfast.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who may import whom, read twice: from the import lines (constants that the compiler copies leave no other
/// trace) and from the class files (fully qualified names need no import).
@Tag("slow")
class ImportDirectionTest {

    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?(holdfast[\\w.]*?)\\.([A-Z]\\w*).*$");
    private static final Pattern TYPE = Pattern.compile("L(holdfast/[\\w/]+)");

    @Test
    @DisplayName("imports go the way of the table")
    void imports() {
        Set<Finding> findings = new TreeSet<>();
        for (Path file : Repository.mainSources()) {
            String user = packageOf(file);
            int line = 0;
            for (String text : Repository.read(file).lines().toList()) {
                line++;
                Matcher found = IMPORT.matcher(text);
                if (found.matches() && !Directions.allows(user, found.group(1))) {
                    findings.add(finding(Repository.name(file), line, user, found.group(1)));
                }
            }
        }
        assertTrue(findings.isEmpty(), () -> Findings.lines(findings));
    }

    @Test
    @DisplayName("class files refer the way of the table")
    void references() {
        ClassWorld world = new ClassWorld(Compiled.production().classes);
        Set<Finding> findings = new TreeSet<>();
        for (ClassModel model : world.models.values()) {
            String name = ClassWorld.nameOf(model.thisClass());
            String user = packageOf(name);
            for (String used : referencesOf(model)) {
                if (!Directions.allows(user, packageOf(used))) {
                    findings.add(finding(ClassWorld.outermost(name), 0, user, packageOf(used)));
                } else if (user.equals("holdfast.wal") && packageOf(used).equals("holdfast.raft") && isActor(world, used)) {
                    findings.add(new Finding(name, 0, "import direction", "wal reads values of raft, and " + used + " is none"));
                }
            }
        }
        assertTrue(findings.isEmpty(), () -> Findings.lines(findings));
    }

    @Test
    @DisplayName("the table itself says what the design says")
    void table() {
        assertTrue(Directions.allows("holdfast.raft", "holdfast"));
        assertTrue(Directions.allows("holdfast.sim.check.stream", "holdfast.raft"));
        assertTrue(Directions.allows("holdfast.sim.cli", "holdfast.sim.plan"));
        assertEquals(false, Directions.allows("holdfast.raft", "holdfast.env"));
        assertEquals(false, Directions.allows("holdfast.stream", "holdfast.raft"));
        assertEquals(false, Directions.allows("holdfast.sim.disk", "holdfast.raft"));
        assertEquals(false, Directions.allows("holdfast.sim.run", "holdfast.sim.cli"));
        assertEquals(false, Directions.allows("holdfast.sim.run", "holdfast.server"));
        assertEquals(false, Directions.allows("holdfast.node", "holdfast.sim.kernel"));
        assertEquals(false, Directions.allows("holdfast.unheard", "holdfast.raft"));
    }

    private static Finding finding(String file, int line, String user, String used) {
        return new Finding(file, line, "import direction", user + " must not use " + used);
    }

    /// Records, enums and sealed families are values; everything else does something.
    private static boolean isActor(ClassWorld world, String name) {
        ClassModel model = world.models.get(name);
        return model != null
                && !ClassWorld.isRecord(model)
                && !ClassWorld.isEnum(model)
                && model.findAttribute(java.lang.classfile.Attributes.permittedSubclasses()).isEmpty();
    }

    private static Set<String> referencesOf(ClassModel model) {
        Set<String> names = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> addTypes(names, type.asSymbol().descriptorString());
                case NameAndTypeEntry member -> addTypes(names, member.type().stringValue());
                case Utf8Entry text when text.stringValue().startsWith("(") -> addTypes(names, text.stringValue());
                default -> { }
            }
        }
        model.fields().forEach(field -> addTypes(names, field.fieldType().stringValue()));
        return names;
    }

    private static void addTypes(Set<String> names, String descriptor) {
        Matcher found = TYPE.matcher(descriptor);
        while (found.find()) {
            names.add(found.group(1).replace('/', '.'));
        }
    }

    private static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('.'));
    }

    private static String packageOf(Path file) {
        String name = Repository.name(file);
        String inside = name.substring(name.indexOf("/java/") + "/java/".length());
        return inside.substring(0, inside.lastIndexOf('/')).replace('/', '.');
    }
}
