package holdfast.sim.check.stream;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.history.History;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Long right histories of one stream for measuring: closed-loop clients, a third each of appends (one to four
/// records, nine of ten numbered by a producer, the tenth conditional), reads of the last records and checks of the
/// tail; what a producer sent is sent again when the answer is lost. At the end the stream is closed and read.
public final class BigHistory {

    private static final String STREAM = "s";
    private static final int READ_MAX = 8;

    private final SplittableRandom random;
    private final int timeoutsPerMille;
    private final History history = new History();
    private final List<Bytes> log = new ArrayList<>();
    private final Client[] clients;
    private int contents;

    /// One client and the operation that it has open.
    private static final class Client {
        private final int number;
        private long seq;
        private int op = -1;
        private Call call;
        private Answer answer;
        private Call.Append lost;
        private boolean written;
        private long lostAt;

        Client(int number) {
            this.number = number;
        }
    }

    private BigHistory(int clients, int timeoutsPerMille, long seed) {
        random = new SplittableRandom(seed);
        this.timeoutsPerMille = timeoutsPerMille;
        this.clients = new Client[clients];
        for (int i = 0; i < clients; i++) {
            this.clients[i] = new Client(i);
        }
    }

    /// A history with so many operations and a few more.
    public static History of(int operations, int clients, int timeoutsPerMille, long seed) {
        return new BigHistory(clients, timeoutsPerMille, seed).write(operations);
    }

    private History write(int operations) {
        answer(history.invoked(0, new Call.Create(STREAM)), new Answer.Created(1));
        while (history.operations() < operations) {
            step(clients[random.nextInt(clients.length)]);
        }
        for (Client client : clients) {
            while (client.op >= 0) {
                step(client);
            }
        }
        answer(history.invoked(0, new Call.Close(STREAM)), new Answer.Closed(log.size()));
        for (int from = 0; from < log.size(); from += 1000) {
            Call read = new Call.Read(STREAM, from, 1000, Level.LINEARIZABLE, Call.NO_SESSION);
            List<Bytes> records = log.subList(from, Math.min(log.size(), from + 1000));
            answer(history.invoked(0, read), new Answer.Records(from, records, log.size(), true));
        }
        return history;
    }

    private void answer(int op, Answer answer) {
        history.answered(op, answer);
    }

    private void step(Client client) {
        if (client.op < 0) {
            client.call = call(client);
            client.op = history.invoked(client.number, client.call);
            client.answer = null;
        } else if (client.answer == null) {
            client.answer = effect(client);
        } else {
            boolean lost = random.nextInt(1000) < timeoutsPerMille;
            boolean append = client.call instanceof Call.Append;
            answer(client.op, lost ? append ? new Answer.Unknown() : new Answer.Nothing() : client.answer);
            boolean again = lost && append && !((Call.Append) client.call).producer().isNone();
            client.lost = again ? (Call.Append) client.call : null;
            client.op = -1;
        }
    }

    private Call call(Client client) {
        if (client.lost != null) {
            return client.lost;
        }
        int roll = random.nextInt(3);
        if (roll == 0) {
            List<Bytes> records = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                records.add(Bytes.utf8("r" + contents++));
            }
            Command.Producer producer = new Command.Producer("p" + client.number, 0, client.seq);
            return random.nextInt(10) == 0
                    ? new Call.Append(STREAM, records, log.size(), Command.Producer.NONE, false)
                    : new Call.Append(STREAM, records, Command.ANY_TAIL, producer, false);
        }
        return roll == 1
                ? new Call.Read(STREAM, Math.max(0, log.size() - READ_MAX), READ_MAX, Level.LINEARIZABLE, Call.NO_SESSION)
                : new Call.Tail(STREAM, Level.LINEARIZABLE, Call.NO_SESSION);
    }

    private Answer effect(Client client) {
        return switch (client.call) {
            case Call.Append append -> append(client, append);
            case Call.Read read -> {
                int end = (int) Math.min(log.size(), read.from() + read.recordsMax());
                yield new Answer.Records(read.from(), log.subList((int) read.from(), end), log.size(), false);
            }
            case Call.Tail _ -> new Answer.TailIs(log.size(), false);
            case Call.Create _, Call.Close _, Call.Delete _ -> throw new IllegalStateException("not by these clients");
        };
    }

    private Answer append(Client client, Call.Append append) {
        int size = append.records().size();
        if (append.equals(client.lost) && client.written) {
            return new Answer.Appended(client.lostAt, client.lostAt + size, true, false);
        }
        client.written = append.expectedTail() == Command.ANY_TAIL || append.expectedTail() == log.size();
        if (!client.written) {
            return new Answer.WrongTail(log.size());
        }
        client.seq += append.producer().isNone() ? 0 : 1;
        client.lostAt = log.size();
        log.addAll(append.records());
        return new Answer.Appended(client.lostAt, client.lostAt + size, false, false);
    }
}
