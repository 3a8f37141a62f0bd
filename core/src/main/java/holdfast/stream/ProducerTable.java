package holdfast.stream;

import holdfast.Check;
import holdfast.StateSink;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// What makes a retry safe (thesis §6.3): for each producer of a stream its epoch, the seq of its last append
/// and the receipts of its last eight. It is replicated with the stream, in the same command as the records,
/// so a retry is recognised by every later leader and after every restart.
///
/// | the append's epoch | its seq | is |
/// |---|---|---|
/// | the known one | last + 1 | new |
/// | the known one | at most last, receipt held | a duplicate: the first receipt once more |
/// | the known one | at most last, receipt gone | a duplicate: [Outcome.DuplicateForgotten] |
/// | the known one | greater than last + 1 | a gap: the producer lost an append on the way |
/// | a lower one | any | fenced: the producer was taken over |
/// | a higher one | 0 | new; receipts of the lower epoch are dropped |
/// | a higher one | greater | a gap, 0 expected |
///
/// A producer that the table does not know:
///
/// | its epoch | its seq | is |
/// |---|---|---|
/// | at most that of a forgotten producer which may be the same | any | [Outcome.ProducerForgotten] |
/// | a higher one | greater than 0 | a gap, 0 expected |
/// | a higher one | 0, and the table has room | new |
/// | a higher one | 0, and it has none | [Outcome.TooManyProducers] |
///
/// Only an accepted append changes the table. A refused one leaves its seq unused, so the producer goes on
/// with the same seq; sending something else under it is safe only when every attempt of the refused append
/// has been answered, because a late copy of it is judged like any other append.
///
/// **Forgetting.** The table has room for [ProducerBounds#producersMax] producers. When it is full, a new one takes the
/// place of the one whose last append is the oldest, if that is [ProducerBounds#retentionMillis] ago by the machine's
/// clock; otherwise the new one is refused, and nothing is lost by that but time. So a retry within the retention is
/// told what became of the append. Later it may be told that its producer is forgotten, but it is never done again:
/// [ForgottenProducers].
final class ProducerTable {

    /// Receipts remembered per producer; a power of two.
    static final int RECEIPTS_MAX = 8;

    private static final long NO_SEQ = -1;
    private static final int PRODUCER_BYTES_MIN = 2 + 8 + 8 + 8 + Receipts.BYTES;

    private final ProducerBounds bounds;
    /// In the order of their last append.
    private final LinkedHashMap<String, Line> lines = new LinkedHashMap<>();
    private final ForgottenProducers forgotten;

    ProducerTable(ProducerBounds bounds) {
        this(bounds, new ForgottenProducers());
    }

    private ProducerTable(ProducerBounds bounds, ForgottenProducers forgotten) {
        this.bounds = bounds;
        this.forgotten = forgotten;
    }

    /// One producer in its current epoch. The receipt of seq stands at `seq mod 8`.
    private static final class Line {
        private final long epoch;
        private final Outcome.Appended[] receipts = new Outcome.Appended[RECEIPTS_MAX];
        private long lastSeq;
        /// The machine's clock at the last append.
        private long millis;

        /// A line that goes on after `lastSeq`; a new one after [#NO_SEQ].
        Line(long epoch, long lastSeq) {
            this.epoch = epoch;
            this.lastSeq = lastSeq;
        }

        void add(long seq, Outcome.Appended receipt, long atMillis) {
            Check.that(seq == lastSeq + 1, "a producer's appends are numbered without a gap", seq, lastSeq);
            lastSeq = seq;
            millis = atMillis;
            receipts[slot(seq)] = receipt;
        }

        /// Whether the receipt of a seq up to the last is still there.
        boolean holds(long seq) {
            return seq >= oldestHeld();
        }

        long oldestHeld() {
            return oldestHeld(lastSeq);
        }

        static long oldestHeld(long lastSeq) {
            return Math.max(0, lastSeq - RECEIPTS_MAX + 1);
        }

        Outcome.Appended receipt(long seq) {
            return receipts[slot(seq)];
        }

        private static int slot(long seq) {
            return (int) (seq & (RECEIPTS_MAX - 1));
        }
    }

    // ---- judging -------------------------------------------------------------------------------------------

    /// The answer to a retry, to a fenced producer and to one that may have been forgotten, or null if the append is none
    /// of these. `tail` is the stream's.
    Outcome duplicateOrFenced(Command.Producer producer, long tail) {
        Line line = lines.get(producer.id());
        if (line == null) {
            long epoch = forgotten.epochOf(producer.id());
            return producer.epoch() > epoch ? null : new Outcome.ProducerForgotten(epoch);
        }
        if (producer.epoch() != line.epoch) {
            return producer.epoch() > line.epoch ? null : new Outcome.Fenced(line.epoch);
        }
        if (producer.seq() > line.lastSeq) {
            return null;
        }
        return line.holds(producer.seq())
                ? line.receipt(producer.seq()).asDuplicate(line.lastSeq)
                : new Outcome.DuplicateForgotten(line.lastSeq, tail);
    }

