package holdfast.node;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.stream.Outcome;
import holdfast.stream.StreamView;
import java.util.List;

/// Every request gets exactly one reply. For writes there are three outcomes and no fourth: applied (with what
/// happened), not written (definite), unknown (may still happen).
public sealed interface ClientReply {

    /// The command was committed and applied. `syncedBy` are the voters known to have synced it.
    record Applied(Outcome outcome, Receipt receipt) implements ClientReply {}

    /// Where the acknowledged entry stands and who had it on stable storage at that moment.
    record Receipt(long term, long index, List<Integer> syncedBy) {}

    /// Nothing was and nothing will be written.
    record NotWritten(Cause cause, int leaderHint) implements ClientReply {}

    /// The command may have been, or may still be, committed.
    record Unknown(Cause cause, int leaderHint) implements ClientReply {}

    /// `tail` is the stream's end when the read took effect; the answer reached it if
    /// `from + records.size() == tail`. `view` is the whole stream at that moment, `index` what the node had
    /// applied by then.
    record Records(long from, List<Bytes> records, long tail, boolean closed, StreamView view, long index)
            implements ClientReply {}

    record Tail(long tail, boolean closed, Digest digest, StreamView view, long index) implements ClientReply {}

    record NoSuchStream() implements ClientReply {}

    /// The stream was deleted or has expired, and is only kept for its forks.
    record StreamGone() implements ClientReply {}

    /// The read began beyond the end of the stream.
    record PastTail(long tail) implements ClientReply {}

    /// The read learned nothing; try again.
    record ReadFailed(Cause cause, int leaderHint) implements ClientReply {}

    record Accepted() implements ClientReply {}

    /// The voter is bound to the disk asked for, by the committed entry at `index`; 0 if that is the voter's first disk.
    record DiskReplaced(long index) implements ClientReply {}

    enum Cause {
        NOT_LEADER("no leader is known; a majority of the nodes must be up and connected"),
        LEADERSHIP_LOST("leadership was lost before the outcome was certain"),
        OVERLOADED("a bound on waiting requests was reached"),
        TRANSFERRING("leadership is being handed over"),
        TOO_LARGE("the request is larger than the limit"),
        BAD_REQUEST("the request contradicts itself"),
        TIMED_OUT("no majority confirmed it in time"),
        NOT_YET("this node has not applied yet what the client has already seen"),
        STARTING("the node is still recovering"),
        STOPPED("the node has stopped"),
        FORMING("the store is being formed: its founder has not heard a majority of the voters yet"),
        CHANGING("another change of the voters' disks is not committed yet"),
        NO_SPACE("the disk of the leader is full"),
        DAMAGED("this node cannot read a record back from its disk as it was written; ask another node");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
