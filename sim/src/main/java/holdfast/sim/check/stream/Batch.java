package holdfast.sim.check.stream;

import holdfast.Bytes;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;

/// One logical append: all attempts with the same producer triple and content, or a single attempt without a
/// producer. It stands in the stream at most once, whole.
final class Batch {

    /// The base of a batch whose place nobody has told or seen.
    static final long UNPLACED = -1;

    final int ordinal;
    final Command.Producer producer;
    final List<Bytes> records;
    final boolean close;

    long base = UNPLACED;
    /// Whose answer told the base.
    Operation placedBy;
    /// The attempt that was told that it was the first to be applied.
    Operation first;
    /// Attempts that may have been applied.
    int possible;

    private Operation firstAttempt;
    /// Null as long as there is only one; mostly there is.
    private List<Operation> otherAttempts;

    Batch(int ordinal, Command.Producer producer, List<Bytes> records, boolean close) {
        this.ordinal = ordinal;
        this.producer = producer;
        this.records = records;
        this.close = close;
    }

    int size() {
        return records.size();
    }

    long end() {
        return base + records.size();
    }

    boolean isPlaced() {
        return base != UNPLACED;
    }

    boolean hasProducer() {
        return !producer.isNone();
    }

    /// Whether some attempt may have been applied.
    boolean isAlive() {
        return possible > 0;
    }

    void attempt(Operation attempt) {
        if (firstAttempt == null) {
            firstAttempt = attempt;
        } else {
            otherAttempts = otherAttempts == null ? new ArrayList<>(1) : otherAttempts;
            otherAttempts.add(attempt);
        }
        possible++;
    }

    /// The tail that the only attempt of a batch without producer expects, or [Command#ANY_TAIL].
    long onlyExpected() {
        return firstAttempt.expectedTail();
    }

    /// The attempt that made the append, or the one that leaves it most time: the earliest that may have been
    /// applied at `base`. Null when there is none.
    ///
    /// When an answer said "first, not a duplicate" it is that attempt. Otherwise taking the earliest loses
    /// nothing: the append happened before the first answer that knew of it, and an unanswered attempt has no end.
    Operation maker(long at) {
        if (first != null) {
            return first.allows(at) ? first : null;
        }
        if (firstAttempt.mayHaveHappened() && firstAttempt.allows(at)) {
            return firstAttempt;
        }
        if (otherAttempts != null) {
            for (Operation attempt : otherAttempts) {
                if (attempt.mayHaveHappened() && attempt.allows(at)) {
                    return attempt;
                }
            }
        }
        return null;
    }
}
