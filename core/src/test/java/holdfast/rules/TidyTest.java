package holdfast.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// House rules that a reader would otherwise have to police. No list of exceptions.
class TidyTest {

    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 50;
    private static final int LINE_COLUMNS_MAX = 130;

    /// Spelled apart, so that this file passes its own test.
    private static final Pattern PROMISE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    /// Parsed once; five tests read them.
    private static final List<SourceFile> MAIN = read(Repository.mainSources());
    private static final List<SourceFile> TESTS = read(Repository.testSources());

    @Test
    @DisplayName("files have at most 400 lines, methods at most 50")
    void lengths() {
        Set<Finding> findings = new TreeSet<>();
        for (SourceFile source : sources()) {
            if (source.lines().size() > FILE_LINES_MAX) {
                findings.add(source.finding(FILE_LINES_MAX, "length", source.lines().size() + " lines"));
            }
            for (SourceFile.Method method : source.methods()) {
                if (method.lines() > METHOD_LINES_MAX) {
                    findings.add(source.finding(
                            method.line(), "length", method.name() + " has " + method.lines() + " lines"));
                }
            }
        }
        none(findings);
    }

    @Test
    @DisplayName("lines have no tabs, no trailing blanks and at most 130 columns")
    void lines() {
        Set<Finding> findings = new TreeSet<>();
        for (SourceFile source : sources()) {
            int line = 0;
            for (String text : source.lines()) {
                line++;
                if (text.length() > LINE_COLUMNS_MAX) {
                    findings.add(source.finding(line, "columns", text.length() + " columns"));
                }
                if (text.indexOf('\t') >= 0 || !text.equals(text.stripTrailing())) {
                    findings.add(source.finding(line, "blanks", "a tab or a trailing blank"));
                }
            }
        }
        none(findings);
    }

    @Test
    @DisplayName("nothing is left for later")
    void noPromises() {
        Set<Finding> findings = new TreeSet<>();
        for (SourceFile source : sources()) {
            int line = 0;
            for (String text : source.lines()) {
                line++;
                if (PROMISE.matcher(text).find()) {
                    findings.add(source.finding(line, "promise", text.strip()));
                }
            }
        }
        none(findings);
    }

    @Test
    @DisplayName("every public type has a Markdown doc comment")
    void documented() {
        Set<Finding> findings = new TreeSet<>();
        for (SourceFile source : MAIN) {
            for (SourceFile.Type type : source.publicTypes()) {
                if (!type.documented()) {
                    findings.add(source.finding(type.line(), "documentation", type.name() + " has no doc comment"));
                }
            }
            int line = 0;
            for (String text : source.lines()) {
                line++;
                if (text.strip().startsWith("/*")) {
                    findings.add(source.finding(line, "documentation", "comments here are lines, /// or //"));
                }
            }
        }
        none(findings);
    }

    @Test
    @DisplayName("every package says what it is for")
    void packageInfo() {
        Set<Finding> findings = new TreeSet<>();
        for (Path file : Repository.mainSources()) {
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(info)) {
                findings.add(new Finding(Repository.name(info), 0, "documentation", "missing"));
            } else if (!Repository.read(info).startsWith("///")) {
                findings.add(new Finding(Repository.name(info), 1, "documentation", "must begin with a doc comment"));
            }
        }
        none(findings);
    }

    @Test
    @DisplayName("every import is used, none is a wildcard")
    void imports() {
        Set<Finding> findings = new TreeSet<>();
        for (SourceFile source : sources()) {
            for (SourceFile.Import imported : source.imports()) {
                if (imported.name().equals("*") || !imported.used()) {
                    findings.add(source.finding(imported.line(), "import", imported.name() + " is not used by name"));
                }
            }
        }
        none(findings);
    }

    @Test
    @DisplayName("the measuring itself is right")
    void selfTest() {
        SourceFile source = new SourceFile("Sample.java", """
                import java.util.List;
                import java.util.Map;

                /// Documented.
                public class Sample {
                    public record Bare(int x) {}

                    void two() {
                    }

                    Map<String, String> four(int a) {
                        Runnable inner = () -> {
                        };
                        return null; }
                }
                """);
        assertEquals(List.of(new SourceFile.Method("two", 8, 2), new SourceFile.Method("four", 11, 4)), source.methods());
        assertEquals(
                List.of(new SourceFile.Type("Sample", 5, true), new SourceFile.Type("Bare", 6, false)),
                source.publicTypes());
        assertEquals(
                List.of(new SourceFile.Import("List", 1, false), new SourceFile.Import("Map", 2, true)),
                source.imports());
    }

    private static List<SourceFile> sources() {
        List<SourceFile> all = new ArrayList<>(MAIN);
        all.addAll(TESTS);
        return all;
    }

    private static List<SourceFile> read(List<Path> files) {
        List<SourceFile> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(new SourceFile(Repository.name(file), Repository.read(file)));
        }
        return sources;
    }

    private static void none(Set<Finding> findings) {
        assertTrue(findings.isEmpty(), () -> Findings.lines(findings));
    }
}
