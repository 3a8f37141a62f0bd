package holdfast.stream;

import holdfast.Bytes;
import holdfast.Digest;

/// What a command did, once applied. A refusal says what it saw, so that no answer is ambiguous to a checker.
public sealed interface Outcome {

    /// `incarnation` is the log index of the creation: a deleted and re-created stream has another one.
    record Created(long incarnation, long tail, boolean closed, Digest digest, String contentType) implements Outcome {

        /// An empty open stream of no particular kind.
        public Created(long incarnation) {
            this(incarnation, 0, false, Digest.ZERO, "");
        }
    }

    /// `asAsked` when the stream that is there has the setup that was asked for and is as closed.
    record AlreadyExists(long incarnation, long tail, boolean closed, boolean asAsked, String contentType)
            implements Outcome {

        /// A stream of no particular kind, asked for as an open one.
        public AlreadyExists(long incarnation, long tail, boolean closed) {
            this(incarnation, tail, closed, !closed, "");
        }
    }

    /// The records stand at `[first, next)`; `index` is the log entry that holds them, `digest` the stream's
    /// chain digest at `next`. `duplicate` when this answers a retry: then all these are the first receipt's.
    /// `lastSeq` is the producer's newest accepted seq, [#NO_SEQ] without a producer.
    record Appended(
            long first, long next, long index, Digest digest, boolean duplicate, boolean closed, long lastSeq)
            implements Outcome {

        public Appended(long first, long next, long index, Digest digest, boolean duplicate, boolean closed) {
            this(first, next, index, digest, duplicate, closed, NO_SEQ);
        }

        Appended asDuplicate(long newestSeq) {
            return new Appended(first, next, index, digest, true, closed, newestSeq);
        }
    }

    long NO_SEQ = -1;

    /// A retry so old that its receipt is gone: it certainly was written, below `tail`.
    record DuplicateForgotten(long lastSeq, long tail) implements Outcome {}

    record Closed(long tail) implements Outcome {}

    /// The name is free, or, while forks still share the records, [Gone].
    record Deleted() implements Outcome {}

    /// The stream is there until `dueMillis` (`Long.MAX_VALUE` for ever) unless it is used before.
    record Touched(long tail, boolean closed, long dueMillis) implements Outcome {}

    record NoSuchStream() implements Outcome {}

    /// The stream was deleted or has expired; its name is taken until the last fork is gone as well.
    record Gone() implements Outcome {}

    /// The append expected another tail than `tail`. Its seq, if it has one, is not used up.
    record WrongTail(long tail) implements Outcome {}

    /// An append met a closed stream; `tail` is its final length.
    record StreamClosed(long tail) implements Outcome {}

    /// The records are not of the stream's kind.
    record WrongContentType(String streams) implements Outcome {}

    /// The append's sequence is not greater than the stream's last one.
    record SequenceBehind(Bytes last) implements Outcome {}

    /// The producer's next number is `expectedSeq`; `receivedSeq` would leave a gap. An unknown producer, and
    /// one with a new epoch, begins at 0. `newEpoch` when the producer was known with a lower epoch.
    record SequenceGap(long expectedSeq, long receivedSeq, boolean newEpoch) implements Outcome {}

    /// The producer has been taken over by `currentEpoch`.
    record Fenced(long currentEpoch) implements Outcome {}

    /// The stream does not know the producer, and may have known and forgotten it: in `epoch` or a lower one. Nothing was
    /// done by this attempt. Whether an earlier one was written cannot be told any more. The producer may begin anew in an
    /// epoch above `epoch`, at seq 0; so may one that was never there and only looks like one that was.
    record ProducerForgotten(long epoch) implements Outcome {}

    /// The stream knows as many producers as it may, and each has appended too lately to be forgotten. The soonest that
    /// there may be room for another is in `waitMillis` of the machine's clock.
    record TooManyProducers(long waitMillis) implements Outcome {}

    /// No fork was made.
    record ForkRefused(Reason reason) implements Outcome {

        /// Why. Encoded by ordinal: add at the end.
        public enum Reason {
            NO_SUCH_SOURCE("the source does not exist"),
            SOURCE_GONE("the source was deleted"),
            SOURCE_CHANGED("the source is another one than the one looked at"),
            PAST_TAIL("the source is not that long"),
            WRONG_CONTENT_TYPE("the source has another content type"),
            TOO_DEEP("the chain of forks is too long");

            private final String text;

            Reason(String text) {
                this.text = text;
            }

            public String text() {
                return text;
            }
        }
    }

    /// A late copy of a request that its gateway has long given up or been told the outcome of; nothing was
    /// done. `session` is the one known of the gateway: it must begin a greater one if that is not its own.
    record RequestForgotten(long session) implements Outcome {}
}
