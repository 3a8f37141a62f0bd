package holdfast.sim.cli;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// Compiles core and sim with a patch in memory: the sources on disk are never touched, and the class files go
/// to a folder of their own.
///
/// The files that the patch changes are compiled against the classes that run here, which the mutant finds behind its own.
/// If what other classes see of them changes ([ClassShape]), and constants are copied into the classes that use them, both
/// modules are compiled whole; only the server is left out, which the simulator does not run.
final class MutantBuild {

    private static final List<String> MODULES = List.of("core/src/main/java", "sim/src/main/java");
    private static final List<String> OPTIONS = List.of("--release", "25", "-proc:none", "-implicit:none", "-g");

    /// Where the classes that run here are: a class path.
    static final String OWN_CLASSES = System.getProperty("java.class.path");

    /// How it went. Only the first of these is a mutant that can run.
    sealed interface Outcome {

        record Compiled(Path classes) implements Outcome {}

        record DoesNotApply(String sentence) implements Outcome {}

        record DoesNotCompile(String sentence) implements Outcome {}
    }

    private MutantBuild() {}

    /// @param root the repository
    /// @param classes an existing, empty folder
    static Outcome compile(Path root, Patch patch, Path classes) throws IOException {
        Map<Path, String> changed = new TreeMap<>();
        for (Patch.Change change : patch.changes()) {
            Path file = root.resolve(change.path());
            if (!Files.isRegularFile(file)) {
                return new Outcome.DoesNotApply("there is no file " + change.path());
            }
            List<String> current = changed.containsKey(file) ? changed.get(file).lines().toList() : Files.readAllLines(file);
            switch (Patch.apply(change, current)) {
                case Input.Bad<List<String>>(String sentence) -> {
                    return new Outcome.DoesNotApply(sentence);
                }
                case Input.Good<List<String>>(List<String> result) -> changed.put(file, String.join("\n", result) + "\n");
            }
        }
        Outcome alone = compile(changed, List.of(), ownClasses(), classes);
        return alone instanceof Outcome.Compiled && ClassShape.areKept(classes, MutantBuild.class.getClassLoader())
                ? alone
                : compile(changed, sources(root), List.of(), classes);
    }

    /// @param sources of which those that are not changed are compiled, too
    private static Outcome compile(
            Map<Path, String> changed, List<Path> sources, List<Path> classPath, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(complaints, Locale.ROOT, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            List<JavaFileObject> units = new ArrayList<>();
            changed.forEach((source, text) -> units.add(new Text(source, text)));
            List<Path> unchanged = sources.stream().filter(source -> !changed.containsKey(source)).toList();
            files.getJavaFileObjectsFromPaths(unchanged).forEach(units::add);
            boolean done = compiler.getTask(new StringWriter(), files, complaints, OPTIONS, null, units).call();
            return done ? new Outcome.Compiled(classes) : new Outcome.DoesNotCompile(firstError(complaints));
        }
    }

    private static List<Path> ownClasses() {
        return Stream.of(OWN_CLASSES.split(File.pathSeparator)).map(Path::of).toList();
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> walk = Files.walk(root.resolve(module))) {
                walk.filter(path -> isRun(root, path)).sorted().forEach(sources::add);
            }
        }
        return sources;
    }

    private static boolean isRun(Path root, Path file) {
        return file.toString().endsWith(".java") && !file.startsWith(root.resolve(PatchParser.SERVER));
    }

    private static String firstError(DiagnosticCollector<JavaFileObject> complaints) {
        for (Diagnostic<? extends JavaFileObject> complaint : complaints.getDiagnostics()) {
            if (complaint.getKind() == Diagnostic.Kind.ERROR) {
                String name = complaint.getSource() == null ? "" : complaint.getSource().getName();
                String file = name.substring(name.lastIndexOf('/') + 1);
                String message = complaint.getMessage(Locale.ROOT).lines().findFirst().orElse("");
                return file + ":" + complaint.getLineNumber() + ": " + message;
            }
        }
        return "the compiler gave no reason";
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String text;

        private Text(Path source, String text) {
            super(URI.create("patched:///" + source.getFileName()), Kind.SOURCE);
            this.text = text;
        }

        /// The file manager asks by package; the name of the file is what counts.
        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return toUri().getPath().equals("/" + simpleName + kind.extension);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
