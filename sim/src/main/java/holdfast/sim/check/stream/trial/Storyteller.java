package holdfast.sim.check.stream.trial;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.check.general.Spec;
import holdfast.sim.check.general.spec.StreamSpec;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.Event;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;

/// Tells a random history that is right by construction: clients call, each call takes effect at some moment between
/// call and answer in a stream that really runs, and is told what it did. Calls without an answer may take effect
/// long after their client has gone on, or never.
final class Storyteller {

    static final String STREAM = "s";

    private static final int READ_MAX = 100;

    private final Dice dice;
    private final Features features;
    private final StreamSpec spec = new StreamSpec(false);
    private final List<Writer> writers = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    /// Every state so far; the last one is the present.
    private final List<StreamSpec.State> states = new ArrayList<>();
    /// By client, as sessions: the state that its reads must not go back behind.
    private final int[] floors;
    private int operations;
    private long incarnation;
    private int contents;

    /// A call that was not answered yet, or never will be.
    private static final class Pending {
        private final int op;
        private final int client;
        private final Call call;
        private final int floor;
        private Answer answer;
        private int seen;
        private boolean abandoned;

        Pending(int op, int client, Call call, int floor) {
            this.op = op;
            this.client = client;
            this.call = call;
            this.floor = floor;
        }
    }

    Storyteller(Dice dice, Features features) {
        this.dice = dice;
        this.features = features;
        for (int i = 0; i < features.clients(); i++) {
            // Two clients with one producer are what epochs are for.
            boolean rival = features.rivals();
            writers.add(new Writer("p" + (rival ? 0 : i), rival ? dice.below(3) : 0));
        }
        floors = new int[features.clients()];
        states.add(spec.initial());
    }

    List<Event> tell() {
        if (dice.percent(90)) {
            call(0, new Call.Create(STREAM));
            if (features.rivals() && features.clients() > 1) {
                call(features.clients() - 1, new Call.Create(STREAM));
            }
            answer(pending.getFirst());
        }
        while (operations < features.operations() || !pending.isEmpty() && dice.percent(90)) {
            step();
        }
        if (features.read()) {
            call(0, new Call.Read(STREAM, 0, READ_MAX, Level.LINEARIZABLE, Call.NO_SESSION));
            answer(pending.getLast());
        }
        return events;
    }

    private void step() {
        int client = dice.below(features.clients());
        boolean idle = pending.stream().noneMatch(p -> p.client == client && !p.abandoned);
        if (idle && operations < features.operations()) {
            call(client, randomCall(client));
        } else if (!pending.isEmpty()) {
            Pending chosen = pending.get(dice.below(pending.size()));
            if (chosen.answer == null && dice.percent(50)) {
                takeEffect(chosen);
            } else if (!chosen.abandoned) {
                answer(chosen);
            } else if (dice.percent(30)) {
                pending.remove(chosen);
            }
        }
    }

    private void call(int client, Call call) {
        events.add(new Event.Invoked(operations, client, call));
        pending.add(new Pending(operations++, client, call, floors[client]));
    }

    private void answer(Pending op) {
        if (dice.percent(features.timeouts())) {
            giveUp(op);
            return;
        }
        if (op.answer == null) {
            takeEffect(op);
        }
        events.add(new Event.Answered(op.op, op.answer));
        pending.remove(op);
        floors[op.client] = Math.max(floors[op.client], op.seen);
        writers.get(op.client).answered(op.call, op.answer);
    }

    /// The client learns nothing; the call may still be on its way.
    private void giveUp(Pending op) {
        op.abandoned = true;
        if (op.answer == null && dice.percent(30)) {
            events.add(new Event.Answered(op.op, new Answer.NotWritten()));
            pending.remove(op);
        } else {
            boolean read = op.call instanceof Call.Read || op.call instanceof Call.Tail;
            if (dice.percent(80)) {
                events.add(new Event.Answered(op.op, read ? new Answer.Nothing() : new Answer.Unknown()));
            }
            writers.get(op.client).lost(op.call);
        }
        if (read(op.call)) {
            pending.remove(op);
        }
    }

    private static boolean read(Call call) {
        return call instanceof Call.Read || call instanceof Call.Tail;
    }

