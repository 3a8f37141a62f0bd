package holdfast.sim.check.general.spec;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.check.general.Spec;
import holdfast.sim.check.general.spec.StreamLog.Kind;
import holdfast.sim.check.general.spec.StreamLog.Link;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import java.util.List;
import java.util.TreeMap;

/// One stream from its first creation on, through deletions and re-creations: what its clients may be told. It is
/// written from the contract, not from the stream machine, and simple enough to be read.
///
/// A `local` read tells of any state up to the present one. Within one session what it tells never goes back behind
/// what the session's reads, of either level, have told before: for each session the state remembers the earliest
/// state that its last answer fits.
public final class StreamSpec implements Spec<StreamSpec.State, Call, Answer> {

    /// @param log what happened
    /// @param incarnation the number of the present incarnation once somebody was told, 0 before
    /// @param told the largest number of an incarnation that was told so far
    /// @param sessions by session: the depth in the log that its next read must reach; never changed
    public record State(Link log, long incarnation, long told, TreeMap<Long, Integer> sessions) {

        private State after(Link next) {
            return new State(next, next.exists ? incarnation : 0, told, sessions);
        }
    }

    private final StreamLog logs = new StreamLog();
    private final boolean exists;

    /// @param exists whether the stream is there, and empty, at first
    public StreamSpec(boolean exists) {
        this.exists = exists;
    }

    @Override
    public State initial() {
        return new State(logs.beginning(exists), 0, 0, new TreeMap<>());
    }

    @Override
    public Step<State, Answer> apply(State state, Call call) {
        Link log = state.log();
        if (!log.exists && !(call instanceof Call.Create)) {
            return new Step<>(state, new Answer.NoSuchStream());
        }
        return switch (call) {
            case Call.Create _ -> log.exists
                    ? new Step<>(state, new Answer.AlreadyExists(state.incarnation(), log.tail, log.closed))
                    : new Step<>(state.after(logs.created(log)), new Answer.Created(Answer.INCARNATION_UNTOLD));
            case Call.Append append -> append(state, append);
            case Call.Read read -> new Step<>(state, read(log, read));
            case Call.Tail _ -> new Step<>(state, new Answer.TailIs(log.tail, log.closed));
            case Call.Close _ ->
                new Step<>(log.closed ? state : state.after(logs.closed(log)), new Answer.Closed(log.tail));
            case Call.Delete _ -> new Step<>(state.after(logs.deleted(log)), new Answer.Deleted());
        };
    }

    /// A retry is answered as such whatever has become of the stream since; then comes what would stop anybody; then
    /// what would stop this producer; then the condition.
    private Step<State, Answer> append(State state, Call.Append append) {
        Link log = state.log();
        Command.Producer producer = append.producer();
        Link last = producer.isNone() ? null : log.lastOf(producer.id());
        if (append.records().isEmpty() && !append.close()) {
            return new Step<>(state, new Answer.NotWritten());
        }
        if (last != null && producer.epoch() < last.producer.epoch()) {
            return new Step<>(state, new Answer.Fenced(last.producer.epoch()));
        }
        Link same = last == null ? null : last.backTo(producer.epoch(), producer.seq());
        if (same != null) {
            boolean closes = same.closed;
            return new Step<>(state, new Answer.Appended(same.first(), same.tail, true, closes));
        }
        if (log.closed) {
            return new Step<>(state, new Answer.StreamClosed(log.tail));
        }
        long expectedSeq = last == null || producer.epoch() > last.producer.epoch() ? 0 : last.producer.seq() + 1;
        if (!producer.isNone() && producer.seq() != expectedSeq) {
            return new Step<>(state, new Answer.SequenceGap(expectedSeq));
        }
        if (append.expectedTail() != Command.ANY_TAIL && append.expectedTail() != log.tail) {
            return new Step<>(state, new Answer.WrongTail(log.tail));
        }
        Link next = logs.appended(log, append.records(), producer, append.close());
        return new Step<>(state.after(next), new Answer.Appended(log.tail, next.tail, false, append.close()));
    }

    private static Answer read(Link log, Call.Read read) {
        if (read.from() > log.tail) {
            return new Answer.PastTail(log.tail);
        }
        return read.from() < 0
                ? new Answer.Nothing()
                : new Answer.Records(read.from(), log.records(read.from(), read.recordsMax()), log.tail, log.closed);
    }

    @Override
    public boolean explains(State before, Call call, Answer possible, Answer seen) {
        if (isLocal(call)) {
            return seenAt(before, call, seen) != null;
        }
        return switch (seen) {
            case Answer.Created created -> possible instanceof Answer.Created && isNew(before, created.incarnation());
            case Answer.AlreadyExists there -> possible instanceof Answer.AlreadyExists known && knows(before, known, there);
            case Answer.DuplicateForgotten forgotten ->
                possible instanceof Answer.Appended appended
                        && appended.duplicate()
                        && isForgotten(before.log(), ((Call.Append) call).producer(), forgotten);
            case Answer.Records records -> possible instanceof Answer.Records all && isPart(records, all);
            case Answer.Appended _, Answer.Closed _, Answer.Deleted _, Answer.NoSuchStream _, Answer.WrongTail _,
                    Answer.StreamClosed _, Answer.SequenceGap _, Answer.Fenced _, Answer.ProducerForgotten _, Answer.NotWritten _,
                    Answer.Unknown _, Answer.TailIs _, Answer.PastTail _, Answer.Nothing _ -> possible.equals(seen);
        };
    }

