/// Holdfast: a replicated, append-only stream store that never says "saved" before it is.
///
/// The whole system on one page is `ARCHITECTURE.md`; the promises are in `README.md`. This package holds the
/// few words everyone shares: [holdfast.Bytes], [holdfast.Digest] and [holdfast.Hasher], [holdfast.Check] for
/// invariants, [holdfast.StateSink] and [holdfast.StateHash] for states and their fingerprints, [holdfast.Probe] for coverage.
///
/// Read on in this order: [holdfast.raft.Message], [holdfast.raft.Election], [holdfast.raft.Replication],
/// [holdfast.raft.Durability], [holdfast.node.Node].
package holdfast;
