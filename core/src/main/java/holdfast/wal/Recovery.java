package holdfast.wal;

import holdfast.raft.HardState;
import holdfast.raft.LogEntry;
import holdfast.raft.LogPosition;
import java.util.List;

/// How a recovery ended.
public sealed interface Recovery {

    /// Everything in here is on stable storage, proven by a sync of this very start.
    ///
    /// @param snapshotOrNull the newest one
    /// @param base the last position that the snapshot covers, or [LogPosition#ORIGIN]
    /// @param entries the log after the base
    /// @param rot damage that was survived
    /// @param segments files of the log that were read
    /// @param copied frames that nothing had proven, written again
    /// @param life grows with every start of this store, and is durable before the node speaks
    record Ready(
            Wal wal,
            SnapshotStore snapshots,
            Snapshot snapshotOrNull,
            HardState hardState,
            LogPosition base,
            List<LogEntry> entries,
            SurvivedRot rot,
            int segments,
            int copied,
            long life) implements Recovery {

        /// What was found, in words.
        public String sentence() {
            long last = entries.isEmpty() ? base.index() : entries.getLast().index();
            return "term " + hardState.term() + ", the log ends with entry " + last + ", "
                    + (snapshotOrNull == null ? "no snapshot" : "a snapshot up to " + base.index()) + ", " + segments
                    + " segments, " + copied + " frames that nothing proved written again";
        }
    }

    /// There is no store in the directory, and perhaps there never was. No byte of it was changed.
    record NoStore(String report) implements Recovery {}

    /// The store is damaged, or not this node's. No byte of it was changed.
    record Refused(String report) implements Recovery {}

    /// The disk refused an operation. Nothing is lost; another start may succeed.
    record Failed(String report) implements Recovery {}
}
