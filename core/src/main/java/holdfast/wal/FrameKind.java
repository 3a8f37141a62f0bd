package holdfast.wal;

/// What a frame says. The code is the byte on disk; 6 is reserved for a mark of a clean stop.
public enum FrameKind {
    /// A log entry, a leader's no-op or a command; the flags tell which.
    ENTRY(1),
    /// Entries from this index on are void, in favour of the entry in the next frame. Alone at the end of a
    /// batch it changes nothing: a node that still has them after a crash has broken no promise.
    TRUNCATE(2),
    /// A log entry that holds a membership.
    CONFIG(3),
    /// The log begins anew after this position; a snapshot covers everything before.
    SNAPSHOT_BASE(4),
    /// The end of a batch.
    SEAL(5),
    /// An entry that stands outside the sequence of the log: its payload is needed by a snapshot that was
    /// installed, or is about to be.
    ARCHIVE(7);

    private static final FrameKind[] BY_CODE = {null, ENTRY, TRUNCATE, CONFIG, SNAPSHOT_BASE, SEAL, null, ARCHIVE};

    private final int code;

    FrameKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /// The kind with this code, or null.
    static FrameKind of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /// Whether frames of this kind carry an entry that can be read by its index.
    public boolean holdsEntry() {
        return switch (this) {
            case ENTRY, CONFIG, ARCHIVE -> true;
            case TRUNCATE, SNAPSHOT_BASE, SEAL -> false;
        };
    }
}
