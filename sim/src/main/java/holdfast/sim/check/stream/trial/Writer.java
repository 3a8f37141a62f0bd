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

    Writer(String id) {
        this.id = id;
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

    /// Mostly the next number; sometimes one too far, one that was used, or a new epoch.
    Command.Producer next(Dice dice, Features features) {
        if (!features.producers() || dice.percent(15)) {
            return Command.Producer.NONE;
        }
        int roll = dice.below(100);
        if (roll < 8) {
            epoch++;
            nextSeq = 0;
        }
        long sentEpoch = roll > 95 && epoch > 0 ? epoch - 1 : epoch;
        return new Command.Producer(id, sentEpoch, roll > 88 && roll <= 95 ? nextSeq + 1 : nextSeq++);
    }

    boolean hasLost() {
        return lost != null;
    }

    Call retry() {
        return lost;
    }

    void lost(Call call) {
        if (call instanceof Call.Append append && !append.producer().isNone()) {
            lost = append;
        }
    }

    void answered(Call call, Answer answer) {
        if (call instanceof Call.Append append && append.equals(lost)) {
            lost = null;
        }
        if (answer instanceof Answer.SequenceGap gap) {
            nextSeq = gap.expectedSeq();
        }
        if (answer instanceof Answer.WrongTail && call instanceof Call.Append append && !append.producer().isNone()) {
            nextSeq = append.producer().seq();
        }
    }
}
