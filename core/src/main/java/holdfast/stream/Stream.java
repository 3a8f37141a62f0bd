package holdfast.stream;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Digest;
import holdfast.Hasher;
import holdfast.StateSink;
import java.nio.ByteBuffer;
import java.util.List;

/// One stream: its extents, its producers, whether it is closed and the digest of its records. A fork begins
/// at the offset where it left its source, and reads what is below from there.
///
/// A refusal changes nothing, so an append that is refused can be sent again, as it was or otherwise.
final class Stream {

    static final int BYTES_MIN = 8 + 1 + Digest.BYTES + 8 + 2 + Integer.BYTES + Integer.BYTES + Short.BYTES;

    /// How much life a new leader leaves a stream that could not be used while there was none.
    static final long GRACE_MILLIS = 1_000;

    private static final int CLOSED = 1;
    private static final int GONE = 2;

    private final long incarnation;
    private final Setup setup;
    private final ExtentIndex extents;
    private final ProducerTable producers;
    /// Null for a stream that is no fork.
    private Stream source;
    private int forks;
    private Digest digest;
    private Bytes sequence;
    private long dueMillis;
    private boolean closed;
    private boolean gone;

    private Stream(
            long incarnation, Setup setup, Digest digest, Bytes sequence, ExtentIndex extents, ProducerTable producers) {
        this.incarnation = incarnation;
        this.setup = setup;
        this.digest = digest;
        this.sequence = sequence;
        this.extents = extents;
        this.producers = producers;
        dueMillis = Long.MAX_VALUE;
    }

    /// An empty stream, created by the command at log index `incarnation`.
    static Stream create(long incarnation, Setup setup, ProducerBounds bounds) {
        return new Stream(
                incarnation, setup, Digest.ZERO, Bytes.EMPTY, new ExtentIndex(0), new ProducerTable(bounds));
    }

    /// A stream that shares the records of `source` below `offset`. Its digest goes on from a first link that
    /// names source and offset, because the source's digest there is no longer known.
    static Stream fork(
            long incarnation, Setup asked, Stream source, long offset, ProducerBounds bounds, Hasher hasher) {
        Digest first = hasher.add(source.incarnation).add(offset).finish();
        Stream fork = new Stream(
                incarnation,
                asked.inheriting(source.setup, source.incarnation, offset),
                first,
                Bytes.EMPTY,
                new ExtentIndex(offset),
                new ProducerTable(bounds));
        fork.attachTo(source);
        return fork;
    }

    /// Makes this a fork of `source`, which then stays as long as this does.
    void attachTo(Stream source) {
        this.source = source;
        source.forks++;
    }

    // ---- looking -------------------------------------------------------------------------------------------

    long incarnation() {
        return incarnation;
    }

    Setup setup() {
        return setup;
    }

    long tail() {
        return extents.end();
    }

    boolean isGone() {
        return gone;
    }

    long dueMillis() {
        return dueMillis;
    }

    ExtentIndex extents() {
        return extents;
    }

    Stream sourceOrNull() {
        return source;
    }

    int depth() {
        int depth = 0;
        for (Stream above = source; above != null; above = above.source) {
            depth++;
        }
        return depth;
    }

    StreamView view() {
        return new StreamView(incarnation, tail(), closed, digest, setup, dueMillis, gone);
    }

    /// As [StreamMachine#extents]: each offset is looked up at the one of this stream and its sources that has
    /// appended it.
    List<Extent> covering(long from, int recordsMax, long bytesMax) {
        if (from < 0 || from >= tail() || recordsMax <= 0) {
            return List.of();
        }
        long to = from + Math.min(recordsMax, tail() - from);
        Gathered gathered = new Gathered(bytesMax);
        long at = from;
        while (at < to && gathered.hasRoom()) {
            Stream owner = this;
            long limit = tail();
            while (at < owner.extents.start()) {
                limit = Math.min(limit, owner.extents.start());
                owner = owner.source;
            }
            at = owner.extents.gather(at, Math.min(to, limit), limit, gathered);
        }
        return gathered.extents();
    }

