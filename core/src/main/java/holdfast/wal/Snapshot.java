package holdfast.wal;

import holdfast.Bytes;
import holdfast.raft.LogPosition;
import holdfast.raft.Membership;

/// The state after all entries up to `last`: the voters then in force, and the machine's image. Payloads are not
/// in it; they stay in the log.
public record Snapshot(LogPosition last, Membership membership, Bytes image) {}
