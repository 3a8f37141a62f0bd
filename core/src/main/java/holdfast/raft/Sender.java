package holdfast.raft;

import holdfast.Digest;

/// Who says something: a voter's id, the disk that this process runs on, and what that disk knows of itself. Every
/// message carries it, because an id alone can be a machine that has lost what it promised.
///
/// @param since by the sender's own log: the [Member#since] of its disk, or 0 if its log does not name its disk
/// @param life grows with every start on this disk; a smaller one than was heard before comes from a disk that was
///     rolled back, or is late
public record Sender(int id, Digest disk, long since, long life) {}
