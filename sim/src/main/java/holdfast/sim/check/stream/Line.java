package holdfast.sim.check.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/// One complete history of the stream itself: its batches in order, and whether and by whom it is closed at the
/// end. The states are numbered in the only order they can have:
///
///     0          1            2          3               n+1        n+2
///     absent --> empty -----> B1 ------> B1 B2 -- .. --> B1..Bn --> closed
///          create     append B1   append B2                    close
///
/// When the last batch closes the stream as it is appended, state n+1 is the closed one and there is no n+2.
final class Line {

    static final int ABSENT = 0;
    static final int EMPTY = 1;
    /// No such state; larger than every state, so that "before it" means no limit.
    static final int NO_STATE = Integer.MAX_VALUE;

    /// Who closes the stream after the last batch.
    ///
    /// @param maker the call that does, or leaves most time for it
    /// @param batch the empty batch it is an attempt of, or null for a plain close
    record Closing(Operation maker, Batch batch) {}

    private final List<Batch> batches;
    private final Closing closing;
    private final long tail;
    /// By offset: the first state with that tail.
    private final int[] stateOfTail;
    /// By ordinal of the batch: the state just after it.
    private final int[] stateOfBatch;
    private final LinkedHashMap<String, ProducerLine> producers = new LinkedHashMap<>();
    /// The first batch whose place on the line breaks a rule, or null.
    private Batch misplaced;

    /// @param closing who closes, or null: then nobody does, or the last batch
    Line(List<Batch> batches, Closing closing, int batchCount) {
        this.batches = new ArrayList<>(batches);
        this.closing = closing;
        long end = 0;
        for (Batch batch : batches) {
            end += batch.size();
        }
        tail = end;
        stateOfTail = new int[(int) end + 1];
        Arrays.fill(stateOfTail, NO_STATE);
        stateOfTail[0] = EMPTY;
        stateOfBatch = new int[batchCount];
        Arrays.fill(stateOfBatch, NO_STATE);
        number();
    }

    private void number() {
        int offset = 0;
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.get(i);
            int state = EMPTY + 1 + i;
            offset += batch.size();
            stateOfTail[offset] = state;
            enter(batch, state);
            if (batch.close && state != lastBatchState() && misplaced == null) {
                misplaced = batch;
            }
        }
        if (closing != null && closing.batch() != null) {
            enter(closing.batch(), lastBatchState() + 1);
            boolean closedBefore = !batches.isEmpty() && batches.getLast().close;
            boolean elsewhere = closing.batch().isPlaced() && closing.batch().base != tail;
            if ((closedBefore || elsewhere) && misplaced == null) {
                misplaced = closing.batch();
            }
        }
    }

    private void enter(Batch batch, int state) {
        stateOfBatch[batch.ordinal] = state;
        if (batch.hasProducer()) {
            ProducerLine producer = producers.computeIfAbsent(batch.producer.id(), _ -> new ProducerLine());
            boolean fits = producer.add(batch.producer.epoch(), batch.producer.seq(), state);
            if (!fits && misplaced == null) {
                misplaced = batch;
            }
        }
    }

    List<Batch> batches() {
        return batches;
    }

    Closing closing() {
        return closing;
    }

    /// A batch after the end of the stream, or out of its producer's order; null if all are in place.
    Batch misplaced() {
        return misplaced;
    }

    long tail() {
        return tail;
    }

    /// The state after the last batch.
    int lastBatchState() {
        return EMPTY + batches.size();
    }

    /// The closed state, or [#NO_STATE] if the stream is not closed on this line.
    int closedState() {
        if (!batches.isEmpty() && batches.getLast().close) {
            return lastBatchState();
        }
        return closing == null ? NO_STATE : lastBatchState() + 1;
    }

    /// The first state with this tail, or [#NO_STATE] if no state has it.
    int stateOfTail(long at) {
        return at >= 0 && at <= tail ? stateOfTail[(int) at] : NO_STATE;
    }

    /// The state just after `batch`, or [#NO_STATE] if it is not on the line.
    int stateOf(Batch batch) {
        return stateOfBatch[batch.ordinal];
    }

    ProducerLine producer(String id) {
        ProducerLine known = producers.get(id);
        return known == null ? new ProducerLine() : known;
    }
}
