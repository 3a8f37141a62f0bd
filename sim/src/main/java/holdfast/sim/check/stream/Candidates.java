package holdfast.sim.check.stream;

import holdfast.sim.history.Answer;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/// The batches whose place nobody told or saw and that may have been written: what gaps can be filled with.
///
/// Batches that are alike are tried in one order only. Of those without producer, condition and close, and of one
/// size, the earliest serves wherever a later one does, and what remains is the later one, which nothing limits
/// but its call. One that is conditional on this very offset fits nowhere else, so it goes before an
/// unconditional one of its size. Both exchanges keep every order that passes.
final class Candidates {

    /// A batch of a producer, and the base of the next batch of its epoch that has a place: it must be before.
    private record Numbered(Batch batch, long before) {}

    private final StreamFacts facts;
    /// By size, in order of call; the first `taken` of them have a place.
    private final TreeMap<Integer, Plain> plain = new TreeMap<>();
    /// By expected tail, in order of call.
    private final LinkedHashMap<Long, List<Batch>> conditional = new LinkedHashMap<>();
    private final List<Numbered> numbered = new ArrayList<>();
    /// Those that close the stream as they are appended.
    private final List<Batch> closing = new ArrayList<>();
    /// Those that some answer proves to be there, and whose answer that is.
    private final List<Required> required = new ArrayList<>();
    private final BitSet requiredOrdinals = new BitSet();

    private record Required(Batch batch, Operation prover) {}

    private static final class Plain {
        private final List<Batch> batches = new ArrayList<>();
        private int taken;
    }

    Candidates(StreamFacts facts) {
        this.facts = facts;
        for (Batch batch : facts.batches) {
            if (batch.size() > 0 && batch.isAlive() && !batch.isPlaced()) {
                sort(batch);
            }
        }
        for (Operation op : facts.operations) {
            if (!op.producer().isNone() && op.answer != null) {
                require(op);
            }
        }
    }

    private void sort(Batch batch) {
        if (batch.hasProducer()) {
            numbered.add(new Numbered(batch, nextPlaced(batch.producer)));
        } else if (batch.close) {
            closing.add(batch);
        } else if (batch.onlyExpected() == Command.ANY_TAIL) {
            plain.computeIfAbsent(batch.size(), _ -> new Plain()).batches.add(batch);
        } else {
            conditional.computeIfAbsent(batch.onlyExpected(), _ -> new ArrayList<>(1)).add(batch);
        }
    }

    private long nextPlaced(Command.Producer after) {
        for (long seq = after.seq() + 1; ; seq++) {
            Batch next = batch(after.id(), after.epoch(), seq);
            if (next == null) {
                return Long.MAX_VALUE;
            }
            if (next.isPlaced()) {
                return next.base;
            }
        }
    }

    private Batch batch(String id, long epoch, long seq) {
        return facts.batchOf(new Command.Producer(id, epoch, seq));
    }

    private void require(Operation op) {
        Command.Producer sent = op.producer();
        switch (op.answer) {
            case Answer.SequenceGap gap -> require(op, sent.epoch(), gap.expectedSeq() - 1);
            case Answer.WrongTail _ -> require(op, sent.epoch(), sent.seq() - 1);
            case Answer.DuplicateForgotten f -> require(op, sent.epoch(), f.lastSeq());
            case Answer.Fenced fenced -> require(op, fenced.currentEpoch(), 0);
            case Answer.Created _, Answer.AlreadyExists _, Answer.Appended _, Answer.Closed _, Answer.Deleted _,
                    Answer.NoSuchStream _, Answer.StreamClosed _, Answer.ProducerForgotten _, Answer.NotWritten _,
                    Answer.Unknown _,
                    Answer.Records _, Answer.TailIs _, Answer.PastTail _, Answer.Nothing _ -> {}
        }
    }

    /// The batch and all before it in its epoch.
    private void require(Operation prover, long epoch, long last) {
        for (long seq = last; seq >= 0; seq--) {
            Batch batch = batch(prover.producer().id(), epoch, seq);
            if (batch == null || batch.isPlaced() || requiredOrdinals.get(batch.ordinal)) {
                return;
            }
            if (batch.isAlive() && batch.size() > 0) {
                requiredOrdinals.set(batch.ordinal);
                required.add(new Required(batch, prover));
            }
        }
    }

    /// Whether every batch that must be there has a place.
    boolean isComplete() {
        return missedBy() == null;
    }

    /// Whose answer proves a batch to be there that has no place, or null.
    Operation missedBy() {
        for (Required batch : required) {
            if (!batch.batch().isPlaced()) {
                return batch.prover();
            }
        }
        return null;
    }

    /// What can stand at `offset` of `gap`, most promising first.
    ///
    /// @param end the offset where the line ends; only there a batch may close
    List<Batch> at(long offset, Gap gap, long end) {
        List<Batch> options = new ArrayList<>();
        long room = gap.to() - offset;
        for (Batch batch : conditional.getOrDefault(offset, List.of())) {
            if (fits(batch, offset, room, gap) && lacksSize(options, batch.size())) {
                options.add(batch);
            }
        }
        int conditionals = options.size();
        for (Numbered candidate : numbered) {
            Batch batch = candidate.batch();
            if (!batch.isPlaced() && candidate.before() <= offset) {
                return List.of();
            }
            boolean inOrder = candidate.before() >= offset + batch.size() && follows(batch, offset);
            boolean last = !batch.close || offset + batch.size() >= end;
            if (inOrder && last && fits(batch, offset, room, gap)) {
                options.add(batch);
            }
        }
        for (Plain alike : plain.values()) {
            Batch batch = alike.taken < alike.batches.size() ? alike.batches.get(alike.taken) : null;
            boolean replaced = batch != null && !lacksSize(options.subList(0, conditionals), batch.size());
            if (batch != null && !replaced && fits(batch, offset, room, gap)) {
                options.add(batch);
            }
        }
        for (Batch batch : closing) {
            if (offset + batch.size() >= end && fits(batch, offset, room, gap)) {
                options.add(batch);
            }
        }
        return options;
    }

    private static boolean lacksSize(List<Batch> options, int size) {
        for (Batch option : options) {
            if (option.size() == size) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Batch batch, long offset, long room, Gap gap) {
        if (batch.isPlaced() || batch.size() > room) {
            return false;
        }
        Operation maker = batch.maker(offset);
        return maker != null && maker.invokedAt < gap.deadline();
    }

    /// Whether the batch before it in its epoch stands before `offset`.
    private boolean follows(Batch batch, long offset) {
        Command.Producer producer = batch.producer;
        if (producer.seq() == 0) {
            return true;
        }
        Batch previous = batch(producer.id(), producer.epoch(), producer.seq() - 1);
        return previous != null && previous.isPlaced() && previous.end() <= offset;
    }

    void take(Batch batch, long base) {
        batch.base = base;
        if (isPlain(batch)) {
            plain.get(batch.size()).taken++;
        }
    }

    void giveBack(Batch batch) {
        batch.base = Batch.UNPLACED;
        if (isPlain(batch)) {
            plain.get(batch.size()).taken--;
        }
    }

    private static boolean isPlain(Batch batch) {
        return !batch.hasProducer() && !batch.close && batch.onlyExpected() == Command.ANY_TAIL;
    }
}
