package holdfast.rules;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Class files that never touch a disk. The rules read freshly compiled sources, so that they see `sim` while
/// `core` is being tested and can never judge a stale build.
final class Compiled {

    private static final List<String> OPTIONS = List.of("--release", "25", "-g", "-proc:none", "-implicit:none");

    /// Binary class name to class file.
    final Map<String, byte[]> classes;

    private Compiled(Map<String, byte[]> classes) {
        this.classes = classes;
    }

    private static Compiled production;

    /// The production classes of all modules, compiled once per test run.
    static synchronized Compiled production() {
        if (production == null) {
            production = ofFiles(Repository.mainSources());
        }
        return production;
    }

    private static Compiled ofFiles(List<Path> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(javax.tools.StandardLocation.CLASS_PATH, List.of());
            return compile(compiler, files, files.getJavaFileObjectsFromPaths(sources));
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /// One source text that may use nothing but the JDK and the root package of the running tests.
    static Compiled ofSnippet(String className, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            return compile(compiler, files, List.of(new Text(className, source)));
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static Compiled compile(
            JavaCompiler compiler, StandardJavaFileManager files, Iterable<? extends JavaFileObject> sources)
            throws IOException {
        StringWriter complaints = new StringWriter();
        try (Memory memory = new Memory(files)) {
            boolean done = compiler.getTask(complaints, memory, null, OPTIONS, null, sources).call();
            if (!done) {
                throw new IllegalStateException("does not compile:\n" + complaints);
            }
            Map<String, byte[]> classes = new TreeMap<>();
            for (Output output : memory.outputs) {
                classes.put(output.className, output.bytes.toByteArray());
            }
            return new Compiled(classes);
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

        private final List<Output> outputs = new ArrayList<>();

        private Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            Output output = new Output(className);
            outputs.add(output);
            return output;
        }
    }

    private static final class Output extends SimpleJavaFileObject {

        private final String className;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private Output(String className) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
            this.className = className;
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String source;

        private Text(String className, String source) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