    // ---- changing ------------------------------------------------------------------------------------------

    Outcome alreadyExists(Command.Create asked) {
        boolean asAsked = asked.close() == closed && asked.setup().means(setup);
        return new Outcome.AlreadyExists(incarnation, tail(), closed, asAsked, setup.contentType());
    }

    Outcome.Created created(long index, List<Bytes> records, boolean close, Hasher hasher) {
        if (close || !records.isEmpty()) {
            accept(index, records, close, hasher);
        }
        return new Outcome.Created(incarnation, tail(), closed, digest, setup.contentType());
    }

    Outcome close() {
        closed = true;
        return new Outcome.Closed(tail());
    }

    /// It was used: a time to live begins anew.
    void usedAt(long millis) {
        dueMillis = setup.dueMillis(millis);
    }

    /// After a pause in which nobody could use it: a stream whose life depends on use is left the time it had, up
    /// to a moment of grace. Of two streams the one that would have expired first still does not live longer.
    void prolong(long pausedMillis, long nowMillis) {
        if (setup.ttlSeconds() != Setup.NEVER) {
            long soonest = Math.min(dueMillis + pausedMillis, nowMillis + GRACE_MILLIS);
            dueMillis = Math.max(dueMillis, Math.min(soonest, setup.dueMillis(nowMillis)));
        }
    }

    /// Deleted or expired while forks share its records.
    void bury() {
        Check.that(forks > 0, "only a stream with forks outlives itself", forks, 1);
        gone = true;
        dueMillis = Long.MAX_VALUE;
    }

    boolean hasForks() {
        return forks > 0;
    }

    void lostFork() {
        forks--;
        Check.that(forks >= 0, "forks are counted", forks, 0);
    }

    /// Judges an append in an order that gives each attempt of one append the same answer as far as possible:
    /// what was written once is answered first, whatever has become of the stream since, and a producer that
    /// was taken over or forgotten learns that before anything else. `nowMillis` is the machine's clock.
    Outcome append(long index, long nowMillis, Command.Append command, Hasher hasher) {
        Command.Producer producer = command.producer();
        Outcome known = producer.isNone() ? null : producers.duplicateOrFenced(producer, tail());
        if (known != null) {
            return known;
        }
        Outcome refusal = refusal(command, nowMillis);
        if (refusal != null) {
            return refusal;
        }
        Outcome.Appended written = accept(index, command.records(), command.close(), hasher);
        if (!command.sequence().isEmpty()) {
            sequence = command.sequence();
        }
        if (producer.isNone()) {
            return written;
        }
        Outcome.Appended receipt = new Outcome.Appended(
                written.first(), written.next(), index, digest, false, closed, producer.seq());
        producers.accepted(producer, receipt, nowMillis);
        return receipt;
    }

    private Outcome refusal(Command.Append command, long nowMillis) {
        if (closed) {
            return new Outcome.StreamClosed(tail());
        }
        if (!command.contentType().isEmpty() && !ContentTypes.same(command.contentType(), setup.contentType())) {
            return new Outcome.WrongContentType(setup.contentType());
        }
        Outcome gap = command.producer().isNone() ? null : producers.gap(command.producer());
        if (gap != null) {
            return gap;
        }
        if (!command.sequence().isEmpty() && compare(command.sequence(), sequence) <= 0) {
            return new Outcome.SequenceBehind(sequence);
        }
        if (command.expectedTail() != Command.ANY_TAIL && command.expectedTail() != tail()) {
            return new Outcome.WrongTail(tail());
        }
        return command.producer().isNone() ? null : producers.noRoom(command.producer(), nowMillis);
    }

