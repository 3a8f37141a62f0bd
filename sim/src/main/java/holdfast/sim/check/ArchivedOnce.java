package holdfast.sim.check;

import holdfast.Digest;
import holdfast.env.DiskOp;
import holdfast.node.MessageCodec;
import holdfast.raft.LogEntry;
import holdfast.raft.Message;
import holdfast.wal.StoreId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/// Entries that come with a snapshot: a node keeps each of them once in a life, however often a transfer begins anew, and
/// does not say that it has them before its medium does.
public final class ArchivedOnce {

    private static final String NAME = "archived-once";
    private static final String SEGMENT_PREFIX = "wal-";
    private static final String SEGMENT_SUFFIX = ".log";
    private static final int BLOCK = 4096;

    /// Asked whether the medium of a node has the payload of an entry.
    public interface Medium {
        boolean holds(int node, long index, Digest hash);
    }

    /// What one process has been brought.
    private static final class Life {
        final TreeMap<Long, Digest> taken = new TreeMap<>();
        final TreeSet<Long> archived = new TreeSet<>();
        long acknowledged;
    }

    private final Medium medium;
    private final IntFunction<StoreId> owners;
    private final Life[] lives;

    /// @param owners whose disk each node is on
    public ArchivedOnce(int nodes, Medium medium, IntFunction<StoreId> owners) {
        this.medium = medium;
        this.owners = owners;
        lives = new Life[nodes + 1];
    }

    public void taking(int node, Message message) {
        if (message instanceof Message.InstallSnapshot piece && piece.piece() == Message.Piece.ENTRIES) {
            List<LogEntry> entries = MessageCodec.decodeEntries(piece.data());
            if (lives[node] == null && !entries.isEmpty()) {
                lives[node] = new Life();
            }
            for (LogEntry entry : entries) {
                lives[node].taken.put(entry.index(), entry.hash());
            }
        }
    }

    /// Nobody is brought anything while it recovers, so what is copied forward then does not come here.
    public void submitted(int node, DiskOp operation) {
        if (lives[node] == null || !(operation instanceof DiskOp.Write write) || !write.file().startsWith(SEGMENT_PREFIX)) {
            return;
        }
        long segSeq = Long.parseLong(
                write.file().substring(SEGMENT_PREFIX.length(), write.file().length() - SEGMENT_SUFFIX.length()));
        MediumFrame.Source source = (position, length) -> {
            int from = (int) Math.min(write.data().size(), position - write.position());
            return write.data().slice(from, Math.min(write.data().size(), from + length));
        };
        for (int at = 0; at < write.data().size(); ) {
            MediumFrame frame = MediumFrame.at(owners.apply(node), source, segSeq, (int) write.position() + at);
            if (frame == null) {
                return;
            }
            if (frame.kind() == MediumFrame.ARCHIVE && !lives[node].archived.add(frame.index())) {
                throw new Violation(NAME, "node " + node + " writes entry " + frame.index()
                        + ", which came with a snapshot, a second time");
            }
            at += frame.length();
            if (frame.kind() == MediumFrame.SEAL) {
                at = (at + BLOCK - 1) / BLOCK * BLOCK;
            }
        }
    }

    /// Only the last entry of those newly acknowledged is looked for: they are written in their order.
    public void sent(int node, Message message) {
        if (lives[node] == null || !(message instanceof Message.InstallSnapshotReply reply) || reply.imageHeld() == 0) {
            return;
        }
        Map.Entry<Long, Digest> last = lives[node].taken.lowerEntry(reply.lacking());
        long index = last == null ? 0 : last.getKey();
        if (index > lives[node].acknowledged) {
            lives[node].acknowledged = index;
            if (!medium.holds(node, index, last.getValue())) {
                throw new Violation(NAME, "node " + node + " says that it has entry " + index
                        + ", which came with a snapshot, before that is durable");
            }
        }
    }

    public void processEnded(int node) {
        lives[node] = null;
    }
}
