package holdfast.sim.check.stream;

import java.util.ArrayList;
import java.util.List;

/// Who may have closed a stream after its last batch.
final class Closings {

    private Closings() {}

    /// What to try, in order; a null among them means nobody. Never empty.
    ///
    /// Close calls are alike, so the earliest that may have worked serves for all; so are empty appends without
    /// a producer. One that was told to have closed the stream leaves no choice.
    static List<Line.Closing> of(StreamFacts facts, List<Batch> batches) {
        List<Line.Closing> closings = new ArrayList<>();
        boolean closedByLast = !batches.isEmpty() && batches.getLast().close;
        long tail = batches.isEmpty() ? 0 : batches.getLast().end();
        Line.Closing told = told(facts, tail);
        if (told != null) {
            closings.add(told);
            return closings;
        }
        if (facts.closedBy() == null || closedByLast) {
            closings.add(null);
        }
        if (closedByLast) {
            return closings;
        }
        if (facts.closedBy() != null) {
            plain(facts, closings);
        }
        empty(facts, tail, closings);
        if (closings.isEmpty()) {
            closings.add(null);
        }
        return closings;
    }

    private static Line.Closing told(StreamFacts facts, long tail) {
        for (Batch batch : facts.emptyClosers) {
            if (batch.isPlaced()) {
                Operation maker = batch.maker(tail);
                return maker == null ? null : new Line.Closing(maker, batch);
            }
        }
        return null;
    }

    private static void plain(StreamFacts facts, List<Line.Closing> closings) {
        for (Operation close : facts.closes) {
            if (close.mayHaveHappened()) {
                closings.add(new Line.Closing(close, null));
                return;
            }
        }
    }

    private static void empty(StreamFacts facts, long tail, List<Line.Closing> closings) {
        boolean anonymous = false;
        for (Batch batch : facts.emptyClosers) {
            Operation maker = batch.maker(tail);
            if (maker != null && (batch.hasProducer() || !anonymous)) {
                closings.add(new Line.Closing(maker, batch));
                anonymous |= !batch.hasProducer();
            }
        }
    }
}
