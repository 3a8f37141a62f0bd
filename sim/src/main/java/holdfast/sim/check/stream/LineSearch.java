package holdfast.sim.check.stream;

import holdfast.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds a [Line] that the [Judge] accepts. Where every offset was seen or told there is one line, and this is no
/// search at all. Gaps can only have been filled by appends without an answer that nobody saw; with batches of
/// several sizes filling them is as hard as bin packing, so the search, depth first and left to right, has a
/// budget: one configuration for each batch put down, and for a line judged one for every 64 operations.
final class LineSearch {

    private static final int OPERATIONS_PER_CONFIGURATION = 64;

    private final StreamFacts facts;
    private final Budget budget;
    private final List<Gap> gaps;
    /// Null where nothing is missing.
    private final Candidates candidates;

    private Verdict.Violation refuted;
    private int lines;
    /// The rightmost gap that was tried, and what was missing when all were full.
    private Gap deepest;
    private Operation unplaceable;

    /// The judge that accepted, or null.
    private Judge accepted;

    LineSearch(StreamFacts facts, Budget budget) {
        this.facts = facts;
        this.budget = budget;
        gaps = Gap.of(facts);
        candidates = gaps.isEmpty() && !facts.producersRefused() ? null : new Candidates(facts);
    }

    /// One point of the search: what can stand at `offset` of gap number `gap`, and which of it was tried.
    private static final class Point {
        private final long offset;
        private final int gap;
        private final List<Batch> options;
        private int next;

        Point(long offset, int gap, List<Batch> options) {
            this.offset = offset;
            this.gap = gap;
            this.options = options;
        }
    }

    Verdict verdict(Certificate certificate) {
        if (candidates == null || gaps.isEmpty() && candidates.isComplete()) {
            return judged() ? new Verdict.Linearizable() : ended();
        }
        boolean found = certified(certificate.records(facts.name)) || search();
        return found ? new Verdict.Linearizable() : ended();
    }

    private Verdict ended() {
        if (budget.isSpent()) {
            return new Verdict.Undecided("the budget was used up while looking for what stands where nobody read, in stream "
                    + facts.name);
        }
        if (refuted != null) {
            return lines == 1
                    ? refuted
                    : new Verdict.Violation(
                            "none of " + lines + " orders of unanswered appends fits; in the first, " + refuted.explanation(),
                            refuted.first(), refuted.second());
        }
        if (unplaceable != null) {
            return Explain.one(unplaceable, "it proves that an earlier append of its producer was written, which fits nowhere");
        }
        String hole = "it proves that something stood at [" + deepest.from() + ", " + deepest.to()
                + ") of the stream, but no appends that may have been written fit there";
        return Explain.one(deepest.prover(), hole);
    }

    private boolean search() {
        List<Point> path = new ArrayList<>();
        if (enter(path, 0, gaps.isEmpty() ? facts.places.end() : gaps.getFirst().from())) {
            return true;
        }
        while (!path.isEmpty()) {
            Point point = path.getLast();
            if (point.next > 0) {
                candidates.giveBack(point.options.get(point.next - 1));
            }
            if (point.next == point.options.size() || !budget.spend(1)) {
                path.removeLast();
                continue;
            }
            Batch chosen = point.options.get(point.next++);
            candidates.take(chosen, point.offset);
            if (advance(path, point.gap, chosen.end())) {
                return true;
            }
        }
        return false;
    }

    /// Goes on at `offset`, in the next gap if this one is full.
    private boolean advance(List<Point> path, int gap, long offset) {
        boolean full = gap < gaps.size() && offset == gaps.get(gap).to();
        if (!full) {
            return enter(path, gap, offset);
        }
        boolean last = gap + 1 == gaps.size();
        return enter(path, gap + 1, last ? facts.places.end() : gaps.get(gap + 1).from());
    }

    /// Adds the next point, or judges the line if nothing is missing any more.
    private boolean enter(List<Point> path, int gap, long offset) {
        boolean beyond = gap == gaps.size();
        if (beyond && candidates.isComplete()) {
            return judged();
        }
        Gap here = beyond ? Gap.after(offset) : gaps.get(gap);
        if (beyond && unplaceable == null) {
            unplaceable = candidates.missedBy();
        }
        if (!beyond && (deepest == null || here.from() > deepest.from())) {
            deepest = here;
        }
        path.add(new Point(offset, gap, candidates.at(offset, here, facts.places.end())));
        return false;
    }

    /// Fills the gaps as the hint says; leaves nothing behind if that is no line.
    private boolean certified(List<Bytes> records) {
        List<Batch> taken = new ArrayList<>();
        boolean passed = fill(records, taken) && judged();
        if (!passed) {
            for (Batch batch : taken.reversed()) {
                candidates.giveBack(batch);
            }
            refuted = null;
            lines = 0;
        }
        return passed;
    }

    private boolean fill(List<Bytes> records, List<Batch> taken) {
        for (Gap gap : gaps) {
            for (long offset = gap.from(); offset < gap.to(); offset = taken.getLast().end()) {
                if (!put(records, offset, gap, taken)) {
                    return false;
                }
            }
        }
        long offset = facts.places.end();
        while (!candidates.isComplete()) {
            if (!put(records, offset, Gap.after(offset), taken)) {
                return false;
            }
            offset = taken.getLast().end();
        }
        return true;
    }

    private boolean put(List<Bytes> records, long offset, Gap gap, List<Batch> taken) {
        int entry = offset < records.size() ? facts.table.find(records.get((int) offset)) : -1;
        if (entry < 0 || facts.table.ordinal(entry) != 0) {
            return false;
        }
        Batch batch = facts.table.batch(entry);
        Operation maker = batch.isAlive() && !batch.isPlaced() ? batch.maker(offset) : null;
        if (maker == null || maker.invokedAt > gap.deadline() || batch.size() > gap.to() - offset) {
            return false;
        }
        candidates.take(batch, offset);
        taken.add(batch);
        return true;
    }

    /// Whether the line as it is now passes, with one closing or another.
    private boolean judged() {
        List<Batch> batches = new ArrayList<>();
        for (Batch batch : facts.batches) {
            if (batch.isPlaced() && batch.size() > 0) {
                batches.add(batch);
            }
        }
        batches.sort(Comparator.comparingLong(batch -> batch.base));
        for (Line.Closing closing : Closings.of(facts, batches)) {
            if (lines > 0 && !budget.spend(1 + facts.operations.size() / OPERATIONS_PER_CONFIGURATION)) {
                return false;
            }
            lines++;
            Judge judge = new Judge(facts, new Line(batches, closing, facts.batches.size()));
            Verdict.Violation violation = judge.judge();
            if (violation == null) {
                accepted = judge;
                return true;
            }
            if (refuted == null) {
                refuted = violation;
            }
        }
        return false;
    }

    /// The order behind a verdict that said linearizable.
    List<Witness> witness() {
        return accepted.witness();
    }
}