    /// Byte by byte, unsigned; a prefix comes first.
    private static int compare(Bytes left, Bytes right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int difference = Byte.compareUnsigned(left.get(i), right.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private Outcome.Appended accept(long index, List<Bytes> records, boolean close, Hasher hasher) {
        Check.that(close || !records.isEmpty(), "an append without records closes the stream");
        long first = tail();
        if (!records.isEmpty()) {
            extents.add(records.size(), bytesOf(records), index);
            digest = digestOf(records, hasher);
        }
        closed = close;
        return new Outcome.Appended(first, tail(), index, digest, false, closed);
    }

    /// Below `2^31`, because the records come from one command.
    private static int bytesOf(List<Bytes> records) {
        int bytes = 0;
        for (Bytes record : records) {
            bytes = Math.addExact(bytes, record.size());
        }
        return bytes;
    }

    /// One link per record, so the digest does not tell how records were batched.
    private Digest digestOf(List<Bytes> records, Hasher hasher) {
        Digest chain = digest;
        for (Bytes record : records) {
            chain = hasher.add(chain).add(record).finish();
        }
        return chain;
    }

    void describe(StateSink sink) {
        sink.add("incarnation", incarnation).add("closed", closed).add("gone", gone).add("digest", digest);
        sink.add("dueMillis", dueMillis).add("sequence", sequence);
        sink.add("contentType", setup.contentType()).add("ttlSeconds", setup.ttlSeconds());
        sink.add("expiresAtMillis", setup.expiresAtMillis());
        Setup.Fork fork = setup.fork();
        sink.add("forkSource", fork.source()).add("forkIncarnation", fork.incarnation()).add("forkOffset", fork.offset());
        sink.add("forkAnchor", fork.anchor()).add("forkSubOffset", fork.subOffset());
        extents.describe(sink);
        producers.describe(sink);
    }

    // ---- image ---------------------------------------------------------------------------------------------

    long encodedBytes() {
        return 8 + 1 + Digest.BYTES + 8 + 2 + sections().bytes() + extents.encodedBytes() + producers.encodedBytes();
    }

    private CommandSections sections() {
        return new CommandSections(
                Stamp.NONE,
                setup.contentType(),
                sequence,
                setup.ttlSeconds(),
                setup.expiresAtMillis(),
                setup.fork());
    }

    /// `incarnation u64, state u8` (1 closed, 2 gone), `digest 16, due i64` (milliseconds, the greatest number
    /// for never), `sections u16` and the sections as in a command ([CommandSections], without a stamp; the
    /// sequence is the last accepted one), the extents, the producers. A fork's source and where its extents
    /// begin stand in its fork section.
    void encode(ByteBuffer out) {
        out.putLong(incarnation);
        out.put((byte) ((closed ? CLOSED : 0) | (gone ? GONE : 0)));
        ImageBytes.putDigest(out, digest);
        out.putLong(dueMillis);
        CommandSections sections = sections();
        out.putShort((short) sections.flags());
        sections.encode(out);
        extents.encode(out);
        producers.encode(out);
    }

    /// A fork is still to be attached to its source.
    static Stream decode(ByteBuffer in, ProducerBounds bounds) {
        long incarnation = in.getLong();
        int state = in.get();
        Check.that((state & ~(CLOSED | GONE)) == 0, "a stream's state is known", state, CLOSED | GONE);
        Digest digest = ImageBytes.digest(in);
        long dueMillis = in.getLong();
        int flags = Short.toUnsignedInt(in.getShort());
        int allowed = CommandSections.FLAGS & ~CommandSections.FLAG_STAMP;
        Check.that((flags & ~allowed) == 0, "a stream's sections are known", flags, allowed);
        CommandSections sections = CommandSections.decode(in, flags);
        Setup setup = sections.setup();
        ExtentIndex extents = ExtentIndex.decode(in, setup.fork().isNone() ? 0 : setup.fork().offset());
        Stream stream = new Stream(
                incarnation, setup, digest, sections.sequence(), extents, ProducerTable.decode(in, bounds));
        stream.dueMillis = dueMillis;
        stream.closed = (state & CLOSED) != 0;
        stream.gone = (state & GONE) != 0;
        return stream;
    }
}
