package holdfast.raft;

import holdfast.Digest;
import java.util.List;

/// What a node knows when its consensus part starts: everything here is durable.
///
/// @param disk the one that this node's store is on
/// @param life of that store: grows with every start
/// @param hardState term and vote
/// @param base the last position covered by the snapshot, or [LogPosition#ORIGIN]
/// @param membership what the snapshot says, or null if the entries begin with a membership
/// @param entries the log after the base
public record RaftStart(
        long nowMicros,
        Digest disk,
        long life,
        HardState hardState,
        LogPosition base,
        Membership membership,
        List<LogEntry> entries) {}
