package holdfast.sim.check.stream;

import java.util.ArrayList;
import java.util.List;

/// Offsets `[from, to)` that somebody proved to exist and nobody showed. No tail was told inside, so everything
/// that stands there was there before the same answer: the first one that told of more than `from`.
///
/// @param prover whose answer that was; null for the room after the last known offset, where nothing need be
record Gap(long from, long to, Operation prover) {

    /// Whatever fills the gap began before this event.
    int deadline() {
        return prover == null ? Operation.NEVER : prover.answeredAt;
    }

    /// The room after everything that is known.
    static Gap after(long end) {
        return new Gap(end, Long.MAX_VALUE, null);
    }

    /// The gaps of a stream in order of offset.
    static List<Gap> of(StreamFacts facts) {
        List<Gap> gaps = new ArrayList<>();
        Provers provers = null;
        long end = facts.places.end();
        long offset = 0;
        while (offset < end) {
            Batch owner = facts.places.owner(offset);
            if (owner != null) {
                offset = owner.end();
                continue;
            }
            if (provers == null) {
                provers = new Provers(facts);
            }
            long to = offset + 1;
            while (to < end && facts.places.owner(to) == null && facts.places.teller(to) == null) {
                to++;
            }
            gaps.add(new Gap(offset, to, provers.beyond(offset)));
            offset = to;
        }
        return gaps;
    }

    /// The answers that told of a larger tail than any before, in order of time.
    private static final class Provers {

        private final List<Operation> records = new ArrayList<>();
        private int at;

        Provers(StreamFacts facts) {
            long farthest = -1;
            for (int i = 0; i < facts.eventCount(); i++) {
                Operation op = facts.operations.get(facts.event(i) >> 1);
                if ((facts.event(i) & 1) == 1 && op.tail > farthest) {
                    farthest = op.tail;
                    records.add(op);
                }
            }
        }

        /// The first that told of more than `offset`; asked for rising offsets.
        Operation beyond(long offset) {
            while (records.get(at).tail <= offset) {
                at++;
            }
            return records.get(at);
        }
    }
}
