package holdfast.sim.work;

import holdfast.node.ClientReply;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.Translation;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Workload;
import java.util.function.Consumer;

/// Makes one call at a time and repeats it where that is safe, with capped exponential backoff and full jitter
/// (Brooker, 2015). Each attempt is an operation of its own in the history; what the last one was answered is the
/// call's answer.
final class Caller {

    /// Any node will do: the one that led last, as far as this client knows.
    static final int ANY_NODE = 0;

    /// Full jitter doubles its bound at most so often before the cap decides.
    private static final int DOUBLINGS_MAX = 20;

    private final int client;
    private final Desk desk;
    private final Workload workload;
    private Call call;
    private int fixedNode;
    private int attemptsMax;
    private Consumer<Answer> done;
    private int attempts;
    private boolean isUncertain;
    private int operation;
    private long request;
    private int leader;
    private long draws;

    Caller(int client, Desk desk, Workload workload) {
        this.client = client;
        this.desk = desk;
        this.workload = workload;
    }

    /// @param node whom to ask, or [#ANY_NODE]
    void call(Call next, int node, int attemptsAllowed, Consumer<Answer> whenDone) {
        call = next;
        fixedNode = node;
        attemptsMax = attemptsAllowed;
        done = whenDone;
        attempts = 0;
        isUncertain = false;
        attempt();
    }

    private void attempt() {
        attempts++;
        operation = desk.recorder().invoked(client, call);
        long asked = desk.ask(this, target(), call);
        request = asked;
        desk.queue().after(workload.attemptMicros(), () -> onTimeout(asked));
    }

    private int target() {
        if (fixedNode != ANY_NODE) {
            return fixedNode;
        }
        if (!isRead() && leader != ANY_NODE) {
            return leader;
        }
        return 1 + (int) draw(Purpose.CLIENT_TARGET, desk.world().nodes());
    }

    void onReply(long answered, ClientReply reply) {
        if (answered == request) {
            leader = Requests.leaderHint(reply) != 0 ? Requests.leaderHint(reply) : leader;
            concluded(Translation.answer(reply));
        }
    }

    /// Nobody listens there, so nothing can have happened.
    void onRefused(long asked) {
        if (asked == request) {
            leader = ANY_NODE;
            concluded(isRead() ? new Answer.Nothing() : new Answer.NotWritten());
        }
    }

    private boolean isRead() {
        return call instanceof Call.Read || call instanceof Call.Tail;
    }

    /// No answer in time: the outcome of a write is unknown, a read learned nothing.
    private void onTimeout(long asked) {
        if (asked == request) {
            desk.forget(asked);
            leader = ANY_NODE;
            concluded(isRead() ? new Answer.Nothing() : new Answer.Unknown());
        }
    }

    private void concluded(Answer answer) {
        request = 0;
        isUncertain |= answer instanceof Answer.Unknown;
        desk.recorder().answered(operation, client, answer);
        if (attempts < attemptsMax && mayRepeat(answer)) {
            desk.queue().after(backoff(), this::attempt);
        } else {
            done.accept(answer);
        }
    }

    /// Whether another attempt can do no harm: nothing was written, nothing would be, or the node would notice.
    private boolean mayRepeat(Answer answer) {
        return switch (answer) {
            case Answer.NotWritten _, Answer.Nothing _ -> true;
            case Answer.Unknown _ -> switch (call) {
                case Call.Append append -> !append.producer().isNone();
                case Call.Create _, Call.Close _ -> true;
                case Call.Delete _, Call.Read _, Call.Tail _ -> false;
            };
            case Answer.Created _, Answer.AlreadyExists _, Answer.Appended _, Answer.DuplicateForgotten _,
                    Answer.Closed _, Answer.Deleted _, Answer.NoSuchStream _, Answer.WrongTail _,
                    Answer.StreamClosed _, Answer.SequenceGap _, Answer.Fenced _, Answer.Records _, Answer.TailIs _,
                    Answer.PastTail _ -> false;
        };
    }

    /// Whether an attempt of this call may still take effect: a later refusal says nothing about an earlier attempt
    /// whose answer never came.
    boolean isUncertain() {
        return isUncertain;
    }

    private long backoff() {
        long doubled = workload.backoffMicros() << Math.min(attempts - 1, DOUBLINGS_MAX);
        return 1 + draw(Purpose.CLIENT_BACKOFF, Math.min(doubled, workload.backoffMaxMicros()));
    }

    private long draw(Purpose purpose, long bound) {
        return desk.entropy().below(purpose, client, draws++, bound);
    }
}
