package holdfast.server.cluster;

import holdfast.server.config.Given;
import holdfast.server.disk.DiskErrors;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder of one run's own, named after the second it began in, below one that all runs share.
public final class RunFolder {

    private final Path path;
    private final boolean isParentNew;

    private RunFolder(Path path, boolean isParentNew) {
        this.path = path;
        this.isParentNew = isParentNew;
    }

    /// Makes it, or says in one sentence why that cannot be.
    public static Given<RunFolder> below(String parent) {
        try {
            String stamp = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
            Path path = Path.of(parent, stamp);
            boolean isParentNew = !Files.exists(path.getParent());
            Files.createDirectories(path);
            return new Given.Good<>(new RunFolder(path, isParentNew));
        } catch (InvalidPathException notAPath) {
            return new Given.Bad<>("'" + parent + "' is no folder's name: " + notAPath.getReason());
        } catch (IOException trouble) {
            return new Given.Bad<>("the folder " + parent + " cannot be used: " + DiskErrors.text(trouble));
        }
    }

    public Path path() {
        return path;
    }

    /// Deletes it with all that the run has put there, and the shared one if this run has made it and no other uses
    /// it.
    public void delete() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
        if (isParentNew) {
            try {
                Files.deleteIfExists(path.getParent());
            } catch (DirectoryNotEmptyException used) {
                // Another run has come meanwhile.
            }
        }
    }
}
