package holdfast.sim.work;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.Translation;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Workload;
import java.util.function.Consumer;

/// Makes one call at a time and repeats it where that is safe, with capped exponential backoff and full jitter
/// (Brooker, 2015). Each attempt is an operation of its own in the history, and what the last one was answered is the
/// call's answer. But some clients leave their writes to a gateway ([GatewayProcess]): such a write is one operation, from its
/// first attempt to its last answer, because the nodes do it once.
final class Caller implements Asker {

    /// Any node will do: the one that led last, as far as this client knows.
    static final int ANY_NODE = 0;

    private final int client;
    private final Desk desk;
    private final Workload workload;
    private final GatewayProcess gateway;
    private final boolean isNumbering;
    private final LeaderGuess guess = new LeaderGuess();
    private Call call;
    private int fixedNode;
    private int attemptsMax;
    private Consumer<Answer> done;
    private int attempts;
    private boolean isUncertain;
    private int operation;
    private long request;
    private long writes;
    private long numbered;
    private long seenIndex = ClientRequest.NO_INDEX;
    private long draws;

    Caller(int client, Desk desk, Workload workload, Gateways gateways) {
        this.client = client;
        this.desk = desk;
        this.workload = workload;
        gateway = gateways.of(client);
        isNumbering = desk.entropy().chance(Purpose.CLIENT_SESSION, client, -1, workload.habits().numberedPpm());
    }

    @Override
    public int id() {
        return client;
    }

    /// @param node whom to ask, or [#ANY_NODE]
    void call(Call next, int node, int attemptsAllowed, Consumer<Answer> whenDone) {
        call = next;
        fixedNode = node;
        attemptsMax = attemptsAllowed;
        done = whenDone;
        attempts = 0;
        isUncertain = false;
        if (isNumbering && !isRead()) {
            passOn();
        } else {
            attempt();
        }
    }

    private void passOn() {
        operation = desk.recorder().invoked(client, call);
        gateway.write(client, ++numbered, Requests.command(call), gateway.holdMillis(attemptsMax), reply -> {
            Answer answer = Translation.answer(reply);
            seenIndex = Math.max(seenIndex, Requests.indexOf(reply));
            isUncertain = answer instanceof Answer.Unknown;
            desk.recorder().answered(operation, client, answer);
            done.accept(answer);
        });
    }

    private void attempt() {
        attempts++;
        operation = desk.recorder().invoked(client, call);
        long asked = desk.ask(this, target(), Requests.request(call, seenBefore()));
        request = asked;
        desk.queue().after(workload.attemptMicros(), () -> onTimeout(asked));
    }

    private int target() {
        if (fixedNode != ANY_NODE) {
            return fixedNode;
        }
        if (!isRead() && guess.leader() != ANY_NODE && !goesElsewhere()) {
            return guess.leader();
        }
        return 1 + (int) draw(Purpose.CLIENT_TARGET, desk.world().nodes());
    }

    private boolean goesElsewhere() {
        return desk.entropy().chance(Purpose.CLIENT_ELSEWHERE, client, ++writes, workload.habits().elsewherePpm());
    }

    /// What a read of a session must have seen.
    private long seenBefore() {
        long session = switch (call) {
            case Call.Read read -> read.session();
            case Call.Tail tail -> tail.session();
            case Call.Create _, Call.Append _, Call.Close _, Call.Delete _ -> Call.NO_SESSION;
        };
        return session == Call.NO_SESSION ? ClientRequest.NO_INDEX : seenIndex;
    }

    @Override
    public void onReply(long answered, ClientReply reply) {
        if (answered == request) {
            guess.heard(reply);
            seenIndex = Math.max(seenIndex, Requests.indexOf(reply));
            concluded(Translation.answer(reply), !Requests.isCrowdedOut(reply));
        }
    }

    @Override
    public void onRefused(long asked) {
        if (asked == request) {
            guess.heardNothing();
            concluded(isRead() ? new Answer.Nothing() : new Answer.NotWritten(), true);
        }
    }

    private boolean isRead() {
        return call instanceof Call.Read || call instanceof Call.Tail;
    }

    /// No answer in time: the outcome of a write is unknown, a read learned nothing.
    private void onTimeout(long asked) {
        if (asked == request) {
            desk.forget(asked);
            guess.heardNothing();
            concluded(isRead() ? new Answer.Nothing() : new Answer.Unknown(), true);
        }
    }

    /// @param isWorthwhile whether the next moments may change a refusal
    private void concluded(Answer answer, boolean isWorthwhile) {
        request = 0;
        isUncertain |= answer instanceof Answer.Unknown;
        boolean goesOn = attempts < attemptsMax && isWorthwhile && mayRepeat(answer);
        desk.recorder().answered(operation, client, answer);
        if (goesOn) {
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
                    Answer.StreamClosed _, Answer.SequenceGap _, Answer.Fenced _, Answer.ProducerForgotten _, Answer.Records _,
                    Answer.TailIs _, Answer.PastTail _ -> false;
        };
    }

    /// Whether an attempt of this call may still take effect: a later refusal says nothing about an earlier attempt
    /// whose answer never came.
    boolean isUncertain() {
        return isUncertain;
    }

    private long backoff() {
        return 1 + draw(Purpose.CLIENT_BACKOFF, workload.backoffBoundMicros(attempts));
    }

    private long draw(Purpose purpose, long bound) {
        return desk.entropy().below(purpose, client, draws++, bound);
    }
}
