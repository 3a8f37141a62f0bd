package holdfast.raft;

import java.util.List;

/// What a node knows when its consensus part starts: everything here is durable.
///
/// @param hardState term and vote
/// @param base the last position covered by the snapshot, or [LogPosition#ORIGIN]
/// @param membership the newest configuration in the snapshot or the entries
/// @param entries the log after the base
public record RaftStart(
        long nowMicros, HardState hardState, LogPosition base, Membership membership, List<LogEntry> entries) {}
