package holdfast.sim.check;

import holdfast.Digest;
import holdfast.raft.Raft;
import java.util.TreeMap;

/// What one node held durable by its own word while it was excused: the entries themselves, told by their chain hashes, so
/// that no other entry with one of their indexes is believed.
final class Belief {

    private final TreeMap<Long, Digest> chains = new TreeMap<>();
    private long base;

    /// The node holds its log durable up to its durable index, and says so or counts on it.
    void take(Raft raft) {
        long durable = raft.durableIndex();
        base = Math.max(base, Math.min(durable, raft.base().index()));
        boolean hasDiverged = false;
        for (long index = durable; index > raft.base().index(); index--) {
            Digest chain = raft.positionAt(index).chain();
            Digest before = chains.put(index, chain);
            if (chain.equals(before)) {
                break;
            }
            hasDiverged |= before != null;
        }
        if (hasDiverged) {
            chains.tailMap(durable, false).clear();
        }
    }

    /// Whether the log up to `index` with this chain hash was among it. What lay below the node's base is committed: there
    /// is only one such entry.
    boolean covers(long index, Digest chain) {
        return index <= base || chain.equals(chains.get(index));
    }
}
