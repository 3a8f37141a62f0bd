package holdfast.sim.check.stream.trial;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.Event;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;

/// Makes a right history wrong, mostly: one small change to an answer, a call or the order of events. A test of a
/// checker is only as good as its damages, so every field of every answer has one.
final class Damage {

    private final Dice dice;

    Damage(Dice dice) {
        this.dice = dice;
    }

    /// The events with one thing changed.
    List<Event> one(List<Event> events) {
        List<Event> damaged = new ArrayList<>(events);
        int at = dice.below(damaged.size());
        if (dice.percent(25)) {
            move(damaged, at);
            return damaged;
        }
        damaged.set(at, switch (damaged.get(at)) {
            case Event.Invoked invoked -> new Event.Invoked(invoked.op(), invoked.client(), call(invoked.call()));
            case Event.Answered answered -> new Event.Answered(answered.op(), answer(answered.answer()));
        });
        return damaged;
    }

    /// An answer comes later or a call earlier or the other way round, but no answer before its own call.
    private void move(List<Event> events, int at) {
        Event moved = events.remove(at);
        int low = 0;
        int high = events.size();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).op() == moved.op()) {
                if (moved instanceof Event.Answered) {
                    low = i + 1;
                } else {
                    high = i;
                }
            }
        }
        events.add(low + dice.below(high - low + 1), moved);
    }

    private long shifted(long value) {
        return Math.max(0, value + 1 - 2L * dice.below(2));
    }

    private Answer answer(Answer answer) {
        if (dice.percent(12)) {
            return dice.percent(50) ? new Answer.Unknown() : new Answer.NotWritten();
        }
        return switch (answer) {
            case Answer.Created created -> new Answer.Created(shifted(created.incarnation()));
            case Answer.AlreadyExists there -> switch (dice.below(3)) {
                case 0 -> new Answer.AlreadyExists(shifted(there.incarnation()), there.tail(), there.closed());
                case 1 -> new Answer.AlreadyExists(there.incarnation(), shifted(there.tail()), there.closed());
                default -> new Answer.AlreadyExists(there.incarnation(), there.tail(), !there.closed());
            };
            case Answer.Appended appended -> appended(appended);
            case Answer.DuplicateForgotten forgotten -> dice.percent(50)
                    ? new Answer.DuplicateForgotten(shifted(forgotten.lastSeq()), forgotten.tail())
                    : new Answer.DuplicateForgotten(forgotten.lastSeq(), shifted(forgotten.tail()));
            case Answer.Closed closed -> new Answer.Closed(shifted(closed.tail()));
            case Answer.Deleted _ -> new Answer.NoSuchStream();
            case Answer.NoSuchStream _ -> dice.percent(50) ? new Answer.TailIs(0, false) : new Answer.Deleted();
            case Answer.WrongTail wrong -> dice.percent(50)
                    ? new Answer.WrongTail(shifted(wrong.tail()))
                    : new Answer.StreamClosed(wrong.tail());
            case Answer.StreamClosed closed -> dice.percent(50)
                    ? new Answer.StreamClosed(shifted(closed.tail()))
                    : new Answer.WrongTail(closed.tail());
            case Answer.SequenceGap gap -> new Answer.SequenceGap(shifted(gap.expectedSeq()));
            case Answer.Fenced fenced -> new Answer.Fenced(shifted(fenced.currentEpoch()));
            case Answer.NotWritten _ -> new Answer.Unknown();
            case Answer.Unknown _ -> new Answer.NotWritten();
            case Answer.Records records -> records(records);
            case Answer.TailIs tail -> dice.percent(70)
                    ? new Answer.TailIs(shifted(tail.tail()), tail.closed())
                    : new Answer.TailIs(tail.tail(), !tail.closed());
            case Answer.PastTail past -> new Answer.PastTail(shifted(past.tail()));
            case Answer.Nothing _ -> new Answer.NoSuchStream();
        };
    }

    private Answer appended(Answer.Appended a) {
        long by = 1 - 2L * dice.below(2);
        return switch (dice.below(4)) {
            case 0 -> new Answer.Appended(a.first(), a.next(), !a.duplicate(), a.closed());
            case 1 -> new Answer.Appended(a.first(), a.next() + by, a.duplicate(), a.closed());
            case 2 -> new Answer.WrongTail(a.first());
            default -> new Answer.Appended(a.first() + by, a.next() + by, a.duplicate(), a.closed());
        };
    }

    private Answer records(Answer.Records r) {
        List<Bytes> records = new ArrayList<>(r.records());
        switch (dice.below(5)) {
            case 0 -> {
                return new Answer.Records(r.from(), records, shifted(r.tail()), r.closed());
            }
            case 1 -> {
                return new Answer.Records(r.from(), records, r.tail(), !r.closed());
            }
            case 2 -> {
                if (!records.isEmpty()) {
                    records.removeLast();
                }
                return new Answer.Records(r.from(), records, r.from() + records.size(), r.closed());
            }
            case 3 -> {
                if (!records.isEmpty()) {
                    records.set(dice.below(records.size()), Bytes.utf8("r" + dice.below(4)));
                }
            }
            default -> {
                if (records.size() > 1) {
                    records.add(records.removeFirst());
                }
            }
        }
        return new Answer.Records(r.from(), records, r.tail(), r.closed());
    }

    private Call call(Call call) {
        return switch (call) {
            case Call.Append append -> append(append);
            case Call.Read read -> dice.percent(70)
                    ? new Call.Read(read.stream(), read.from(), read.recordsMax(), other(read.level()), read.session())
                    : new Call.Read(read.stream(), shifted(read.from()), read.recordsMax(), read.level(), read.session());
            case Call.Tail tail -> new Call.Tail(tail.stream(), other(tail.level()), dice.below(2));
            case Call.Close _ -> new Call.Tail(call.stream(), Level.LINEARIZABLE, Call.NO_SESSION);
            case Call.Create _, Call.Delete _ -> call;
        };
    }

    private static Level other(Level level) {
        return level == Level.LOCAL ? Level.LINEARIZABLE : Level.LOCAL;
    }

    private Call append(Call.Append a) {
        Command.Producer producer = a.producer();
        return switch (dice.below(4)) {
            case 0 -> new Call.Append(a.stream(), a.records(), dice.below(4), producer, a.close());
            case 1 -> new Call.Append(a.stream(), a.records(), a.expectedTail(), producer, !a.close());
            case 2 -> producer.isNone()
                    ? a
                    : new Call.Append(
                            a.stream(),
                            a.records(),
                            a.expectedTail(),
                            new Command.Producer(producer.id(), producer.epoch(), shifted(producer.seq())),
                            a.close());
            default -> new Call.Append(
                    a.stream(), a.records(), a.expectedTail(), new Command.Producer("p0", dice.below(2), dice.below(3)), a.close());
        };
    }
}
