package holdfast.server.store;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Probe;
import holdfast.node.Node;
import holdfast.server.disk.BlockingDisk;
import holdfast.server.disk.DataDirectory;
import holdfast.wal.Damage;
import holdfast.wal.IdentRecord;
import holdfast.wal.Recovery;
import holdfast.wal.StoreId;
import holdfast.wal.WalConfig;
import holdfast.wal.WalRecovery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A look at a data directory before anything is opened: whose store is there? Changes nothing.
public final class StoreLook {

    private static final String IDENT = "IDENT";
    private static final int IDENT_BYTES_MAX = 8 << 10;

    /// What is found.
    public sealed interface Seen {

        record Store(StoreId owner) implements Seen {}

        /// There is none, or it does not say whose it is.
        ///
        /// @param exit as a node ends that is started there
        record Nothing(int exit, String sentence) implements Seen {}
    }

    private StoreLook() {}

    /// @param node whose store is expected, for the advice; 0 if that is not known
    public static Seen at(Path path, int node) {
        try {
            if (!DataDirectory.exists(path)) {
                return new Seen.Nothing(Node.EXIT_NO_STORE, "there is no data directory " + path
                        + ": is its file system mounted? If the disk is lost, see " + Damage.adviceFor(node)
                        + ". A new cluster is made with './holdfast format'.");
            }
            Bytes ident = read(path.resolve(IDENT), IDENT_BYTES_MAX);
            IdentRecord record = ident == null ? null : IdentRecord.decode(ident.toArray());
            return record == null ? inWordsOfRecovery(path, node) : new Seen.Store(record.owner());
        } catch (IOException error) {
            return new Seen.Nothing(DataDirectory.exitFor(error), DataDirectory.unusable(path, error));
        }
    }

    /// What a file holds, up to a bound; null if there is none.
    static Bytes read(Path file, int bytesMax) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Bytes.wrap(in.readNBytes(bytesMax));
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    /// Without a readable IDENT a recovery ends early, with the sentence that fits.
    private static Seen inWordsOfRecovery(Path path, int node) throws IOException {
        WalConfig nobody = new WalConfig(Digest.ZERO, node, Digest.ZERO, 1 << 20, 64, 4 << 10, 0);
        WalRecovery recovery = new WalRecovery(nobody, Probe.NONE);
        try (BlockingDisk disk = new BlockingDisk(path)) {
            recovery.runOn(disk::perform);
        }
        return switch (recovery.outcome()) {
            case Recovery.NoStore(String report) -> new Seen.Nothing(Node.EXIT_NO_STORE, path + ": " + report);
            case Recovery.Refused(String report) -> new Seen.Nothing(Node.EXIT_DAMAGED, path + ": " + report);
            case Recovery.Failed(String report) -> new Seen.Nothing(Node.EXIT_IO_ERROR, path + ": " + report);
            case Recovery.Ready _ -> throw new IllegalStateException(
                    "a store whose IDENT could not be read is not recovered");
        };
    }
}
