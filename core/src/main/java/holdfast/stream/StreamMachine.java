package holdfast.stream;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.Hasher;
import holdfast.Probe;
import holdfast.Sometimes;
import holdfast.StateSink;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// All streams, as the committed commands have made them. Each command is one transition: records, close and
/// the producer's number change together or not at all.
///
/// **Digest.** A stream's digest is a chain over its records, beginning with sixteen zero bytes:
/// `digest' = first 16 bytes of SHA-256(digest, record)`. Equal digests at equal tails mean equal records in
/// equal order, however they were batched; nodes and checkers compare it instead of bytes.
///
/// **Retries.** [ProducerTable] says when an append is new, a duplicate, a gap or fenced; [Sessions] when a
/// gateway has asked before.
///
/// **Time.** The machine's clock is the greatest stamp it has seen ([Stamp]). Before a command is judged, every
/// stream that is due by that clock expires: as if deleted, with no command of its own. While there is no leader
/// nobody can say that a stream is used. So at the first command of a new term the time since the last command
/// does not count, as far as that is needed for a stream with a time to live to have [Stream#GRACE_MILLIS] more
/// in which it can be used.
///
/// **Forks.** A stream that is deleted or expires while forks share its records is *gone*: its name answers
/// [Outcome.Gone] until the last of them is gone too. Forks and sources change in one command, so no reader
/// sees one without the other.
///
/// Not shared between threads.
public final class StreamMachine {

    private static final byte VERSION = 2;
    private static final int HEADER_BYTES = 4 + 8 + 8 + 8 + ProducerBounds.BYTES + 4;

    private static final Outcome DELETED = new Outcome.Deleted();
    private static final Outcome NO_SUCH_STREAM = new Outcome.NoSuchStream();
    private static final Outcome GONE = new Outcome.Gone();

    private final TreeMap<String, Stream> streams = new TreeMap<>();
    private final TreeSet<Due> due = new TreeSet<>();
    private final Hasher hasher = new Hasher();
    private final RecentChanges recentChanges = new RecentChanges();
    private final Probe probe;
    private final OutcomeReports reports;
    private ProducerBounds bounds;
    private Sessions sessions = new Sessions();
    private long clockMillis;
    private long leadersTerm;
    private long lastApplied;

