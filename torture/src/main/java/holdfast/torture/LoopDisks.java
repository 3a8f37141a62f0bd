package holdfast.torture;

import holdfast.server.cluster.NodeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A real file system for each node, in an image of its own behind a loop device, so that its power can be cut, and it can be
/// full or hang alone. For a power cut the image is copied while the node's process stands still, and mounted anew after the
/// process was killed. What only the page cache of that file system held is gone; what it had handed to its device is there,
/// and its own recovery (the journal's) runs at the mount. A write cache of the device that loses what it had promised is not
/// modelled.
///
/// Linux and root only.
final class LoopDisks {

    /// By the names of `--disks`.
    enum FileSystem {
        EXT4("mkfs.ext4 -q -F", "loop"),
        XFS("mkfs.xfs -q -f", "loop,nouuid"),
        BTRFS("mkfs.btrfs -q -f", "loop");

        private final String make;
        private final String mountOptions;

        FileSystem(String make, String mountOptions) {
            this.make = make;
            this.mountOptions = mountOptions;
        }

        /// Null if there is none of this name.
        static FileSystem named(String name) {
            for (FileSystem one : values()) {
                if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return one;
                }
            }
            return null;
        }
    }

    /// The files are sparse; a node takes a segment with every start.
    private static final String IMAGE_BYTES = "4G";

    private static final String FILLER = "filler-";
    private static final int FILLERS_MAX = 200;
    private static final long FILLER_BYTES_LEAST = 4 << 10;

    private static final int UNMOUNT_ATTEMPTS = 20;
    private static final int UNMOUNT_PAUSE_MILLIS = 250;

    private final FileSystem kind;
    private final Path folder;
    private final List<Integer> mounted = new ArrayList<>();
    private final List<Integer> frozen = new ArrayList<>();

    private LoopDisks(FileSystem kind, Path folder) {
        this.kind = kind;
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::unmountAll));
    }

    /// Makes and mounts one for each of `nodes` nodes and puts their data directories there.
    static LoopDisks make(FileSystem kind, Path folder, int nodes) throws IOException, InterruptedException {
        LoopDisks disks = new LoopDisks(kind, folder);
        try {
            for (int node = 1; node <= nodes; node++) {
                command("truncate", "-s", IMAGE_BYTES, disks.image(node).toString());
                List<String> make = new ArrayList<>(List.of(kind.make.split(" ")));
                make.add(disks.image(node).toString());
                command(make.toArray(String[]::new));
                Files.createDirectories(disks.mountPoint(node));
                disks.mount(node);
                Path data = Files.createDirectories(disks.mountPoint(node).resolve("data")).toAbsolutePath();
                command("sync", "-f", data.toString());
                Files.createSymbolicLink(folder.resolve("node-" + node), data);
            }
            return disks;
        } catch (IOException | InterruptedException trouble) {
            disks.unmountAll();
            throw trouble;
        }
    }

    private Path image(int node) {
        return folder.resolve("disk-" + node + ".img");
    }

    private Path mountPoint(int node) {
        return folder.resolve("disk-" + node);
    }

    /// Cuts the power of the machines of these nodes at one moment; their processes are gone afterwards.
    void cutPower(List<NodeProcess> victims) throws IOException, InterruptedException {
        victims.forEach(NodeProcess::pause);
        for (NodeProcess victim : victims) {
            command("cp", "--sparse=always", image(victim.id()).toString(), image(victim.id()) + ".cut");
        }
        for (NodeProcess victim : victims) {
            victim.kill();
        }
        for (NodeProcess victim : victims) {
            unmount(victim.id());
            Files.move(Path.of(image(victim.id()) + ".cut"), image(victim.id()), StandardCopyOption.REPLACE_EXISTING);
            mount(victim.id());
        }
    }

    // ---- room ----------------------------------------------------------------------------------------------

    /// Takes all the room there is, what is kept for root as well: in files of half the size whenever one is too large.
    void fill(int node) throws IOException, InterruptedException {
        long size = Files.getFileStore(mountPoint(node)).getUnallocatedSpace();
        for (int filler = 1; filler <= FILLERS_MAX && size >= FILLER_BYTES_LEAST; filler++) {
            if (!isTaken(size, mountPoint(node).resolve(FILLER + filler))) {
                size /= 2;
            }
        }
    }

    private static boolean isTaken(long bytes, Path file) throws InterruptedException {
        try {
            command("fallocate", "-l", Long.toString(bytes), file.toString());
            return true;
        } catch (IOException noRoom) {
            return false;
        }
    }

    /// Gives back what [#fill] has taken, for good: a power cut soon after would bring it back.
    void free(int node) throws IOException, InterruptedException {
        try (DirectoryStream<Path> fillers = Files.newDirectoryStream(mountPoint(node), FILLER + "*")) {
            for (Path filler : fillers) {
                Files.delete(filler);
            }
        }
        command("sync", "-f", mountPoint(node).toString());
    }

    /// From now on nothing moves there: every write and sync waits in the kernel.
    void freeze(int node) throws IOException, InterruptedException {
        command("fsfreeze", "-f", mountPoint(node).toString());
        frozen.add(node);
    }

    /// Nothing happens if it is not frozen.
    void thaw(int node) throws IOException, InterruptedException {
        if (frozen.remove(Integer.valueOf(node))) {
            command("fsfreeze", "-u", mountPoint(node).toString());
        }
    }

    // ---- mounting ------------------------------------------------------------------------------------------

    private void mount(int node) throws IOException, InterruptedException {
        command("mount", "-o", kind.mountOptions, image(node).toString(), mountPoint(node).toString());
        mounted.add(node);
    }

    private void unmount(int node) throws IOException, InterruptedException {
        for (int attempt = 1;; attempt++) {
            try {
                command("umount", mountPoint(node).toString());
                mounted.remove(Integer.valueOf(node));
                return;
            } catch (IOException busy) {
                if (attempt == UNMOUNT_ATTEMPTS) {
                    throw busy;
                }
                Thread.sleep(UNMOUNT_PAUSE_MILLIS);
            }
        }
    }

    /// The images stay. Done again when the JVM ends, should anything be mounted then.
    void unmountAll() {
        for (int node : List.copyOf(mounted)) {
            try {
                thaw(node);
                unmount(node);
            } catch (IOException stuck) {
                System.err.println("holdfast: " + stuck.getMessage());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void command(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + said.replace('\n', ' '));
        }
    }
}
