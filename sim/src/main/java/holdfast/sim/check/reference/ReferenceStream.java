package holdfast.sim.check.reference;

import holdfast.Bytes;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.Setup;
import holdfast.stream.StreamView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One stream: for each of its own records the log index that brought it.
final class ReferenceStream {

    private static final long GRACE_MILLIS = 1_000;

    final String name;
    final long incarnation;
    final Setup setup;
    final ReferenceStream source;
    final ReferenceProducers producers;
    private final Hasher hasher;
    private final long begin;
    private final List<Long> indexes = new ArrayList<>();
    private final List<Bytes> records = new ArrayList<>();
    private Digest digest = Digest.ZERO;
    private Bytes sequence = Bytes.EMPTY;
    private long dueMillis = Long.MAX_VALUE;
    boolean closed;
    boolean gone;

    /// @param source what it is a fork of, or null
    /// @param begin the offset of its first own record
    ReferenceStream(
            String name, long incarnation, Setup setup, ReferenceStream source, long begin, ReferenceProducers producers,
            Hasher hasher) {
        this.name = name;
        this.incarnation = incarnation;
        this.setup = setup;
        this.source = source;
        this.begin = begin;
        this.producers = producers;
        this.hasher = hasher;
        if (source != null) {
            digest = hasher.add(source.incarnation).add(begin).finish();
        }
    }

    long tail() {
        return begin + indexes.size();
    }

    long dueMillis() {
        return dueMillis;
    }

    StreamView view() {
        return new StreamView(incarnation, tail(), closed, digest, setup, dueMillis, gone);
    }

    /// The log index of the entry that holds the record at this offset.
    long indexAt(long offset) {
        return offset < begin ? source.indexAt(offset) : indexes.get((int) (offset - begin));
    }

    Bytes recordAt(long offset) {
        return offset < begin ? source.recordAt(offset) : records.get((int) (offset - begin));
    }

    // ---- life ----------------------------------------------------------------------------------------------

    void usedAt(long nowMillis) {
        if (setup.ttlSeconds() != Setup.NEVER) {
            dueMillis = nowMillis + 1_000 * setup.ttlSeconds();
        } else {
            dueMillis = setup.expiresAtMillis() == Setup.NEVER ? Long.MAX_VALUE : setup.expiresAtMillis();
        }
    }

    /// Nobody could use it for `pausedMillis`: it is left what it had, up to a second from now, and no more than a whole life.
    void prolong(long pausedMillis, long nowMillis) {
        if (!gone && setup.ttlSeconds() != Setup.NEVER) {
            long left = Math.min(dueMillis + pausedMillis, nowMillis + GRACE_MILLIS);
            long whole = nowMillis + 1_000 * setup.ttlSeconds();
            dueMillis = Math.max(dueMillis, Math.min(left, whole));
        }
    }

    void bury() {
        gone = true;
        dueMillis = Long.MAX_VALUE;
    }

    // ---- writing -------------------------------------------------------------------------------------------

    /// Null if the append is new and allowed.
    Outcome refusal(Command.Append append, long nowMillis) {
        Command.Producer producer = append.producer();
        Outcome known = producer.isNone() ? null : producers.known(producer, tail());
        if (known != null) {
            return known;
        }
        if (closed) {
            return new Outcome.StreamClosed(tail());
        }
        if (!append.contentType().isEmpty() && !isSameType(append.contentType(), setup.contentType())) {
            return new Outcome.WrongContentType(setup.contentType());
        }
        Outcome gap = producer.isNone() ? null : producers.gap(producer);
        if (gap != null) {
            return gap;
        }
        if (!append.sequence().isEmpty() && !isGreater(append.sequence(), sequence)) {
            return new Outcome.SequenceBehind(sequence);
        }
        if (append.expectedTail() != Command.ANY_TAIL && append.expectedTail() != tail()) {
            return new Outcome.WrongTail(tail());
        }
        return producer.isNone() ? null : producers.noRoom(producer, nowMillis);
    }

    /// Takes what is not refused.
    Outcome.Appended append(long index, Command.Append append, long nowMillis) {
        long first = tail();
        take(index, append.records(), append.close());
        if (!append.sequence().isEmpty()) {
            sequence = append.sequence();
        }
        boolean isNumbered = !append.producer().isNone();
        Outcome.Appended receipt = new Outcome.Appended(
                first, tail(), index, digest, false, closed, isNumbered ? append.producer().seq() : Outcome.NO_SEQ);
        if (isNumbered) {
            producers.accepted(append.producer(), receipt, nowMillis);
        }
        return receipt;
    }

    void take(long index, List<Bytes> taken, boolean close) {
        for (Bytes record : taken) {
            indexes.add(index);
            records.add(record);
            digest = hasher.add(digest).add(record).finish();
        }
        closed |= close;
    }

    // ---- comparing -----------------------------------------------------------------------------------------

    /// Type and subtype count, in any case; what stands behind a semicolon does not.
    static boolean isSameType(String one, String other) {
        return essence(one).equals(essence(other));
    }

    private static String essence(String type) {
        return type.split(";", 2)[0].replaceAll("^[ \t]+|[ \t]+$", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isGreater(Bytes one, Bytes other) {
        return Arrays.compareUnsigned(one.toArray(), other.toArray()) > 0;
    }
}
