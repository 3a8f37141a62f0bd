package holdfast.sim.history;

import holdfast.Bytes;
import java.util.List;

/// What a client was told. Every refusal says what it saw, so that no answer is a riddle to a checker.
public sealed interface Answer {

    /// For [Created#incarnation] and [AlreadyExists#incarnation]: the answer did not tell.
    long INCARNATION_UNTOLD = 0;

    record Created(long incarnation) implements Answer {}

    record AlreadyExists(long incarnation, long tail, boolean closed) implements Answer {}

    /// The records stand at `[first, next)`. `duplicate` when an earlier attempt had put them there.
    record Appended(long first, long next, boolean duplicate, boolean closed) implements Answer {}

    /// Written before, the receipt is gone; the producer's last number is `lastSeq`, the stream ends at `tail`.
    record DuplicateForgotten(long lastSeq, long tail) implements Answer {}

    record Closed(long tail) implements Answer {}

    record Deleted() implements Answer {}

    record NoSuchStream() implements Answer {}

    record WrongTail(long tail) implements Answer {}

    record StreamClosed(long tail) implements Answer {}

    record SequenceGap(long expectedSeq) implements Answer {}

    record Fenced(long currentEpoch) implements Answer {}

    /// The producer is unknown, and may be one that was forgotten in `epoch` or below. This attempt had no effect, and
    /// nothing of this producer in such an epoch takes effect any more.
    record ProducerForgotten(long epoch) implements Answer {}

    /// This attempt had no effect and never will.
    record NotWritten() implements Answer {}

    /// This attempt may have had its effect, may have it later, or never.
    record Unknown() implements Answer {}

    /// The records from `from` on, and the tail and closed flag at the same moment.
    record Records(long from, List<Bytes> records, long tail, boolean closed) implements Answer {

        public Records {
            records = List.copyOf(records);
        }
    }

    record TailIs(long tail, boolean closed) implements Answer {}

    /// The read began beyond `tail`.
    record PastTail(long tail) implements Answer {}

    /// A read that learned nothing.
    record Nothing() implements Answer {}
}
