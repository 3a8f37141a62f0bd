package holdfast.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where the sources are. Tests run in a module's folder, in the repository's, or in an editor's; all find the
/// folder that holds both modules.
final class Repository {

    static final List<String> MODULES = List.of("core", "sim", "torture");

    private Repository() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            if (Files.isDirectory(folder.resolve("core/src/main/java/holdfast")) && Files.isDirectory(folder.resolve("sim"))) {
                return folder;
            }
            folder = folder.getParent();
        }
        throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " holds core/ and sim/");
    }

    /// Production sources of all modules, in order of their paths.
    static List<Path> mainSources() {
        List<Path> found = new ArrayList<>();
        for (String module : MODULES) {
            found.addAll(files(root().resolve(module).resolve("src/main/java"), ".java"));
        }
        return found;
    }

    static List<Path> testSources() {
        List<Path> found = new ArrayList<>();
        for (String module : MODULES) {
            found.addAll(files(root().resolve(module).resolve("src/test/java"), ".java"));
        }
        return found;
    }

    static List<Path> files(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file.toString(), unreadable);
        }
    }

    /// The path as findings print it.
    static String name(Path file) {
        return root().relativize(file).toString().replace('\\', '/');
    }
}
