package holdfast.server.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The directory's files as far as they are in use: those that were written since their last sync, and of the others, which
/// are only read, the [#CLEAN_MAX] that were used last. A store has a file for every segment, and a process may not open that
/// many.
///
/// The kernel reports a write-back error to descriptors that were open when it happened, and forgets it together with an
/// evicted inode: a file that is closed between its write and its sync can lose the only report there is. So none is.
final class OpenFiles {

    static final int CLEAN_MAX = 32;

    private final Path directory;
    private final FileChannel names;
    private final Map<String, FileChannel> dirty = new HashMap<>();
    /// The one that was used last comes last.
    private final LinkedHashMap<String, FileChannel> clean = new LinkedHashMap<>();

    OpenFiles(Path directory) throws IOException {
        this.directory = directory;
        names = FileChannel.open(directory, StandardOpenOption.READ);
    }

    /// To be read or synced.
    FileChannel existing(String name) throws IOException {
        FileChannel open = dirty.get(name);
        if (open != null) {
            return open;
        }
        open = clean.remove(name);
        keep(name, open != null ? open : open(name));
        return clean.get(name);
    }

    /// To be written, and made if it is not there. It stays open until it is [#synced] or deleted.
    FileChannel created(String name) throws IOException {
        FileChannel open = dirty.get(name);
        if (open == null) {
            open = clean.remove(name);
            open = open != null ? open : open(name, StandardOpenOption.CREATE);
            dirty.put(name, open);
        }
        return open;
    }

    /// All that was written to it has been synced.
    void synced(String name) {
        FileChannel open = dirty.remove(name);
        if (open != null) {
            keep(name, open);
        }
    }

    private void keep(String name, FileChannel open) {
        clean.put(name, open);
        if (clean.size() > CLEAN_MAX) {
            closeQuietly(clean.pollFirstEntry().getValue());
        }
    }

    private FileChannel open(String name, OpenOption... more) throws IOException {
        Set<OpenOption> options = new HashSet<>(List.of(more));
        options.add(StandardOpenOption.READ);
        options.add(StandardOpenOption.WRITE);
        return FileChannel.open(path(name), options);
    }

    /// How many descriptors are in use.
    int count() {
        return dirty.size() + clean.size();
    }

    /// The descriptor goes with the file to its new name.
    void rename(String from, String to) throws IOException {
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
        close(to);
        FileChannel moved = dirty.remove(from);
        if (moved != null) {
            dirty.put(to, moved);
        }
        moved = clean.remove(from);
        if (moved != null) {
            keep(to, moved);
        }
    }

    void delete(String name) throws IOException {
        close(name);
        Files.deleteIfExists(path(name));
    }

    private void close(String name) throws IOException {
        FileChannel written = dirty.remove(name);
        FileChannel open = written != null ? written : clean.remove(name);
        if (open != null) {
            open.close();
        }
    }

    /// `fsync` of the directory itself.
    void syncNames() throws IOException {
        names.force(true);
    }

    void closeAll() {
        dirty.values().forEach(OpenFiles::closeQuietly);
        clean.values().forEach(OpenFiles::closeQuietly);
        dirty.clear();
        clean.clear();
        closeQuietly(names);
    }

    /// Nothing depends on a close: whatever had to be durable was synced, and a close reports nothing.
    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // See above.
        }
    }

    /// Names come from the core and are plain; a separator in one would leave the directory.
    private Path path(String name) throws IOException {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
            throw new NoSuchFileException(name, null, "not a plain name");
        }
        return directory.resolve(name);
    }
}
