package holdfast.sim.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A JVM that runs commands of one mutant after the other, each mutant with all of its classes anew: to start a JVM for one
/// universe costs more than the universe. Whatever a bug does to that JVM, this one goes on; then the host is to be closed.
final class MutantHost implements AutoCloseable {

    /// The JVM has ended.
    static final int GONE = -1;

    /// The time is up.
    static final int SILENT = -2;

    private static final String SEPARATOR = "\t";

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader exits;
    private boolean isUsed;

    MutantHost() throws IOException {
        // Most mutants die before the optimizing compiler would have paid for itself.
        process = new ProcessBuilder(List.of(
                        MutantTrial.java(), "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx512m", "-XX:TieredStopAtLevel=1",
                        "-cp", MutantBuild.OWN_CLASSES, MutantHost.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        exits = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Whether it has run something before.
    boolean isUsed() {
        return isUsed;
    }

    /// Runs a command and returns its exit code, [#GONE] or [#SILENT].
    ///
    /// @param classes of the mutant
    /// @param output a file for what the command says
    int run(Path classes, Path output, List<String> words, long secondsMax) throws InterruptedException {
        isUsed = true;
        orders.println(classes + SEPARATOR + output + SEPARATOR + String.join(SEPARATOR, words));
        CompletableFuture<String> exit = CompletableFuture.supplyAsync(this::nextExit);
        try {
            String code = exit.get(secondsMax, TimeUnit.SECONDS);
            return code == null ? GONE : Integer.parseInt(code);
        } catch (TimeoutException late) {
            return SILENT;
        } catch (ExecutionException | NumberFormatException broken) {
            return GONE;
        }
    }

    private String nextExit() {
        try {
            return exits.readLine();
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    // ---- in that JVM ---------------------------------------------------------------------------------------

    /// Ends with its input.
    public static void main(String[] none) throws IOException, ReflectiveOperationException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            List<String> parts = List.of(order.split(SEPARATOR));
            System.out.println(exitOf(Path.of(parts.get(0)), Path.of(parts.get(1)), parts.subList(2, parts.size())));
        }
    }

    private static int exitOf(Path classes, Path output, List<String> words)
            throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = new URLClassLoader(classPath(classes), ClassLoader.getPlatformClassLoader())) {
            Class<?> main = loader.loadClass(Main.class.getName());
            return (int) main.getMethod("run", List.class, Path.class).invoke(null, words, output);
        } catch (InvocationTargetException broken) {
            throw new IOException(broken.getCause());
        }
    }

    private static URL[] classPath(Path classes) throws IOException {
        List<Path> paths = Stream.concat(
                Stream.of(classes), Stream.of(MutantBuild.OWN_CLASSES.split(File.pathSeparator)).map(Path::of)).toList();
        URL[] urls = new URL[paths.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = paths.get(i).toUri().toURL();
        }
        return urls;
    }
}
