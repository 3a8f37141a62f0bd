package holdfast.server.store;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.server.config.Formation;
import holdfast.server.config.Given;
import holdfast.server.config.HostPort;
import holdfast.server.disk.DataDirectory;
import holdfast.server.disk.DiskErrors;
import holdfast.wal.StoreId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.SortedMap;

/// How a cluster comes into being: one machine founds it, the others join with the file that was made there. What is
/// drawn here, the ids of the cluster and of each disk, is drawn once and never again.
public final class Forming {

    private static final String UNFINISHED = ".tmp";

    private Forming() {}

    /// Draws a cluster and makes the store of its first node. The founder's disk is named in the formation, so nobody
    /// makes this store a second time.
    ///
    /// @param voters every voter and its address, `node` included
    public static Given<Formation> found(Path data, int node, SortedMap<Integer, HostPort> voters, String name) {
        Formation formation = new Formation(drawn(), name, node, drawn(), voters);
        String refusal = make(data, node, formation.founderDisk(), formation);
        return refusal.isEmpty() ? new Given.Good<>(formation) : new Given.Bad<>(refusal);
    }

    /// Makes the store of a further node, or a new one for a node whose disk is lost; its disk takes part when the others
    /// have heard it for the first time, or been told that it replaces the lost one. Returns why not, in one sentence, or an
    /// empty text.
    public static String join(Path data, int node, Formation formation) {
        if (!formation.voters().containsKey(node)) {
            return "node " + node + " is not one of the cluster's voters " + formation.voterIds();
        }
        return make(data, node, drawn(), formation);
    }

    private static String make(Path data, int node, Digest disk, Formation formation) {
        StoreId owner = new StoreId(formation.cluster(), node, disk);
        return StoreMaking.make(data, owner, formation.membership(), formation.encode());
    }

    private static Digest drawn() {
        SecureRandom entropy = new SecureRandom();
        return new Digest(entropy.nextLong(), entropy.nextLong());
    }

    // ---- the file ------------------------------------------------------------------------------------------

    /// Writes the formation for the other machines. Returns why not, in one sentence, or an empty text.
    public static String write(Formation formation, Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            try (FileChannel out = FileChannel.open(
                    unfinished,
                    StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = formation.encode().buffer();
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            DataDirectory.syncNames(file.toAbsolutePath().getParent());
            return "";
        } catch (IOException error) {
            return file + " cannot be written: " + DiskErrors.text(error);
        }
    }

    /// Reads a file that [#write] made, or says in one sentence why there is no formation in it.
    public static Given<Formation> read(Path file) {
        try {
            Bytes bytes = StoreLook.read(file, Formation.BYTES_MAX + 1);
            return bytes == null
                    ? new Given.Bad<>("there is no file " + file)
                    : Formation.decode(file.toString(), bytes);
        } catch (IOException error) {
            return new Given.Bad<>(file + " cannot be read: " + DiskErrors.text(error));
        }
    }
}
