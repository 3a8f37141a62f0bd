package holdfast.sim.check.stream;

import holdfast.node.ClientRequest.Level;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import java.util.List;

/// One operation of one client on one stream: what was asked, what was told, when, and what had already been
/// proved when it began. Times are event numbers of the whole history.
///
/// The records of a read are dropped once they have been compared with the line; `shown` says how many there were.
final class Operation {

    /// The answer time of an operation that was never answered.
    static final int NEVER = Integer.MAX_VALUE;

    /// Stands for the answer of a read whose records were compared and dropped.
    private static final Answer SHOWN = new Answer.Records(0, List.of(), 0, false);

    /// The floor of an operation that began before anything had been proved.
    static final long UNPROVED = -1;

    final int number;
    final int client;
    final Call call;
    final int invokedAt;
    /// Place in the list of its stream's operations.
    final int place;

    Answer answer;
    int answeredAt = NEVER;
    Told told = Told.NOTHING;
    long tail = UNPROVED;
    Told.Flag flag = Told.Flag.UNTOLD;
    int shown;
    /// The batch an append belongs to.
    Batch batch;

    /// The largest tail proved before this operation began (for a local read: to its session), and by whom.
    long floor = UNPROVED;
    Operation floorBy;
    /// Who had proved before this operation began that the stream is closed.
    Operation closedBy;

    Operation(int number, int client, Call call, int invokedAt, int place) {
        this.number = number;
        this.client = client;
        this.call = call;
        this.invokedAt = invokedAt;
        this.place = place;
    }

    /// Takes the answer in and says what it means.
    void answered(Answer given, int at) {
        answer = given;
        answeredAt = at;
        switch (given) {
            case Answer.Created _ -> testify(Told.CREATED, 0, Told.Flag.UNTOLD);
            case Answer.AlreadyExists a -> testify(Told.TAIL, a.tail(), Told.Flag.of(a.closed()));
            case Answer.Appended a ->
                testify(Told.APPENDED, a.next(), a.closed() ? Told.Flag.CLOSED : Told.Flag.UNTOLD);
            case Answer.DuplicateForgotten f -> testify(Told.TAIL, f.tail(), Told.Flag.UNTOLD);
            case Answer.Closed c -> testify(Told.TAIL, c.tail(), Told.Flag.CLOSED);
            case Answer.NoSuchStream _ -> testify(isLocal() ? Told.ONCE_ABSENT : Told.ABSENT, UNPROVED, Told.Flag.UNTOLD);
            case Answer.WrongTail w -> testify(Told.TAIL, w.tail(), Told.Flag.OPEN);
            case Answer.StreamClosed c -> testify(Told.TAIL, c.tail(), Told.Flag.CLOSED);
            case Answer.SequenceGap _ -> testify(Told.PRESENT, 0, Told.Flag.OPEN);
            case Answer.Fenced _ -> testify(Told.PRESENT, 0, Told.Flag.UNTOLD);
            case Answer.ProducerForgotten _ -> testify(Told.PRESENT, 0, Told.Flag.UNTOLD);
            case Answer.Records r -> read(r.tail(), Told.Flag.of(r.closed()));
            case Answer.TailIs t -> read(t.tail(), Told.Flag.of(t.closed()));
            case Answer.PastTail p -> read(p.tail(), Told.Flag.UNTOLD);
            case Answer.Deleted _ -> testify(Told.NOTHING, UNPROVED, Told.Flag.UNTOLD);
            case Answer.NotWritten _ -> testify(Told.NOTHING, UNPROVED, Told.Flag.UNTOLD);
            case Answer.Unknown _ -> testify(Told.NOTHING, UNPROVED, Told.Flag.UNTOLD);
            case Answer.Nothing _ -> testify(Told.NOTHING, UNPROVED, Told.Flag.UNTOLD);
        }
    }

    private void read(long at, Told.Flag closed) {
        testify(isLocal() ? Told.PREFIX : Told.TAIL, at, closed);
    }

    private void testify(Told what, long at, Told.Flag closed) {
        told = what;
        tail = at;
        flag = closed;
    }

    /// Forgets the records of a read; what else it told is in the other fields.
    void dropRecords() {
        answer = SHOWN;
    }

    boolean hasDroppedRecords() {
        return answer == SHOWN;
    }

    /// The offset a read began at.
    long readFrom() {
        return call instanceof Call.Read read ? read.from() : 0;
    }

    /// Whether this operation may have had the effect it was asked for, as far as its own answer tells. One that
    /// was told to be a duplicate had none: another attempt had been there before.
    boolean mayHaveHappened() {
        return isUnsettled()
                || answer instanceof Answer.Appended appended && !appended.duplicate()
                || answer instanceof Answer.Created
                || answer instanceof Answer.Closed
                || answer instanceof Answer.Deleted;
    }

    /// Not answered, or answered in a way that leaves the effect open.
    boolean isUnsettled() {
        return answer == null || answer instanceof Answer.Unknown || answer instanceof Answer.Nothing;
    }

    boolean isLocal() {
        return level() == Level.LOCAL;
    }

    private Level level() {
        return switch (call) {
            case Call.Read read -> read.level();
            case Call.Tail tailCall -> tailCall.level();
            case Call.Create _, Call.Append _, Call.Close _, Call.Delete _ -> Level.LINEARIZABLE;
        };
    }

    long session() {
        return switch (call) {
            case Call.Read read -> read.session();
            case Call.Tail tailCall -> tailCall.session();
            case Call.Create _, Call.Append _, Call.Close _, Call.Delete _ -> Call.NO_SESSION;
        };
    }

    /// The producer of an append, or [Command.Producer#NONE].
    Command.Producer producer() {
        return call instanceof Call.Append append ? append.producer() : Command.Producer.NONE;
    }

    /// The tail an append expects, or [Command#ANY_TAIL].
    long expectedTail() {
        return call instanceof Call.Append append ? append.expectedTail() : Command.ANY_TAIL;
    }

    /// Whether an append may be applied where the stream ends at `base`.
    boolean allows(long base) {
        return call instanceof Call.Append append
                && (append.expectedTail() == Command.ANY_TAIL || append.expectedTail() == base);
    }
}
