package holdfast.raft;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import holdfast.StateSink;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a leader knows in its term. Lost without regret when the term ends.
final class Leader implements Role {

    private final TreeMap<Integer, Progress> followers = new TreeMap<>();
    private final TreeMap<Integer, Digest> unbound = new TreeMap<>();
    private final ReadBarrier reads;
    private long termStartIndex;
    private long round;
    private long broadcastMicros;
    private long uncommittedBytes;
    private int transferTarget;
    private long transferDeadline;
    private boolean isTimeoutSent;
    private boolean needsBroadcast = true;
    private long commitDeadline = Long.MAX_VALUE;

    /// @param inheritedBytes of the payloads in its log that it does not know to be committed
    Leader(Membership membership, RaftConfig config, long nextIndex, long inheritedBytes, long nowMicros) {
        for (int voter : membership.voters()) {
            if (voter != config.self()) {
                followers.put(voter, new Progress(nextIndex, config.windowMessages(), nowMicros));
            }
        }
        reads = new ReadBarrier(config);
        uncommittedBytes = inheritedBytes;
        broadcastMicros = nowMicros;
    }

    /// Raft §8: the first entry of the term carries no command.
    void startTerm(State state) {
        Check.that(termStartIndex == 0, "a term starts once");
        termStartIndex = append(state, EntryType.NOOP, Bytes.EMPTY).index();
    }

    LogEntry append(State state, EntryType type, Bytes payload) {
        LogPosition last = state.log.last();
        LogEntry entry = LogEntry.following(
                state.hasher, last.chain(), last.index() + 1, state.term(), type, payload);
        state.append(entry);
        uncommittedBytes += payload.size();
        return entry;
    }

    Map<Integer, Progress> followers() {
        return followers;
    }

    Progress follower(int node) {
        Progress progress = followers.get(node);
        Check.that(progress != null, "a message from a voter", node, 0);
        return progress;
    }

    /// A voter is on another disk from now on: what is known of the one before is forgotten.
    void restart(int node, long nextIndex, int windowMessages, long nowMicros) {
        followers.computeIfPresent(node, (_, _) -> new Progress(nextIndex, windowMessages, nowMicros));
    }

    /// Disks of voters that have none yet, as heard by this leader.
    Map<Integer, Digest> unbound() {
        return unbound;
    }

    /// Who has lost what it had acknowledged ([Progress#isForgetful]), in ascending order.
    List<Integer> forgetful() {
        return followers.keySet().stream().filter(node -> followers.get(node).isForgetful()).toList();
    }

    ReadBarrier reads() {
        return reads;
    }

    /// Index of this term's first entry.
    long termStartIndex() {
        return termStartIndex;
    }

    /// Of the payloads in its log behind the commit index, whoever has appended them: a leader that follows upon a leader, term
    /// after term, must not fill every log with what none of them could commit.
    long uncommittedBytes() {
        return uncommittedBytes;
    }

    /// Entries are committed; `bytes` are their payloads'.
    void committed(long bytes) {
        Check.that(bytes <= uncommittedBytes, "a leader commits what it has counted", bytes, uncommittedBytes);
        uncommittedBytes -= bytes;
    }

    /// Number of the youngest broadcast.
    long round() {
        return round;
    }

    long broadcastMicros() {
        return broadcastMicros;
    }

    /// At the end of this turn every follower gets a message of a new round.
    void broadcastSoon() {
        needsBroadcast = true;
    }

    /// Followers learn the commit index by then, from whatever they are sent.
    void tellCommitBy(long deadlineMicros) {
        commitDeadline = Math.min(commitDeadline, deadlineMicros);
    }

    /// When the commit index needs a broadcast of its own; `Long.MAX_VALUE` if everybody has been told.
    long commitDeadline() {
        return commitDeadline;
    }

    /// Everybody has been told.
    void commitTold() {
        commitDeadline = Long.MAX_VALUE;
    }

    boolean needsBroadcast() {
        return needsBroadcast;
    }

    void startRound(long nowMicros) {
        round++;
        broadcastMicros = nowMicros;
        needsBroadcast = false;
        commitTold();
    }

    void startTransfer(int target, long deadlineMicros) {
        transferTarget = target;
        transferDeadline = deadlineMicros;
        isTimeoutSent = false;
    }

    boolean isTransferring() {
        return transferTarget != 0;
    }

    int transferTarget() {
        return transferTarget;
    }

    long transferDeadline() {
        return isTransferring() ? transferDeadline : Long.MAX_VALUE;
    }

    void endTransfer() {
        transferTarget = 0;
    }

    /// True the first time only.
    boolean claimTimeoutNow() {
        boolean first = !isTimeoutSent;
        isTimeoutSent = true;
        return first;
    }

    void describe(StateSink sink) {
        sink.add("round", round).add("termStartIndex", termStartIndex);
        sink.add("uncommittedBytes", uncommittedBytes).add("transferTarget", transferTarget);
        for (Progress progress : followers.values()) {
            sink.begin("follower");
            progress.describe(sink);
            sink.end();
        }
        sink.begin("reads");
        reads.describe(sink);
        sink.end();
    }
}