    /// When a stream expires unless it is used before.
    private record Due(long millis, String stream) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(millis, other.millis);
            return byTime != 0 ? byTime : stream.compareTo(other.stream);
        }
    }

    /// A machine that has applied nothing.
    public StreamMachine(Probe probe) {
        this(probe, ProducerBounds.STANDARD);
    }

    /// A machine that has applied nothing, and whose streams know so many producers for so long.
    public StreamMachine(Probe probe, ProducerBounds bounds) {
        this.probe = probe;
        reports = new OutcomeReports(probe);
        this.bounds = bounds;
    }

    // ---- applying ------------------------------------------------------------------------------------------

    /// Applies the command of the committed entry at `index`, which is greater than any before; indexes between
    /// belong to entries that are none of the machine's. The command is within [CommandBounds].
    public Outcome apply(long index, Command command) {
        return apply(index, leadersTerm, command);
    }

    /// As [#apply(long, Command)], with the term of the entry.
    public Outcome apply(long index, long term, Command command) {
        Check.that(index > lastApplied, "commands are applied in the order of the log", index, lastApplied);
        Check.that(term >= leadersTerm, "terms in a log only grow", term, leadersTerm);
        lastApplied = index;
        long pausedMillis = Math.max(0, command.stamp().millis() - clockMillis);
        clockMillis += pausedMillis;
        if (term > leadersTerm) {
            leadersTerm = term;
            prolongLives(pausedMillis);
        }
        expireDue();
        recentChanges.add(command.stream());
        Outcome known = sessions.answer(command.stamp());
        if (known != null) {
            probe.reached(known instanceof Outcome.RequestForgotten
                    ? Sometimes.REQUEST_FORGOTTEN : Sometimes.REQUEST_REPEATED);
            usedAgain(command, known);
            return known;
        }
        Outcome outcome = transition(index, command);
        sessions.done(command.stamp(), outcome);
        reports.done(command, outcome);
        return outcome;
    }

    private void prolongLives(long pausedMillis) {
        if (!due.isEmpty()) {
            probe.reached(Sometimes.LIVES_PROLONGED);
        }
        for (Due one : List.copyOf(due)) {
            Stream stream = streams.get(one.stream());
            forgetDue(one.stream(), stream);
            stream.prolong(pausedMillis, clockMillis);
            rememberDue(one.stream(), stream);
        }
    }

    private void expireDue() {
        while (!due.isEmpty() && due.first().millis() <= clockMillis) {
            probe.reached(Sometimes.STREAM_EXPIRED);
            drop(due.first().stream());
        }
    }

    private Outcome transition(long index, Command command) {
        Stream stream = streams.get(command.stream());
        if (stream == null) {
            return command instanceof Command.Create create ? create(index, create) : NO_SUCH_STREAM;
        }
        if (stream.isGone()) {
            return GONE;
        }
        return switch (command) {
            case Command.Create create -> stream.alreadyExists(create);
            case Command.Append append -> append(index, append, stream);
            case Command.Close close -> used(close.stream(), stream, stream.close());
            case Command.Delete delete -> delete(delete.stream());
            case Command.Touch touch -> touch(touch, stream);
        };
    }

    private Outcome create(long index, Command.Create create) {
        Setup.Fork asked = create.setup().fork();
        Stream source = asked.isNone() ? null : streams.get(asked.source());
        Outcome.ForkRefused.Reason refusal = asked.isNone() ? null : Forks.refusal(create.setup(), source);
        if (refusal != null) {
            return new Outcome.ForkRefused(refusal);
        }
        Stream stream = source == null
                ? Stream.create(index, create.setup(), bounds)
                : Stream.fork(index, create.setup(), source, Forks.offset(asked, source), bounds, hasher);
        streams.put(create.stream(), stream);
        if (source != null) {
            reports.forked(stream, source);
        }
        return used(create.stream(), stream, stream.created(index, create.records(), create.close(), hasher));
    }

    private Outcome append(long index, Command.Append append, Stream stream) {
        Outcome outcome = stream.append(index, clockMillis, append, hasher);
        return outcome instanceof Outcome.Appended ? used(append.stream(), stream, outcome) : outcome;
    }

    private Outcome touch(Command.Touch touch, Stream stream) {
        if (touch.renew()) {
            used(touch.stream(), stream, null);
        }
        StreamView view = stream.view();
        return new Outcome.Touched(view.tail(), view.closed(), view.dueMillis());
    }

    /// Passes `outcome` on.
    private Outcome used(String name, Stream stream, Outcome outcome) {
        forgetDue(name, stream);
        stream.usedAt(clockMillis);
        rememberDue(name, stream);
        return outcome;
    }

    /// A request that was asked again, because nobody knew its outcome, is a use now and not when it was done.
    private void usedAgain(Command command, Outcome known) {
        boolean isUse = switch (known) {
            case Outcome.Created _, Outcome.Appended _, Outcome.Closed _ -> true;
            case Outcome.Touched _ -> command instanceof Command.Touch touch && touch.renew();
            case Outcome.AlreadyExists _, Outcome.DuplicateForgotten _, Outcome.Deleted _, Outcome.NoSuchStream _,
                    Outcome.Gone _, Outcome.WrongTail _, Outcome.StreamClosed _, Outcome.WrongContentType _,
                    Outcome.SequenceBehind _, Outcome.SequenceGap _, Outcome.Fenced _, Outcome.ForkRefused _,
                    Outcome.RequestForgotten _, Outcome.ProducerForgotten _, Outcome.TooManyProducers _ -> false;
        };
        Stream stream = streams.get(command.stream());
        if (isUse && stream != null && !stream.isGone()) {
            used(command.stream(), stream, known);
        }
    }

    private void rememberDue(String name, Stream stream) {
        if (stream.dueMillis() != Long.MAX_VALUE) {
            due.add(new Due(stream.dueMillis(), name));
        }
    }

    private void forgetDue(String name, Stream stream) {
        due.remove(new Due(stream.dueMillis(), name));
    }

    private Outcome delete(String name) {
        drop(name);
        return DELETED;
    }

    /// Takes the stream away, or buries it for its forks; then the sources that were only kept for it.
    private void drop(String name) {
        recentChanges.add(name);
        Stream stream = streams.get(name);
        forgetDue(name, stream);
        if (stream.hasForks()) {
            probe.reached(Sometimes.SOURCE_BURIED);
            stream.bury();
            return;
        }
        streams.remove(name);
        while (stream.sourceOrNull() != null) {
            String sourceName = stream.setup().fork().source();
            stream = stream.sourceOrNull();
            stream.lostFork();
            if (!stream.isGone() || stream.hasForks()) {
                return;
            }
            probe.reached(Sometimes.SOURCE_FREED);
            streams.remove(sourceName);
            recentChanges.add(sourceName);
        }
    }

    // ---- looking -------------------------------------------------------------------------------------------

    /// The index of the last command applied, 0 if none was.
    public long lastApplied() {
        return lastApplied;
    }

    /// The greatest time stamped on a command, in milliseconds since 1970; 0 before any.
    public long clockMillis() {
        return clockMillis;
    }

    /// Which streams the last commands touched.
    public RecentChanges recentChanges() {
        return recentChanges;
    }

    /// The stream as it is now, or null if there is none of this name. A stream that is gone is still seen.
    public StreamView view(String stream) {
        Stream found = streams.get(stream);
        return found == null ? null : found.view();
    }

    /// The extents that hold the records `[from, from + recordsMax)`, as far as they exist, in order. The first
    /// may begin before `from` and the last may reach further: an extent is named whole. Empty if there is no
    /// such stream or no such record.
    public List<Extent> extents(String stream, long from, int recordsMax) {
        return extents(stream, from, recordsMax, Long.MAX_VALUE);
    }

    /// As [#extents(String, long, int)], but ending with the extent that brings the payload to `bytesMax`.
    public List<Extent> extents(String stream, long from, int recordsMax, long bytesMax) {
        Stream found = streams.get(stream);
        return found == null ? List.of() : found.covering(from, recordsMax, bytesMax);
    }

    /// The log indexes of all entries that hold the payload of a live extent, ascending. What forks share belongs
    /// to the source, which stays as long as they do.
    public long[] neededIndexes() {
        int size = 0;
        for (Stream stream : streams.values()) {
            size = Math.addExact(size, stream.extents().size());
        }
        long[] indexes = new long[size];
        int at = 0;
        for (Stream stream : streams.values()) {
            at = stream.extents().copyIndexes(indexes, at);
        }
        Arrays.sort(indexes);
        return indexes;
    }

    /// Shows the whole state; costs as much as [#encode].
    public void describe(StateSink sink) {
        sink.add("lastApplied", lastApplied).add("leadersTerm", leadersTerm).add("clockMillis", clockMillis);
        sink.add("producersMax", bounds.producersMax()).add("retentionMillis", bounds.retentionMillis());
        sink.add("streams", streams.size());
        for (Map.Entry<String, Stream> entry : streams.entrySet()) {
            sink.begin("stream").add("name", entry.getKey());
            entry.getValue().describe(sink);
            sink.end();
        }
        sessions.describe(sink);
    }

    // ---- image ---------------------------------------------------------------------------------------------

    /// The state as bytes (`docs/format.md`, "Stream machine image"): `version u8, zeros 3, lastApplied u64, term u64,
    /// clock u64`, the bounds ([ProducerBounds#encode]), `streams u32`, then each stream in UTF-16 order of its
    /// name ([Stream#encode] behind it), then the gateways' sessions ([Sessions#encode]). Equal machines encode to equal bytes.
    public Bytes encode() {
        long size = HEADER_BYTES + sessions.encodedBytes();
        for (Map.Entry<String, Stream> entry : streams.entrySet()) {
            size += ImageBytes.textBytes(entry.getKey()) + entry.getValue().encodedBytes();
        }
        Check.that(size <= Integer.MAX_VALUE, "an image fits into one array", size, Integer.MAX_VALUE);
        ByteBuffer out = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(VERSION).putLong(lastApplied).putLong(leadersTerm).putLong(clockMillis);
        bounds.encode(out);
        out.putInt(streams.size());
        for (Map.Entry<String, Stream> entry : streams.entrySet()) {
            ImageBytes.putText(out, entry.getKey());
            entry.getValue().encode(out);
        }
        sessions.encode(out);
        Check.that(!out.hasRemaining(), "an image fills its buffer", out.position(), out.limit());
        return Bytes.wrap(out.array());
    }

    /// The machine whose image this is. Whoever kept the image has proved it whole, so anything else than an
    /// image breaks an invariant.
    public static StreamMachine decode(Bytes image, Probe probe) {
        StreamMachine machine = new StreamMachine(probe);
        try {
            machine.read(image.buffer());
        } catch (BufferUnderflowException _) {
            throw new Check.InvariantBroken("an image of " + image.size() + " bytes is cut short");
        }
        return machine;
    }

    /// As [#decode], but null for bytes that are no image: another node sent them, and its bug must not end this one. Whatever
    /// a check objects to belongs to the machine that was being built, and that is thrown away.
    public static StreamMachine decodeOrNull(Bytes image, Probe probe) {
        try {
            return decode(image, probe);
        } catch (Check.InvariantBroken | IllegalArgumentException | IndexOutOfBoundsException _) {
            return null;
        }
    }

    private void read(ByteBuffer in) {
        int version = in.getInt();
        Check.that(version == VERSION, "an image is of version 2", version, VERSION);
        lastApplied = in.getLong();
        leadersTerm = in.getLong();
        clockMillis = in.getLong();
        bounds = ProducerBounds.decode(in);
        int count = ImageBytes.count(in, Short.BYTES + Stream.BYTES_MIN);
        for (int i = 0; i < count; i++) {
            String name = ImageBytes.text(in);
            Check.that(streams.isEmpty() || name.compareTo(streams.lastKey()) > 0, "streams are in order of name");
            streams.put(name, Stream.decode(in, bounds));
        }
        sessions = Sessions.decode(in);
        Check.that(!in.hasRemaining(), "an image ends with its last session", in.position(), in.limit());
        for (Map.Entry<String, Stream> entry : streams.entrySet()) {
            rememberDue(entry.getKey(), entry.getValue());
            attach(entry.getValue());
        }
    }

    private void attach(Stream stream) {
        Setup.Fork fork = stream.setup().fork();
        if (!fork.isNone()) {
            Stream source = streams.get(fork.source());
            Check.that(
                    source != null && source.incarnation() == fork.incarnation() && source.tail() >= fork.offset(),
                    "a fork's source is in its image");
            stream.attachTo(source);
        }
    }
}
