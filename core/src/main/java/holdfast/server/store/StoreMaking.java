package holdfast.server.store;

import holdfast.Bytes;
import holdfast.raft.Membership;
import holdfast.server.disk.BlockingDisk;
import holdfast.server.disk.DataDirectory;
import holdfast.wal.Formatting;
import holdfast.wal.StoreId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Makes the store of one node in a directory that is empty or not there, by the core's own [Formatting].
public final class StoreMaking {

    /// What a file system puts into its root by itself.
    private static final String LOST_AND_FOUND = "lost+found";

    private StoreMaking() {}

    /// Returns why there is no store, in one sentence, or an empty text: then it is there and durable.
    ///
    /// @param formation is kept in the store, for its starts
    public static String make(Path path, StoreId owner, Membership first, Bytes formation) {
        return switch (DataDirectory.make(path)) {
            case DataDirectory.Opened.Refused refused -> refused.sentence();
            case DataDirectory.Opened.Usable(DataDirectory directory) -> {
                try {
                    yield make(directory, new Formatting(owner, first, formation));
                } catch (IOException error) {
                    yield DataDirectory.unusable(path, error);
                }
            }
        };
    }

    private static String make(DataDirectory directory, Formatting formatting) throws IOException {
        Path path = directory.path();
        List<String> folders = foldersIn(path);
        if (!folders.isEmpty()) {
            directory.closeWithoutTrace();
            return "no store is made in " + path + ": it is not empty: " + String.join(", ", folders);
        }
        try (BlockingDisk disk = new BlockingDisk(path)) {
            formatting.runOn(disk::perform);
        }
        return switch (formatting.outcome()) {
            case Formatting.Outcome.Formatted _ -> {
                directory.close();
                yield "";
            }
            case Formatting.Outcome.Refused(String report) -> {
                directory.closeWithoutTrace();
                yield "no store is made in " + path + ": " + report;
            }
            case Formatting.Outcome.Failed(String report) -> {
                directory.close();
                yield "no store could be made in " + path + ": " + report;
            }
        };
    }

    /// A disk knows files only.
    private static List<String> foldersIn(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isDirectory).map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals(LOST_AND_FOUND)).sorted().toList();
        }
    }
}
