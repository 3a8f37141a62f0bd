package holdfast.sim.check.reference;

import holdfast.Bytes;
import holdfast.Hasher;
import holdfast.stream.Command;
import holdfast.stream.CommandBounds;
import holdfast.stream.Outcome;
import holdfast.stream.ProducerBounds;
import holdfast.stream.Setup;
import holdfast.stream.Stamp;
import holdfast.stream.StreamView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Applies the committed log, command by command, and nothing else.
public final class ReferenceMachine {

    private static final int GATEWAYS = 64;
    private static final int REQUESTS = 4_096;

    private static final class Session {
        final long id;
        final TreeMap<Long, Outcome> outcomes = new TreeMap<>();
        long floor;

        Session(long id) {
            this.id = id;
        }
    }

    private final ProducerBounds bounds;
    private final Hasher hasher = new Hasher();
    private final TreeMap<String, ReferenceStream> streams = new TreeMap<>();
    /// Every stream that there ever was.
    private final TreeMap<Long, ReferenceStream> byIncarnation = new TreeMap<>();
    private final LinkedHashMap<Integer, Session> sessions = new LinkedHashMap<>();
    private long clockMillis;
    private long leadersTerm;

    public ReferenceMachine(ProducerBounds bounds) {
        this.bounds = bounds;
    }

    /// The command of the entry at `index`, of `term`.
    public Outcome apply(long index, long term, Command command) {
        long paused = Math.max(0, command.stamp().millis() - clockMillis);
        clockMillis += paused;
        if (term > leadersTerm) {
            leadersTerm = term;
            streams.values().forEach(stream -> stream.prolong(paused, clockMillis));
        }
        for (ReferenceStream due = due(); due != null; due = due()) {
            drop(due);
        }
        Outcome known = known(command.stamp());
        if (known != null) {
            usedAgain(command, known);
            return known;
        }
        Outcome outcome = carriedOut(index, command);
        remember(command.stamp(), outcome);
        return outcome;
    }

    /// A stream that has expired by the machine's clock, or null.
    private ReferenceStream due() {
        for (ReferenceStream stream : streams.values()) {
            if (!stream.gone && stream.dueMillis() <= clockMillis) {
                return stream;
            }
        }
        return null;
    }

    // ---- streams -------------------------------------------------------------------------------------------

    private Outcome carriedOut(long index, Command command) {
        ReferenceStream stream = streams.get(command.stream());
        if (stream == null) {
            return command instanceof Command.Create create ? create(index, create) : new Outcome.NoSuchStream();
        }
        if (stream.gone) {
            return new Outcome.Gone();
        }
        return switch (command) {
            case Command.Create create -> new Outcome.AlreadyExists(
                    stream.incarnation, stream.tail(), stream.closed,
                    create.close() == stream.closed && isSetupOf(create.setup(), stream.setup), stream.setup.contentType());
            case Command.Append append -> append(index, append, stream);
            case Command.Close _ -> {
                stream.closed = true;
                stream.usedAt(clockMillis);
                yield new Outcome.Closed(stream.tail());
            }
            case Command.Delete _ -> {
                drop(stream);
                yield new Outcome.Deleted();
            }
            case Command.Touch touch -> {
                if (touch.renew()) {
                    stream.usedAt(clockMillis);
                }
                yield new Outcome.Touched(stream.tail(), stream.closed, stream.dueMillis());
            }
        };
    }

    private Outcome append(long index, Command.Append append, ReferenceStream stream) {
        Outcome refusal = stream.refusal(append, clockMillis);
        Outcome outcome = refusal == null ? stream.append(index, append, clockMillis) : refusal;
        if (outcome instanceof Outcome.Appended) {
            stream.usedAt(clockMillis);
        }
        return outcome;
    }

    private Outcome create(long index, Command.Create create) {
        Setup asked = create.setup();
        ReferenceStream source = null;
        long begin = 0;
        Setup setup = asked;
        if (!asked.fork().isNone()) {
            source = streams.get(asked.fork().source());
            Outcome.ForkRefused.Reason reason = forkRefusal(asked, source);
            if (reason != null) {
                return new Outcome.ForkRefused(reason);
            }
            begin = beginOf(asked.fork(), source);
            setup = inherited(asked, source, begin);
        }
        ReferenceStream stream = new ReferenceStream(
                create.stream(), index, setup, source, begin, new ReferenceProducers(bounds), hasher);
        streams.put(create.stream(), stream);
        byIncarnation.put(index, stream);
        stream.take(index, create.records(), create.close());
        stream.usedAt(clockMillis);
        return new Outcome.Created(index, stream.tail(), stream.closed, stream.view().digest(), setup.contentType());
    }

    private static long beginOf(Setup.Fork fork, ReferenceStream source) {
        return fork.offset() == Setup.Fork.AT_TAIL ? source.tail() : fork.offset();
    }

