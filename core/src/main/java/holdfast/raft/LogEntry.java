package holdfast.raft;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;

/// One entry of the replicated log. `hash` names the content, `chain` the whole log up to here, so two logs
/// that agree on a chain hash agree on everything before it (Raft's Log Matching, made checkable).
public record LogEntry(long index, long term, EntryType type, Bytes payload, Digest hash, Digest chain) {

    /// The entry that follows a log whose last chain hash is `previousChain`.
    public static LogEntry following(
            Hasher hasher, Digest previousChain, long index, long term, EntryType type, Bytes payload) {
        Digest hash = hashOf(hasher, index, term, type, payload);
        return new LogEntry(index, term, type, payload, hash, chainOf(hasher, previousChain, hash));
    }

    /// Whether both hashes are right for this content standing behind `previousChain`.
    public boolean verifies(Hasher hasher, Digest previousChain) {
        return hasIntactContent(hasher) && chain.equals(chainOf(hasher, previousChain, hash));
    }

    /// Whether the content is what `hash` says; the place in the log is not checked.
    public boolean hasIntactContent(Hasher hasher) {
        return hash.equals(hashOf(hasher, index, term, type, payload));
    }

    private static Digest hashOf(Hasher hasher, long index, long term, EntryType type, Bytes payload) {
        return hasher.add(index).add(term).add(type.ordinal()).add(payload).finish();
    }

    private static Digest chainOf(Hasher hasher, Digest previousChain, Digest hash) {
        return hasher.add(previousChain).add(hash).finish();
    }
}
