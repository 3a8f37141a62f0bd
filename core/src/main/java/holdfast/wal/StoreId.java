package holdfast.wal;

import holdfast.Digest;

/// Whose store this is. Stands in every structure that could be mistaken for another node's.
///
/// @param clusterId the same on all nodes of a cluster
/// @param nodeId this node; never reused after its disk was lost (Raft thesis §3.8)
/// @param diskUuid drawn once when the store was made: a cloned or replaced disk shows
public record StoreId(Digest clusterId, int nodeId, Digest diskUuid) {

    /// As people are told it, when it has to be told from another: the disk matters to them only if nothing else does.
    public String toldFrom(StoreId other) {
        String words = "node " + nodeId + " of cluster " + clusterId;
        boolean onlyDisksDiffer = nodeId == other.nodeId && clusterId.equals(other.clusterId);
        return onlyDisksDiffer ? words + " on disk " + diskUuid : words;
    }

    /// `clusterId 16, nodeId u64, diskUuid 16`.
    static final int BYTES = 40;

    void encode(byte[] target, int at) {
        Raw.putDigest(target, at, clusterId);
        Raw.putLong(target, at + 16, nodeId);
        Raw.putDigest(target, at + 24, diskUuid);
    }

    static StoreId decode(byte[] source, int at) {
        return new StoreId(
                Raw.getDigest(source, at), (int) Raw.getLong(source, at + 16), Raw.getDigest(source, at + 24));
    }
}
