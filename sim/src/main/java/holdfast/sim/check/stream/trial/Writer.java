package holdfast.sim.check.stream.trial;

import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;

/// The producer of one client: which number comes next, and what must be tried again.
final class Writer {

    private final String id;
    private long epoch;
    private long nextSeq;
    private long lastSeq = -1;
    private Call.Append lost;
    private Call.Append last;

    Writer(String id, long epoch) {
        this.id = id;
        this.epoch = epoch;
    }

    String id() {
        return id;
    }

    /// The seq of its last append that really happened.
    long lastSeq() {
        return lastSeq;
    }

    void accepted(Command.Producer producer) {
        if (producer.id().equals(id)) {
            lastSeq = producer.seq();
        }
    }

    /// Mostly the next number; sometimes one too far, one that was used, an old epoch or a new one.
    Command.Producer next(Dice dice, Features features) {
        if (!features.producers() || dice.percent(10)) {
            return Command.Producer.NONE;
        }
        int roll = dice.below(100);
        if (roll < 12) {
            epoch++;
            nextSeq = 0;
        } else if (roll < 24 && epoch > 0) {
            return new Command.Producer(id, epoch - 1, dice.below(2));
        } else if (roll < 34) {
            return new Command.Producer(id, epoch, nextSeq + 1);
        }
        return new Command.Producer(id, epoch, nextSeq++);
    }

    /// An append that it may send again: one without an answer, or its last one, which the network may repeat.
    Call.Append again(Dice dice) {
        return lost != null && dice.percent(70) ? lost : last != null && dice.percent(25) ? last : null;
    }

    void lost(Call call) {
        if (call instanceof Call.Append append && !append.producer().isNone()) {
            lost = append;
        }
    }

    void answered(Call call, Answer answer) {
        if (!(call instanceof Call.Append append) || append.producer().isNone()) {
            return;
        }
        lost = append.equals(lost) ? null : lost;
        last = append;
        if (answer instanceof Answer.SequenceGap gap) {
            nextSeq = gap.expectedSeq();
        }
        if (answer instanceof Answer.WrongTail) {
            nextSeq = append.producer().seq();
        }
    }
}
