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
        int at = dice.percent(35) ? refusal(events) : dice.below(damaged.size());
        if (dice.percent(25)) {
            move(damaged, at);
            return damaged;
        }
        damaged.set(at, switch (damaged.get(at)) {
            case Event.Invoked invoked -> new Event.Invoked(invoked.op(), invoked.client(), call(invoked.call()));
            case Event.Answered answered -> new Event.Answered(
                    answered.op(), answer(answered.answer(), events, callOf(events, answered.op())));
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

    /// The place of a refused append or of one that was sent again; any place if there is none. They are rare, and
    /// most rules are about them.
    private int refusal(List<Event> events) {
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at < events.size(); at++) {
            boolean refused = events.get(at) instanceof Event.Answered answered
                    && (answered.answer() instanceof Answer.Fenced
                            || answered.answer() instanceof Answer.SequenceGap
                            || answered.answer() instanceof Answer.WrongTail
                            || answered.answer() instanceof Answer.StreamClosed
                            || answered.answer() instanceof Answer.Appended appended && appended.duplicate());
            if (refused) {
                found.add(at);
            }
        }
        return found.isEmpty() ? dice.below(events.size()) : found.get(dice.below(found.size()));
    }

    /// A tail that somebody was told.
    private long tail(List<Event> events) {
        long chosen = dice.below(4);
        int seen = 0;
        for (Event event : events) {
            long told = event instanceof Event.Answered answered
                    ? switch (answered.answer()) {
                        case Answer.Appended appended -> appended.next();
                        case Answer.TailIs tail -> tail.tail();
                        case Answer.Records records -> records.tail();
                        case Answer.Closed closed -> closed.tail();
                        default -> -1;
                    }
                    : -1;
            if (told >= 0 && dice.below(++seen) == 0) {
                chosen = told;
            }
        }
        return chosen;
    }

    private static Call callOf(List<Event> events, int op) {
        for (Event event : events) {
            if (event instanceof Event.Invoked invoked && invoked.op() == op) {
                return invoked.call();
            }
        }
        throw new IllegalArgumentException("operation " + op + " was never called");
    }

    private Answer answer(Answer answer, List<Event> events, Call call) {
        if (dice.percent(12)) {
            return dice.percent(50) ? new Answer.Unknown() : new Answer.NotWritten();
        }
        return switch (answer) {
            case Answer.Created created -> dice.percent(60)
                    ? new Answer.Created(shifted(created.incarnation()))
                    : new Answer.AlreadyExists(created.incarnation(), 0, false);
            case Answer.AlreadyExists there -> switch (dice.below(4)) {
                case 3 -> new Answer.Created(there.incarnation());
                case 0 -> new Answer.AlreadyExists(shifted(there.incarnation()), there.tail(), there.closed());
                case 1 -> new Answer.AlreadyExists(there.incarnation(), shifted(there.tail()), there.closed());
                default -> new Answer.AlreadyExists(there.incarnation(), there.tail(), !there.closed());
            };
            case Answer.Appended appended -> appended(events, appended);
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
            case Answer.SequenceGap gap -> dice.percent(60)
                    ? new Answer.SequenceGap(shifted(gap.expectedSeq()))
                    : dice.percent(50) ? accepted(events, call) : new Answer.WrongTail(tail(events));
            case Answer.Fenced fenced -> switch (dice.below(5)) {
                case 0 -> new Answer.WrongTail(tail(events));
                case 1 -> new Answer.StreamClosed(tail(events));
                case 2, 3 -> accepted(events, call);
                default -> new Answer.Fenced(shifted(fenced.currentEpoch()));
            };
            case Answer.ProducerForgotten _ -> accepted(events, call);
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

    /// What was refused was taken after all: somewhere, or where the same append was taken before.
    private Answer accepted(List<Event> events, Call call) {
        if (!(call instanceof Call.Append append)) {
            return new Answer.Nothing();
        }
        for (Event event : events) {
            if (event instanceof Event.Answered(int op, Answer.Appended before) && callOf(events, op).equals(call)) {
                return new Answer.Appended(before.first(), before.next(), true, before.closed());
            }
        }
        long first = tail(events);
        return new Answer.Appended(first, first + append.records().size(), dice.percent(50), append.close());
    }

    private Answer appended(List<Event> events, Answer.Appended a) {
        long by = 1 - 2L * dice.below(2);
        return switch (dice.below(7)) {
            case 0 -> new Answer.Appended(a.first(), a.next(), !a.duplicate(), a.closed());
            case 1 -> new Answer.Appended(a.first(), a.next() + by, a.duplicate(), a.closed());
            case 2 -> new Answer.WrongTail(tail(events));
            case 3 -> new Answer.StreamClosed(tail(events));
            case 4 -> new Answer.Fenced(1 + dice.below(2));
            case 5 -> new Answer.SequenceGap(dice.below(2));
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
            case Call.Read read -> read(read);
            case Call.Tail tail -> new Call.Tail(tail.stream(), other(tail.level()), dice.below(2));
            case Call.Close _ -> new Call.Tail(call.stream(), Level.LINEARIZABLE, Call.NO_SESSION);
            case Call.Create _, Call.Delete _ -> call;
        };
    }

    private Call read(Call.Read r) {
        return switch (dice.below(3)) {
            case 0 -> new Call.Read(r.stream(), r.from(), r.recordsMax(), other(r.level()), r.session());
            case 1 -> new Call.Read(r.stream(), shifted(r.from()), r.recordsMax(), r.level(), r.session());
            default -> new Call.Read(r.stream(), r.from(), 1 + dice.below(2), r.level(), r.session());
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
                    a.stream(), a.records(), a.expectedTail(),
                    new Command.Producer("p0", dice.below(2), dice.below(3)), a.close());
        };
    }
}
