package holdfast.raft;

/// What a node is at the moment. A role object exists only while the role is held, so a follower cannot own a
/// match index by mistake. All transitions go through [State]:
///
///     Follower  -> Candidate   election timeout, or the leader's TimeoutNow
///     Candidate -> Candidate   election timeout (asks again)
///     Candidate -> Leader      a majority of durable votes in this term
///     any       -> Follower    a higher term, a leader of this term, or (leader) no majority any more
sealed interface Role permits Follower, Candidate, Leader {}
