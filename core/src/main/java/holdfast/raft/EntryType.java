package holdfast.raft;

/// What an entry carries. The ordinal is the byte on disk and wire (`docs/format.md`).
public enum EntryType {
    /// Starts a leader's term (Raft §8): committing it commits everything before it.
    NOOP,
    /// A command of the stream machine.
    COMMAND,
    /// A [Membership]; in force from the moment it is appended (thesis §4.1).
    CONFIG
}
