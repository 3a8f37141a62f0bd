package holdfast.server.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// The directory's files, each opened once and kept open until it is deleted. The kernel reports a write-back
/// error to descriptors that were open when it happened, and forgets it together with an evicted inode: a file
/// that is closed between its write and its sync can lose the only report there is.
final class OpenFiles {

    private final Path directory;
    private final FileChannel names;
    private final Map<String, FileChannel> channels = new HashMap<>();

    OpenFiles(Path directory) throws IOException {
        this.directory = directory;
        names = FileChannel.open(directory, StandardOpenOption.READ);
    }

    FileChannel existing(String name) throws IOException {
        FileChannel open = channels.get(name);
        if (open != null) {
            return open;
        }
        FileChannel opened = FileChannel.open(path(name), StandardOpenOption.READ, StandardOpenOption.WRITE);
        channels.put(name, opened);
        return opened;
    }

    FileChannel created(String name) throws IOException {
        FileChannel open = channels.get(name);
        if (open != null) {
            return open;
        }
        FileChannel opened = FileChannel.open(
                path(name), StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        channels.put(name, opened);
        return opened;
    }

    /// The descriptor goes with the file to its new name.
    void rename(String from, String to) throws IOException {
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
        close(to);
        FileChannel moved = channels.remove(from);
        if (moved != null) {
            channels.put(to, moved);
        }
    }

    void delete(String name) throws IOException {
        close(name);
        Files.deleteIfExists(path(name));
    }

    private void close(String name) throws IOException {
        FileChannel open = channels.remove(name);
        if (open != null) {
            open.close();
        }
    }

    /// `fsync` of the directory itself.
    void syncNames() throws IOException {
        names.force(true);
    }

    void closeAll() {
        for (FileChannel channel : channels.values()) {
            closeQuietly(channel);
        }
        channels.clear();
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
