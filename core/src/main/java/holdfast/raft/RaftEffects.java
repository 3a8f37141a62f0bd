package holdfast.raft;

import java.util.List;

/// What consensus asks of its surroundings. Every call is already safe when it is made.
public interface RaftEffects {

    void send(int to, Message message);

    /// Make `state` durable and confirm with [Raft#onHardStateDurable]; numbers only grow.
    void persist(long metaNumber, HardState state);

    /// Drop entries from `truncateFrom` on (0: none), then write `entries`; confirm with
    /// [Raft#onEntriesDurable]. Numbers only grow, also across truncation, so a confirmation can never be
    /// mistaken for another entry that reused an index.
    void write(long writeNumber, long truncateFrom, List<LogEntry> entries);

    /// Whether this node could keep and apply the entry, which another node sends. What it cannot is not written: an entry
    /// that is committed and cannot be applied would end every node, and each of its later starts.
    boolean isUsable(LogEntry entry);

    /// The follower `to` needs a snapshot: its next entry is no longer in the log.
    void sendSnapshot(int to);

    /// The machine may answer this read as soon as it has applied `index`.
    void readReady(long readId, long index);

    /// The read learned nothing.
    void readFailed(long readId);

    /// This node has just stopped leading; what it proposed may or may not be committed by others.
    void leadershipLost();
}