    private static boolean isNew(State before, long incarnation) {
        return incarnation == Answer.INCARNATION_UNTOLD || incarnation > before.told();
    }

    private static boolean knows(State before, Answer.AlreadyExists known, Answer.AlreadyExists seen) {
        boolean open = before.incarnation() == Answer.INCARNATION_UNTOLD;
        boolean right = seen.incarnation() == Answer.INCARNATION_UNTOLD
                || (open ? isNew(before, seen.incarnation()) : seen.incarnation() == before.incarnation());
        return right && seen.tail() == known.tail() && seen.closed() == known.closed();
    }

    private static boolean isForgotten(Link log, Command.Producer sent, Answer.DuplicateForgotten seen) {
        return log.lastOf(sent.id()).producer.seq() == seen.lastSeq() && log.tail == seen.tail();
    }

    /// A read may tell fewer records than it could.
    private static boolean isPart(Answer.Records seen, Answer.Records all) {
        List<Bytes> records = seen.records();
        return seen.from() == all.from()
                && seen.tail() == all.tail()
                && seen.closed() == all.closed()
                && records.size() <= all.records().size()
                && records.equals(all.records().subList(0, records.size()));
    }

    /// The earliest state that explains what a local read saw and that its session may still see; null if none does.
    private static Link seenAt(State state, Call call, Answer seen) {
        int floor = state.sessions().getOrDefault(session(call), 0);
        Link earliest = null;
        for (Link link = state.log(); link != null && link.depth >= floor; link = link.parent) {
            if (shows(link, call, seen)) {
                earliest = link;
            }
        }
        return earliest;
    }

    private static boolean shows(Link link, Call call, Answer seen) {
        return switch (seen) {
            case Answer.NoSuchStream _ -> !link.exists;
            case Answer.TailIs tail ->
                call instanceof Call.Tail && link.exists && tail.tail() == link.tail && tail.closed() == link.closed;
            case Answer.PastTail past ->
                call instanceof Call.Read read && link.exists && past.tail() == link.tail && read.from() > link.tail;
            case Answer.Records records ->
                call instanceof Call.Read read
                        && link.exists
                        && records.tail() == link.tail
                        && read(link, read) instanceof Answer.Records all
                        && isPart(records, all);
            case Answer.Created _, Answer.AlreadyExists _, Answer.Appended _, Answer.DuplicateForgotten _,
                    Answer.Closed _, Answer.Deleted _, Answer.WrongTail _, Answer.StreamClosed _, Answer.SequenceGap _,
                    Answer.Fenced _, Answer.ProducerForgotten _, Answer.NotWritten _, Answer.Unknown _, Answer.Nothing _ -> false;
        };
    }

    @Override
    public State learn(State after, Call call, Answer seen) {
        long incarnation = switch (seen) {
            case Answer.Created created -> created.incarnation();
            case Answer.AlreadyExists there -> there.incarnation();
            case Answer.Appended _, Answer.DuplicateForgotten _, Answer.Closed _, Answer.Deleted _,
                    Answer.NoSuchStream _, Answer.WrongTail _, Answer.StreamClosed _, Answer.SequenceGap _,
                    Answer.Fenced _, Answer.ProducerForgotten _, Answer.NotWritten _, Answer.Unknown _, Answer.Records _,
                    Answer.TailIs _,                    Answer.PastTail _, Answer.Nothing _ -> Answer.INCARNATION_UNTOLD;
        };
        if (incarnation != Answer.INCARNATION_UNTOLD) {
            return new State(after.log(), incarnation, incarnation, after.sessions());
        }
        return session(call) == Call.NO_SESSION ? after : remembering(after, call, seen);
    }

    private static State remembering(State state, Call call, Answer seen) {
        long session = session(call);
        Link last = seenAt(state, call, seen);
        if (last.depth <= state.sessions().getOrDefault(session, 0)) {
            return state;
        }
        TreeMap<Long, Integer> sessions = new TreeMap<>(state.sessions());
        sessions.put(session, last.depth);
        return new State(state.log(), state.incarnation(), state.told(), sessions);
    }

    private static boolean isLocal(Call call) {
        return switch (call) {
            case Call.Read read -> read.level() == Level.LOCAL;
            case Call.Tail tail -> tail.level() == Level.LOCAL;
            case Call.Create _, Call.Append _, Call.Close _, Call.Delete _ -> false;
        };
    }

    private static long session(Call call) {
        return switch (call) {
            case Call.Read read -> read.session();
            case Call.Tail tail -> tail.session();
            case Call.Create _, Call.Append _, Call.Close _, Call.Delete _ -> Call.NO_SESSION;
        };
    }

    /// A read in a session is remembered, so it does change the state.
    @Override
    public boolean readOnly(Call call) {
        return (call instanceof Call.Read || call instanceof Call.Tail) && session(call) == Call.NO_SESSION;
    }

    @Override
    public Object part(Call call) {
        return call.stream();
    }

    @Override
    public String describe(State state) {
        Link log = state.log();
        if (!log.exists) {
            return log.kind == Kind.DELETE ? "the stream deleted" : "no stream";
        }
        return "the stream with tail " + log.tail + (log.closed ? ", closed" : "");
    }
}
