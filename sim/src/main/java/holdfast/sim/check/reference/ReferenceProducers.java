package holdfast.sim.check.reference;

import holdfast.Bytes;
import holdfast.Hasher;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.ProducerBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The producers of one stream, the one that appended last at the end.
final class ReferenceProducers {

    private static final int RECEIPTS = 8;
    private static final int GROUPS = 256;
    private static final long NOBODY = -1;

    private static final class Producer {
        final String id;
        final long epoch;
        final List<Outcome.Appended> receipts = new ArrayList<>();
        long millis;

        Producer(String id, long epoch) {
            this.id = id;
            this.epoch = epoch;
        }

        long lastSeq() {
            return receipts.size() - 1L;
        }
    }

    private final ProducerBounds bounds;
    private final List<Producer> producers = new ArrayList<>();
    private final TreeMap<Integer, Long> forgotten = new TreeMap<>();

    ReferenceProducers(ProducerBounds bounds) {
        this.bounds = bounds;
    }

    private Producer find(String id) {
        return producers.stream().filter(producer -> producer.id.equals(id)).findFirst().orElse(null);
    }

    /// What was written, taken over or forgotten is told before anything else; null if it is none of these.
    Outcome known(Command.Producer asks, long tail) {
        Producer producer = find(asks.id());
        if (producer == null) {
            long epoch = forgotten.getOrDefault(groupOf(asks.id()), NOBODY);
            return asks.epoch() <= epoch ? new Outcome.ProducerForgotten(epoch) : null;
        }
        if (asks.epoch() < producer.epoch) {
            return new Outcome.Fenced(producer.epoch);
        }
        if (asks.epoch() > producer.epoch || asks.seq() > producer.lastSeq()) {
            return null;
        }
        if (asks.seq() <= producer.lastSeq() - RECEIPTS) {
            return new Outcome.DuplicateForgotten(producer.lastSeq(), tail);
        }
        Outcome.Appended first = producer.receipts.get((int) asks.seq());
        return new Outcome.Appended(
                first.first(), first.next(), first.index(), first.digest(), true, first.closed(), producer.lastSeq());
    }

    Outcome gap(Command.Producer asks) {
        Producer producer = find(asks.id());
        boolean isNewEpoch = producer != null && asks.epoch() > producer.epoch;
        long expected = producer == null || isNewEpoch ? 0 : producer.lastSeq() + 1;
        return asks.seq() == expected ? null : new Outcome.SequenceGap(expected, asks.seq(), isNewEpoch);
    }

    Outcome noRoom(Command.Producer asks, long nowMillis) {
        if (find(asks.id()) != null || producers.size() < bounds.producersMax()) {
            return null;
        }
        long age = nowMillis - producers.getFirst().millis;
        return age >= bounds.retentionMillis() ? null : new Outcome.TooManyProducers(bounds.retentionMillis() - age);
    }

    void accepted(Command.Producer asks, Outcome.Appended receipt, long nowMillis) {
        Producer producer = find(asks.id());
        producers.remove(producer);
        if (producer == null || asks.epoch() > producer.epoch) {
            producer = new Producer(asks.id(), asks.epoch());
        }
        producer.receipts.add(receipt);
        producer.millis = nowMillis;
        producers.add(producer);
        if (producers.size() > bounds.producersMax()) {
            Producer oldest = producers.removeFirst();
            forgotten.merge(groupOf(oldest.id), oldest.epoch, Math::max);
        }
    }

    static int groupOf(String id) {
        return Math.floorMod(new Hasher().add(Bytes.utf8(id)).finish().low(), GROUPS);
    }
}