    private void takeEffect(Pending op) {
        int at = isLocal(op.call) ? op.floor + dice.below(states.size() - op.floor) : states.size() - 1;
        op.seen = read(op.call) ? at : 0;
        Spec.Step<StreamSpec.State, Answer> step = spec.apply(states.get(at), op.call);
        op.answer = told(op.call, step.output());
        if (!isLocal(op.call) && !step.state().equals(states.getLast())) {
            states.add(step.state());
        }
        if (op.answer instanceof Answer.Appended appended && !appended.duplicate()) {
            writers.forEach(writer -> writer.accepted(((Call.Append) op.call).producer()));
        }
    }

    /// The answer with what the specification leaves open.
    private Answer told(Call call, Answer answer) {
        return switch (answer) {
            case Answer.Created _ -> new Answer.Created(tell(++incarnation));
            case Answer.AlreadyExists there -> new Answer.AlreadyExists(tell(incarnation), there.tail(), there.closed());
            case Answer.Records all when dice.percent(20) -> {
                int some = dice.below(all.records().size() + 1);
                yield new Answer.Records(all.from(), all.records().subList(0, some), all.tail(), all.closed());
            }
            case Answer.Appended appended when appended.duplicate() && dice.percent(20) ->
                forgotten(((Call.Append) call).producer(), appended);
            case Answer.Records _, Answer.Appended _, Answer.DuplicateForgotten _, Answer.Closed _, Answer.Deleted _,
                    Answer.NoSuchStream _, Answer.WrongTail _, Answer.StreamClosed _, Answer.SequenceGap _,
                    Answer.Fenced _, Answer.ProducerForgotten _, Answer.NotWritten _, Answer.Unknown _, Answer.TailIs _,
                    Answer.PastTail _, Answer.Nothing _ -> answer;
        };
    }

    private long tell(long number) {
        return dice.percent(60) ? number : Answer.INCARNATION_UNTOLD;
    }

    private Answer forgotten(Command.Producer producer, Answer.Appended appended) {
        for (Writer writer : writers) {
            if (writer.id().equals(producer.id())) {
                Call tail = new Call.Tail(STREAM, Level.LINEARIZABLE, Call.NO_SESSION);
                Answer now = spec.apply(states.getLast(), tail).output();
                return now instanceof Answer.TailIs is ? new Answer.DuplicateForgotten(writer.lastSeq(), is.tail()) : appended;
            }
        }
        return appended;
    }

    private static boolean isLocal(Call call) {
        return call instanceof Call.Read read && read.level() == Level.LOCAL
                || call instanceof Call.Tail tail && tail.level() == Level.LOCAL;
    }

    // ---- what is asked for ---------------------------------------------------------------------------------

    private Call randomCall(int client) {
        int roll = dice.below(100);
        if (roll < 48) {
            return append(client);
        }
        if (roll < 68) {
            return new Call.Read(STREAM, dice.below(4) / 2, 1 + dice.below(6), level(), session(client));
        }
        if (roll < 82) {
            return new Call.Tail(STREAM, level(), session(client));
        }
        if (roll < 90 && features.close()) {
            return dice.percent(60)
                    ? new Call.Close(STREAM)
                    : new Call.Append(STREAM, List.of(), expectedTail(), writers.get(client).next(dice, features), true);
        }
        if (roll < 97 && features.deletes()) {
            return new Call.Delete(STREAM);
        }
        return roll > 95 || features.deletes() ? new Call.Create(STREAM) : append(client);
    }

    private Call append(int client) {
        Writer writer = writers.get(client);
        Call.Append again = writer.again(dice);
        if (again != null) {
            return again;
        }
        int size = features.batches() ? 1 + dice.below(3) : 1;
        List<Bytes> records = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            records.add(Bytes.utf8(features.repeats() ? "r" + dice.below(2) : "r" + contents++));
        }
        boolean close = features.close() && dice.percent(8);
        return new Call.Append(STREAM, records, expectedTail(), writer.next(dice, features), close);
    }

    private long expectedTail() {
        return features.conditional() && dice.percent(50) ? dice.below(4) : Command.ANY_TAIL;
    }

    private Level level() {
        return features.local() && dice.percent(60) ? Level.LOCAL : Level.LINEARIZABLE;
    }

    private long session(int client) {
        return features.local() && dice.percent(60) ? client + 1 : Call.NO_SESSION;
    }
}
