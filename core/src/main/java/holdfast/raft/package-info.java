/// Consensus: terms and indexes, no bytes of files, no clock, no I/O.
///
/// Read in this order, the paper beside you: [holdfast.raft.Message] (what is said), [holdfast.raft.Election]
/// (§5.2, §5.4.1), [holdfast.raft.Replication] (§5.3), [holdfast.raft.Commit] (§5.4.2),
/// [holdfast.raft.ReadBarrier] (thesis §6.4). [holdfast.raft.Raft] holds the rule for terms and hands every
/// input to one of them; [holdfast.raft.State] is what they share.
package holdfast.raft;
