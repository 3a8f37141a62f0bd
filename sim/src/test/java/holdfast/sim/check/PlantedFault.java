package holdfast.sim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The checkers with one line of one source changed, compiled and loaded beside the right ones.
final class PlantedFault {

    private static final String CHECKERS = "holdfast.sim.check.";

    private final Map<String, byte[]> changed = new LinkedHashMap<>();
    private final Loader loader = new Loader();

    /// @param source path below the package of the checkers
    /// @param right text that stands in it exactly once
    PlantedFault(String source, String right, String wrong) {
        Path file = sources().resolve("holdfast/sim/check").resolve(source);
        String text = read(file);
        int at = text.indexOf(right);
        assertTrue(at >= 0 && text.indexOf(right, at + 1) < 0, source + " has not exactly once: " + right);
        compile(file.toUri(), text.replace(right, wrong));
    }

    /// The public static method of a class, as it is with the fault.
    Attack method(String type, String name, Class<?>... parameters) {
        try {
            Method method = loader.loadClass(type).getMethod(name, parameters);
            return arguments -> method.invoke(null, arguments);
        } catch (ReflectiveOperationException missing) {
            throw new AssertionError(missing);
        }
    }

    /// A call into the faulty checkers.
    @FunctionalInterface
    interface Attack {
        Object on(Object... arguments) throws ReflectiveOperationException;
    }

    private static Path sources() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("sim/src/main/java/holdfast"))) {
            folder = folder.getParent();
            assertTrue(folder != null, "the sources are above the folder of the tests");
        }
        return folder.resolve("sim/src/main/java");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void compile(URI source, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject unit = new SimpleJavaFileObject(source, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        StringWriter said = new StringWriter();
        List<String> options = List.of("-proc:none", "-classpath", placeOf("holdfast.sim.history.History")
                + File.pathSeparator + placeOf("holdfast.Bytes"));
        try (JavaFileManager files = new Kept(compiler.getStandardFileManager(null, null, null))) {
            boolean compiled = compiler.getTask(said, files, null, options, null, List.of(unit)).call();
            assertEquals("", compiled ? "" : said.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String placeOf(String type) {
        try {
            Class<?> loaded = Class.forName(type);
            return Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (ReflectiveOperationException | URISyntaxException missing) {
            throw new AssertionError(missing);
        }
    }

    /// Keeps what is compiled instead of writing it.
    private final class Kept extends ForwardingJavaFileManager<JavaFileManager> {

        Kept(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("kept:///" + type), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            changed.put(type, toByteArray());
                        }
                    };
                }
            };
        }
    }

    /// Loads every checker anew, the changed ones as compiled.
    private final class Loader extends ClassLoader {

        Loader() {
            super(PlantedFault.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null || !name.startsWith(CHECKERS)) {
                    return known == null ? super.loadClass(name, resolve) : known;
                }
                byte[] bytes = changed.containsKey(name) ? changed.get(name) : bytesOf(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        }

        private byte[] bytesOf(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                return in.readAllBytes();
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