    /// The answer to an append that skips a seq, or null. It is neither a duplicate nor fenced.
    Outcome gap(Command.Producer producer) {
        Line line = lines.get(producer.id());
        boolean newEpoch = line != null && producer.epoch() > line.epoch;
        long expected = line == null || newEpoch ? 0 : line.lastSeq + 1;
        return producer.seq() == expected ? null : new Outcome.SequenceGap(expected, producer.seq(), newEpoch);
    }

    /// The answer to a producer for which there is no room at `nowMillis`, or null.
    Outcome noRoom(Command.Producer producer, long nowMillis) {
        if (lines.containsKey(producer.id()) || lines.size() < bounds.producersMax()) {
            return null;
        }
        long waitMillis = bounds.retentionMillis() - (nowMillis - lines.firstEntry().getValue().millis);
        return waitMillis <= 0 ? null : new Outcome.TooManyProducers(waitMillis);
    }

    /// Remembers an append that was new, and for which there is room.
    void accepted(Command.Producer producer, Outcome.Appended receipt, long nowMillis) {
        Line line = lines.get(producer.id());
        if (line == null || producer.epoch() > line.epoch) {
            line = new Line(producer.epoch(), NO_SEQ);
        }
        Check.that(producer.epoch() == line.epoch, "a fenced producer is not accepted", producer.epoch(), line.epoch);
        line.add(producer.seq(), receipt, nowMillis);
        lines.putLast(producer.id(), line);
        if (lines.size() > bounds.producersMax()) {
            Map.Entry<String, Line> oldest = lines.pollFirstEntry();
            forgotten.add(oldest.getKey(), oldest.getValue().epoch);
        }
    }

    void describe(StateSink sink) {
        sink.add("producers", lines.size());
        for (Map.Entry<String, Line> entry : lines.entrySet()) {
            Line line = entry.getValue();
            sink.begin("producer").add("id", entry.getKey());
            sink.add("epoch", line.epoch).add("lastSeq", line.lastSeq).add("millis", line.millis);
            for (long seq = line.oldestHeld(); seq <= line.lastSeq; seq++) {
                Outcome.Appended receipt = line.receipt(seq);
                sink.add("first", receipt.first()).add("next", receipt.next()).add("index", receipt.index());
                sink.add("digest", receipt.digest()).add("closed", receipt.closed());
            }
            sink.end();
        }
        forgotten.describe(sink);
    }

    // ---- image ---------------------------------------------------------------------------------------------

    long encodedBytes() {
        long bytes = Integer.BYTES + forgotten.encodedBytes();
        for (Map.Entry<String, Line> entry : lines.entrySet()) {
            Line line = entry.getValue();
            long receipts = line.lastSeq - line.oldestHeld() + 1;
            bytes += ImageBytes.textBytes(entry.getKey()) + 8 + 8 + 8 + receipts * Receipts.BYTES;
        }
        return bytes;
    }

    /// `producers u32`, then each in the order of its last append: `id, epoch u64, lastSeq u64, millis u64` (the machine's
    /// clock at the last append) and the receipts of the last `min(8, lastSeq + 1)` seqs, oldest first; then what is left
    /// of those that were forgotten ([ForgottenProducers#encode]).
    void encode(ByteBuffer out) {
        out.putInt(lines.size());
        for (Map.Entry<String, Line> entry : lines.entrySet()) {
            Line line = entry.getValue();
            ImageBytes.putText(out, entry.getKey());
            out.putLong(line.epoch).putLong(line.lastSeq).putLong(line.millis);
            for (long seq = line.oldestHeld(); seq <= line.lastSeq; seq++) {
                Receipts.encode(out, line.receipt(seq));
            }
        }
        forgotten.encode(out);
    }

    static ProducerTable decode(ByteBuffer in, ProducerBounds bounds) {
        int count = ImageBytes.count(in, PRODUCER_BYTES_MIN);
        Check.that(count <= bounds.producersMax(), "producers of a stream", count, bounds.producersMax());
        LinkedHashMap<String, Line> lines = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String id = ImageBytes.text(in);
            Check.that(lines.put(id, decodeLine(in)) == null, "a producer stands once in its table");
        }
        ProducerTable table = new ProducerTable(bounds, ForgottenProducers.decode(in));
        table.lines.putAll(lines);
        return table;
    }

    private static Line decodeLine(ByteBuffer in) {
        long epoch = in.getLong();
        long lastSeq = in.getLong();
        long millis = in.getLong();
        Check.that(lastSeq >= 0, "a known producer has appended", lastSeq, 0);
        long oldest = Line.oldestHeld(lastSeq);
        Line line = new Line(epoch, oldest - 1);
        for (long seq = oldest; seq <= lastSeq; seq++) {
            line.add(seq, Receipts.decode(in, seq), millis);
        }
        return line;
    }
}
