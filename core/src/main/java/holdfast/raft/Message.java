package holdfast.raft;

import holdfast.Bytes;
import java.util.List;

/// Everything that nodes say to each other. `term` is the sender's current term, except in a [PreVoteRequest],
/// where it is the term the sender would start.
public sealed interface Message {

    /// The round of an answer that answers no broadcast of the leader of its term. Rounds count from 1.
    long NO_ROUND = 0;

    long term();

    /// "Would you vote for me in `term`?" Changes nothing at either end (thesis §9.6).
    record PreVoteRequest(long term, long lastIndex, long lastTerm) implements Message {}

    /// `askedTerm` repeats the request's term, so that an answer to an older question is not counted.
    record PreVoteReply(long term, long askedTerm, boolean granted) implements Message {}

    /// Raft §5.2. `transfer` says that the leader itself asked for this election (thesis §3.10), so the
    /// receiver need not protect a leader it has heard lately.
    record VoteRequest(long term, long lastIndex, long lastTerm, boolean transfer) implements Message {}

    record VoteReply(long term, boolean granted) implements Message {}

    /// Raft §5.3; with no entries, a heartbeat. `previous` carries the chain hash, so a follower checks the
    /// whole prefix and not only one term. `round` counts the leader's broadcasts within its term, from 1; replies of
    /// that term repeat it, which is how reads know that an answer is younger than a question.
    record AppendEntries(long term, LogPosition previous, List<LogEntry> entries, long commitIndex, long round)
            implements Message {}

    /// The follower's log is equal to the leader's up to `matchedIndex`, and on stable storage up to `durableIndex`, which is
    /// not beyond that. The first says where to go on, only the second is a promise.
    record AppendAccepted(long term, long matchedIndex, long durableIndex, long round) implements Message {}

    /// The previous entry did not match. `rejectedIndex` repeats it; the leader should continue after the end of
    /// its own entries of `conflictTerm`, or else at `conflictIndex`, the first index the follower has of that
    /// term, or the end of its log if it is short (`conflictTerm` 0) (Raft §5.3, last paragraphs).
    ///
    /// What is refused for its old term is answered with `rejectedIndex` 0 and [#NO_ROUND]: such an answer says the
    /// newer term and nothing about logs or rounds.
    record AppendRejected(long term, long rejectedIndex, long conflictTerm, long conflictIndex, long round)
            implements Message {}

    /// One piece of the snapshot at `last`: either the bytes from `position` on of a snapshot of `imageBytes`, or a run of
    /// log entries whose payloads the snapshot needs, in which case both numbers are 0. A run without entries brings nothing
    /// and asks what the follower lacks.
    record InstallSnapshot(
            long term, LogPosition last, int position, int imageBytes, Piece piece, Bytes data, long round)
            implements Message {}

    enum Piece { IMAGE, ENTRIES }

    /// What the follower has of the snapshot at `lastIndex`: its first `imageHeld` bytes, and once these are all of them, on
    /// stable storage each needed entry below `lacking`, which is `lastIndex + 1` if it lacks none. `installed` says that the
    /// whole snapshot is durable and in force. A piece that is refused for its old term is answered with `lastIndex` 0 and
    /// [#NO_ROUND], which is no snapshot's.
    record InstallSnapshotReply(long term, long lastIndex, int imageHeld, long lacking, boolean installed, long round)
            implements Message {}

    /// "Start an election now" (thesis §3.10).
    record TimeoutNow(long term) implements Message {}

    /// A follower asks for a read index (thesis §6.4); `id` is the follower's and never reused.
    record ReadIndexRequest(long term, long id) implements Message {}

    /// `index` is [#REFUSED] when the receiver cannot confirm that it leads.
    record ReadIndexReply(long term, long id, long index) implements Message {

        public static final long REFUSED = -1;
    }
}
