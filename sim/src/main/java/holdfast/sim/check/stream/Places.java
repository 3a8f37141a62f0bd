package holdfast.sim.check.stream;

import holdfast.Bytes;
import java.util.Arrays;
import java.util.List;

/// What was seen where: which batch stands at each offset, and who told that the stream ended there.
///
/// Both arrays are indexed by offset. They stay small because no tail can exceed the number of records that
/// anybody has asked to append: an answer that does is refused before an array grows.
///
/// The rules here need no times: a record nobody wrote, one batch on two offsets, two batches on one offset, a
/// tail inside a batch, and a batch that no attempt can have made.
final class Places {

    private final RecordTable table;
    private final RealTimeRules realTime;
    private Batch[] owners = new Batch[16];
    private Operation[] tellers = new Operation[16];
    /// Records asked for so far, by all batches together.
    private long asked;
    /// The largest tail told, and by whom.
    private long end;
    private Operation endBy;

    Places(RecordTable table, RealTimeRules realTime) {
        this.table = table;
        this.realTime = realTime;
    }

    void asked(int records) {
        asked += records;
    }

    /// The largest tail that is known to have existed.
    long end() {
        return end;
    }

    Operation endBy() {
        return endBy;
    }

    /// The batch at `offset`, or null when nobody has told or seen it.
    Batch owner(long offset) {
        return offset < owners.length ? owners[(int) offset] : null;
    }

    /// Who told first that the stream ended, now or earlier, at `offset`; null when nobody did.
    Operation teller(long offset) {
        return offset < tellers.length ? tellers[(int) offset] : null;
    }

    /// `op` told that the stream ended, now or earlier, at its tail.
    Verdict.Violation tail(Operation op) {
        if (op.tail > asked) {
            return Explain.one(op, "only " + asked + " records had been asked for so far, so no tail can be larger");
        }
        reach(op.tail, op);
        Batch around = op.tail == 0 ? null : owner(op.tail);
        if (around != null && around.base < op.tail) {
            return torn(op, around);
        }
        if (tellers[(int) op.tail] == null) {
            tellers[(int) op.tail] = op;
        }
        return null;
    }

    /// `op` showed these records from `from` on.
    Verdict.Violation records(Operation op, long from, List<Bytes> records) {
        for (int i = 0; i < records.size(); i++) {
            long offset = from + i;
            Batch owner = owner(offset);
            Verdict.Violation violation = owner == null
                    ? discovered(op, offset, records.get(i))
                    : compared(op, offset, records.get(i), owner);
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private static Verdict.Violation compared(Operation op, long offset, Bytes record, Batch owner) {
        Bytes known = owner.records.get((int) (offset - owner.base));
        if (known == record || known.equals(record)) {
            return null;
        }
        return Explain.two(op, "it shows another record at offset " + offset + " than is known from", owner.placedBy);
    }

    private Verdict.Violation discovered(Operation op, long offset, Bytes record) {
        int entry = table.find(record);
        if (entry < 0) {
            return Explain.one(op, "it shows at offset " + offset + " a record that nobody had asked to append");
        }
        return place(table.batch(entry), offset - table.ordinal(entry), op);
    }

    /// `op` told or showed that `batch` stands at `base`.
    Verdict.Violation place(Batch batch, long base, Operation op) {
        if (batch.isPlaced()) {
            return batch.base == base
                    ? null
                    : Explain.two(op, "it puts a batch at " + base + " that stands at " + batch.base + " by", batch.placedBy);
        }
        if (base < 0 || base + batch.size() > asked) {
            return Explain.one(op, "it puts a batch at " + base + ", where it cannot stand");
        }
        Verdict.Violation violation = occupied(batch, base, op);
        if (violation != null) {
            return violation;
        }
        batch.base = base;
        batch.placedBy = op;
        reach(batch.end(), op);
        Arrays.fill(owners, (int) base, (int) batch.end(), batch);
        return made(batch);
    }

    /// Asks who can have made a batch that stands; asked again when one of its attempts turns out not to have.
    Verdict.Violation made(Batch batch) {
        Operation maker = batch.maker(batch.base);
        if (maker == null) {
            String why = "it shows " + Explain.batch(batch) + ", which no attempt that may have been written put there";
            return Explain.one(batch.placedBy, why);
        }
        return realTime.made(batch, maker);
    }

    private Verdict.Violation occupied(Batch batch, long base, Operation op) {
        for (long offset = base; offset < base + batch.size(); offset++) {
            Batch owner = owner(offset);
            if (owner != null) {
                return Explain.two(op, "it puts a batch at " + base + " over " + Explain.batch(owner) + " of", owner.placedBy);
            }
            Operation teller = offset > base ? teller(offset) : null;
            if (teller != null) {
                return Explain.two(teller, "it told a tail inside the batch at " + base + " shown by", op);
            }
        }
        return null;
    }

    private static Verdict.Violation torn(Operation op, Batch around) {
        return Explain.two(op, "it told a tail inside " + Explain.batch(around) + " shown by", around.placedBy);
    }

    private void reach(long tail, Operation by) {
        if (tail >= tellers.length) {
            int length = (int) Math.max(tail + 1, tellers.length * 2L);
            owners = Arrays.copyOf(owners, length);
            tellers = Arrays.copyOf(tellers, length);
        }
        if (tail > end || endBy == null) {
            end = tail;
            endBy = by;
        }
    }
}
