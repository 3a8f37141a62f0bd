package holdfast.node;

import holdfast.Bytes;
import holdfast.Check;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import java.util.ArrayDeque;
import java.util.List;

/// One write of a [Gateway] and what is known of it so far: it is tried until it is answered, its time is up, or nobody waits
/// for it any more.
///
/// Whoever drives it asks for the next step, takes it, tells the reply if the step was to ask, and asks again, until the step
/// is [Step.Finished]. In the end, and in every case, comes [#close].
public final class Errand {

    /// How long an attempt may take before the leader is looked for again: the first, and then twice as long up to
    /// the last. A second copy costs a log entry.
    static final int FIRST_ATTEMPT_MILLIS = 500;
    static final int ATTEMPT_MILLIS_MAX = 2_000;

    /// A large write is given the time that it takes on the way through several disks and networks.
    static final int BYTES_A_MILLI = 2_048;

    /// Pause when a node that should know better does not lead or has no room.
    static final int PAUSE_MILLIS = 20;

    /// Two nodes that take each other for the leader are not asked in turn without a pause.
    static final int LOOK_MILLIS = 1;

    /// What there is to do next.
    public sealed interface Step {

        /// Ask that node, and [Errand#take] what it answers within the time: [ClientReply.Unknown] if it does not.
        record Ask(int node, ClientRequest.Write write, long millis) implements Step {}

        /// Wait for a leader of another term, or any with a `staleTerm` of 0, no longer than that.
        record AwaitLeader(long staleTerm, long millis) implements Step {}

        record Pause(long millis) implements Step {}

        /// This is what is known: what happened, that nothing was written, or that nobody can tell.
        record Finished(ClientReply reply) implements Step {}
    }

    /// What the gateway's node knows.
    ///
    /// @param leader 0 if none is known
    /// @param term of that leader
    /// @param hasStopped whether the node will never know more
    public record View(int leader, long term, boolean hasStopped) {}

    private final Gateway gateway;
    private final Command command;
    private final long endMicros;
    private final ArrayDeque<Step> waits = new ArrayDeque<>();
    private Gateway.Ticket ticket;
    private int attemptMillis;
    private ClientReply.NotWritten refusal = new ClientReply.NotWritten(ClientReply.Cause.NOT_LEADER, 0);
    private ClientReply.Unknown doubt;
    private ClientReply answer;
    private long askedTerm;
    private boolean hasTried;

    Errand(Gateway gateway, Command command, long nowMicros, int holdMillis) {
        this.gateway = gateway;
        this.command = command;
        int sizeMillis = bytesOf(command) / BYTES_A_MILLI;
        attemptMillis = FIRST_ATTEMPT_MILLIS + sizeMillis / 2;
        endMicros = nowMicros + (holdMillis + 2L * sizeMillis) * 1_000;
        ticket = gateway.issue();
        if (ticket == null) {
            answer = new ClientReply.NotWritten(ClientReply.Cause.OVERLOADED, 0);
        }
    }

    private static int bytesOf(Command command) {
        List<Bytes> records = switch (command) {
            case Command.Create create -> create.records();
            case Command.Append append -> append.records();
            case Command.Close _, Command.Delete _, Command.Touch _ -> List.of();
        };
        int bytes = 0;
        for (Bytes record : records) {
            bytes += record.size();
        }
        return bytes;
    }

    // ---- driving it ----------------------------------------------------------------------------------------

    /// What to do now. Always [Step.Finished] once it was that.
    public Step next(long nowMicros, View view) {
        if (answer == null && !waits.isEmpty()) {
            return waits.removeFirst();
        }
        if (answer == null && view.hasStopped()) {
            refusal = new ClientReply.NotWritten(ClientReply.Cause.STOPPED, 0);
        }
        if (answer == null && (view.hasStopped() || hasTried && millisLeft(nowMicros) <= 0)) {
            answer = doubt != null ? doubt : refusal;
        }
        if (answer != null) {
            close();
            return new Step.Finished(answer);
        }
        hasTried = true;
        if (view.leader() == 0) {
            return new Step.AwaitLeader(0, Math.max(0, millisLeft(nowMicros)));
        }
        askedTerm = view.term();
        ClientRequest.Write write = new ClientRequest.Write(command.with(gateway.stamp(ticket)));
        return new Step.Ask(view.leader(), write, Math.clamp(millisLeft(nowMicros), 1, attemptMillis));
    }

    /// What the node that was asked has said.
    public void take(ClientReply reply, long nowMicros) {
        Check.that(answer == null && ticket != null, "an errand that is over asks nobody");
        switch (reply) {
            case ClientReply.NotWritten refused -> take(refused, nowMicros);
            case ClientReply.Unknown unknown -> {
                doubt = unknown;
                attemptMillis = Math.max(attemptMillis, Math.min(2 * attemptMillis, ATTEMPT_MILLIS_MAX));
            }
            case ClientReply.Applied applied when applied.outcome() instanceof Outcome.RequestForgotten forgotten ->
                    takeForgotten(forgotten);
            case ClientReply.Applied applied -> answer = applied;
            case ClientReply.Records _, ClientReply.Tail _, ClientReply.NoSuchStream _,
                    ClientReply.StreamGone _, ClientReply.PastTail _, ClientReply.ReadFailed _,
                    ClientReply.Accepted _, ClientReply.DiskReplaced _ -> {}
        }
    }

    /// Nothing is sent any more. If it was not finished, nobody knows what becomes of the copies under way. May be called
    /// again.
    public void close() {
        if (ticket != null) {
            gateway.retire(ticket);
            ticket = null;
        }
    }

    // ---- what an answer means ------------------------------------------------------------------------------

    private long millisLeft(long nowMicros) {
        return (endMicros - nowMicros) / 1_000;
    }

    /// Some refusals are final: trying again would not change them. In doubt about an earlier attempt none is.
    private void take(ClientReply.NotWritten refused, long nowMicros) {
        refusal = refused;
        long millis = Math.clamp(millisLeft(nowMicros), 0, PAUSE_MILLIS);
        switch (refused.cause()) {
            case NOT_LEADER, TRANSFERRING -> {
                waits.addLast(new Step.AwaitLeader(askedTerm, millis));
                waits.addLast(new Step.Pause(LOOK_MILLIS));
            }
            case TOO_LARGE, BAD_REQUEST -> {
                if (doubt == null) {
                    answer = refused;
                } else {
                    waits.addLast(new Step.Pause(millis));
                }
            }
            case LEADERSHIP_LOST, OVERLOADED, TIMED_OUT, NOT_YET, STARTING, STOPPED, FORMING, CHANGING, NO_SPACE,
                    DAMAGED -> waits.addLast(new Step.Pause(millis));
        }
    }

    /// The machine has refused this number and knows nothing of it. If no earlier attempt is in doubt, nothing was written,
    /// and another number can be tried. In doubt it cannot: what an attempt in the old session has done, the new one would
    /// not know.
    private void takeForgotten(Outcome.RequestForgotten forgotten) {
        gateway.learnSession(forgotten);
        if (doubt != null) {
            answer = doubt;
        } else {
            gateway.retire(ticket);
            ticket = gateway.issue();
        }
    }
}