    private static Outcome.ForkRefused.Reason forkRefusal(Setup asked, ReferenceStream source) {
        Setup.Fork fork = asked.fork();
        if (source == null) {
            return Outcome.ForkRefused.Reason.NO_SUCH_SOURCE;
        }
        if (source.gone) {
            return Outcome.ForkRefused.Reason.SOURCE_GONE;
        }
        if (fork.incarnation() != Setup.Fork.ANY_INCARNATION && fork.incarnation() != source.incarnation) {
            return Outcome.ForkRefused.Reason.SOURCE_CHANGED;
        }
        if (!asked.contentType().isEmpty() && !ReferenceStream.isSameType(asked.contentType(), source.setup.contentType())) {
            return Outcome.ForkRefused.Reason.WRONG_CONTENT_TYPE;
        }
        if (beginOf(fork, source) > source.tail()) {
            return Outcome.ForkRefused.Reason.PAST_TAIL;
        }
        int above = 0;
        for (ReferenceStream one = source.source; one != null; one = one.source) {
            above++;
        }
        return above >= CommandBounds.FORKS_DEEP_MAX ? Outcome.ForkRefused.Reason.TOO_DEEP : null;
    }

    /// A fork that names neither a time to live nor an end has its source's.
    private static Setup inherited(Setup asked, ReferenceStream source, long begin) {
        boolean isSilent = asked.ttlSeconds() == Setup.NEVER && asked.expiresAtMillis() == Setup.NEVER;
        Setup life = isSilent ? source.setup : asked;
        Setup.Fork fork = asked.fork();
        return new Setup(
                asked.contentType().isEmpty() ? source.setup.contentType() : asked.contentType(),
                life.ttlSeconds(), life.expiresAtMillis(),
                new Setup.Fork(fork.source(), source.incarnation, begin, fork.anchor(), fork.subOffset()));
    }

    /// Whether who asks for `asked` means the stream that was made as `made`.
    private static boolean isSetupOf(Setup asked, Setup made) {
        Setup.Fork fork = asked.fork();
        boolean isSameFork = fork.source().equals(made.fork().source())
                && fork.subOffset() == made.fork().subOffset()
                && (fork.anchor() == made.fork().anchor() || fork.anchor() == made.fork().offset());
        boolean isSilent = asked.ttlSeconds() == Setup.NEVER && asked.expiresAtMillis() == Setup.NEVER;
        boolean isSameLife = asked.ttlSeconds() == made.ttlSeconds() && asked.expiresAtMillis() == made.expiresAtMillis();
        return isSameFork
                && (asked.contentType().isEmpty() || ReferenceStream.isSameType(asked.contentType(), made.contentType()))
                && (isSameLife || isSilent && !fork.isNone());
    }

    private boolean hasForks(ReferenceStream stream) {
        return streams.values().stream().anyMatch(other -> other.source == stream);
    }

    /// Whoever still has forks is kept without its name; so are its own sources.
    private void drop(ReferenceStream dropped) {
        if (hasForks(dropped)) {
            dropped.bury();
            return;
        }
        streams.remove(dropped.name);
        for (ReferenceStream above = dropped.source; above != null && above.gone && !hasForks(above); above = above.source) {
            streams.remove(above.name);
        }
    }

    /// The record at this offset of the stream that the entry `incarnation` made, also if it is gone.
    Bytes record(long incarnation, long offset) {
        return byIncarnation.get(incarnation).recordAt(offset);
    }

    // ---- requests ------------------------------------------------------------------------------------------

    private Outcome known(Stamp stamp) {
        Session session = stamp.isRequest() ? sessions.get(stamp.gateway()) : null;
        if (session == null || stamp.session() > session.id) {
            return null;
        }
        if (stamp.session() < session.id || stamp.number() < session.floor) {
            return new Outcome.RequestForgotten(session.id);
        }
        return session.outcomes.get(stamp.number());
    }

    private void remember(Stamp stamp, Outcome outcome) {
        if (!stamp.isRequest()) {
            return;
        }
        Session session = sessions.remove(stamp.gateway());
        if (session == null || session.id < stamp.session()) {
            session = new Session(stamp.session());
        }
        sessions.put(stamp.gateway(), session);
        session.outcomes.put(stamp.number(), outcome);
        session.floor = Math.max(session.floor, stamp.floor());
        session.outcomes.headMap(session.floor).clear();
        if (session.outcomes.size() > REQUESTS) {
            session.floor = session.outcomes.pollFirstEntry().getKey() + 1;
        }
        if (sessions.size() > GATEWAYS) {
            sessions.remove(sessions.keySet().iterator().next());
        }
    }

    /// Asking again for what was done is a use of the stream now.
    private void usedAgain(Command command, Outcome known) {
        boolean isUse = known instanceof Outcome.Created || known instanceof Outcome.Appended
                || known instanceof Outcome.Closed
                || known instanceof Outcome.Touched && command instanceof Command.Touch touch && touch.renew();
        ReferenceStream stream = streams.get(command.stream());
        if (isUse && stream != null && !stream.gone) {
            stream.usedAt(clockMillis);
        }
    }

    // ---- looking -------------------------------------------------------------------------------------------

    public Set<String> names() {
        return streams.keySet();
    }

    /// Null if there is none of that name.
    public StreamView view(String name) {
        ReferenceStream stream = streams.get(name);
        return stream == null ? null : stream.view();
    }

    /// The log index that each record of the stream came with, in order.
    public List<Long> indexes(String name) {
        ReferenceStream stream = streams.get(name);
        List<Long> indexes = new ArrayList<>();
        for (long offset = 0; offset < stream.tail(); offset++) {
            indexes.add(stream.indexAt(offset));
        }
        return indexes;
    }
}
