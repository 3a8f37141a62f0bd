package holdfast.server.streams;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.server.NodePort;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.Stamp;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;

/// Writes on their way to whoever leads. Each is numbered ([holdfast.stream.Stamp]), so it may be sent again
/// when a leader was lost with it: the machine answers the second copy with the outcome of the first
/// ([holdfast.stream.Sessions]). So a client waits out an election instead of being told that nobody knows.
final class Writes {

    /// How long an attempt may take before the leader is looked for again: the first, and then twice as long up to
    /// the last. A second copy costs a log entry.
    private static final int FIRST_ATTEMPT_MILLIS = 500;
    private static final int ATTEMPT_MILLIS_MAX = 2_000;

    /// A large write is given the time that it takes on the way through several disks and networks.
    private static final int BYTES_A_MILLI = 2_048;

    /// Pause when a node that should know better does not lead or has no room.
    private static final int PAUSE_MILLIS = 20;

    private final NodePort port;
    private final int holdMillis;
    /// Grows if the machine refuses it: a wall clock that went back, or somebody who spoke as this node, must not silence it.
    private long session;
    private long lastNumber;

    /// Requests that may still be sent again; the lowest is the floor.
    private final ConcurrentSkipListSet<Long> open = new ConcurrentSkipListSet<>();

    Writes(NodePort port, StreamsConfig config) {
        this.port = port;
        session = config.session();
        holdMillis = config.holdMillis();
    }

    /// Gets the command committed, or says within the time of holding what is known about it.
    ClientReply write(Command command) throws InterruptedException {
        return write(command, holdMillis);
    }

    ClientReply write(Command command, int holdMillis) throws InterruptedException {
        Attempts attempts = new Attempts(command, holdMillis);
        try {
            return attempts.run();
        } finally {
            open.remove(attempts.ticket.number());
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

    /// What a request is known by for as long as it is tried.
    private record Ticket(long session, long number) {}

    /// A number that is open before any greater one is given out, so no floor can pass it.
    private synchronized Ticket begin() {
        lastNumber++;
        open.add(lastNumber);
        return new Ticket(session, lastNumber);
    }

    private synchronized void learnSession(Outcome outcome) {
        if (outcome instanceof Outcome.RequestForgotten forgotten && forgotten.session() >= session) {
            session = forgotten.session() + 1;
        }
    }

    /// One write and what is known of it so far.
    private final class Attempts {

        private final Command command;
        private final long end;
        private Ticket ticket = begin();
        private int attemptMillis;
        private ClientReply.NotWritten refusal =
                new ClientReply.NotWritten(ClientReply.Cause.NOT_LEADER, 0);
        private ClientReply.Unknown doubt;
        private boolean hasStopped;

        Attempts(Command command, int holdMillis) {
            this.command = command;
            int sizeMillis = bytesOf(command) / BYTES_A_MILLI;
            attemptMillis = FIRST_ATTEMPT_MILLIS + sizeMillis / 2;
            end = System.nanoTime() + (holdMillis + 2L * sizeMillis) * 1_000_000L;
        }

        ClientReply run() throws InterruptedException {
            while (true) {
                ClientReply reply = attempt();
                boolean isForgotten = isForgotten(reply);
                if (reply instanceof ClientReply.Applied && !isForgotten || isFinal(reply)) {
                    return reply;
                }
                if (isForgotten && doubt != null) {
                    return doubt;
                }
                if (isForgotten) {
                    beginAnew();
                }
                if (hasStopped || millisLeft() <= 0) {
                    return doubt != null ? doubt : refusal;
                }
            }
        }

        private long millisLeft() {
            return (end - System.nanoTime()) / 1_000_000;
        }

        /// Null if nobody could be asked.
        private ClientReply attempt() throws InterruptedException {
            NodePort.Status status = port.awaitLeader(0, Math.max(0, millisLeft()));
            if (status.role() == NodePort.Role.STOPPED) {
                hasStopped = true;
                refusal = new ClientReply.NotWritten(ClientReply.Cause.STOPPED, 0);
                return null;
            }
            if (status.leader() == 0) {
                return null;
            }
            ClientReply reply = ask(status);
            switch (reply) {
                case ClientReply.NotWritten n -> {
                    refusal = n;
                    pauseFor(n, status);
                }
                case ClientReply.Unknown unknown -> {
                    doubt = unknown;
                    attemptMillis = Math.max(attemptMillis, Math.min(2 * attemptMillis, ATTEMPT_MILLIS_MAX));
                }
                case ClientReply.Applied applied -> learnSession(applied.outcome());
                case ClientReply.Records _, ClientReply.Tail _, ClientReply.NoSuchStream _,
                        ClientReply.StreamGone _, ClientReply.PastTail _, ClientReply.ReadFailed _,
                        ClientReply.Accepted _, ClientReply.DiskReplaced _ -> {}
            }
            return reply;
        }

        private static boolean isForgotten(ClientReply reply) {
            return reply instanceof ClientReply.Applied applied
                    && applied.outcome() instanceof Outcome.RequestForgotten;
        }

        /// The machine has refused this number and knows nothing of it. As no earlier attempt is in doubt,
        /// nothing was written, and another number can be tried. In doubt it could not: what an attempt in the
        /// old session has done, the new one would not know.
        private void beginAnew() {
            open.remove(ticket.number());
            ticket = begin();
        }

        private ClientReply ask(NodePort.Status status) throws InterruptedException {
            Stamp stamp = new Stamp(0, status.self(), ticket.session(), ticket.number(), open.first());
            ClientRequest.Write write = new ClientRequest.Write(command.with(stamp));
            long millis = Math.clamp(millisLeft(), 1, attemptMillis);
            return status.leader() == status.self()
                    ? port.ask(write, millis)
                    : port.forward(status.leader(), write, millis);
        }

        /// A refusal that trying again would not change. In doubt about an earlier attempt there is none.
        private boolean isFinal(ClientReply reply) {
            return doubt == null
                    && reply instanceof ClientReply.NotWritten refused
                    && switch (refused.cause()) {
                        case TOO_LARGE, BAD_REQUEST -> true;
                        case NOT_LEADER, LEADERSHIP_LOST, OVERLOADED, TRANSFERRING, TIMED_OUT, NOT_YET, STARTING,
                                STOPPED, FORMING, CHANGING, NO_SPACE, DAMAGED -> false;
                    };
        }

        private void pauseFor(ClientReply.NotWritten refused, NodePort.Status asked) throws InterruptedException {
            long millis = Math.clamp(millisLeft(), 0, PAUSE_MILLIS);
            switch (refused.cause()) {
                case NOT_LEADER, TRANSFERRING -> {
                    port.awaitLeader(asked.term(), millis);
                    Thread.sleep(1);
                }
                case LEADERSHIP_LOST, OVERLOADED, TIMED_OUT, NOT_YET, STARTING, STOPPED, FORMING, CHANGING, NO_SPACE,
                        DAMAGED -> Thread.sleep(millis);
                case TOO_LARGE, BAD_REQUEST -> {}
            }
        }
    }
}
