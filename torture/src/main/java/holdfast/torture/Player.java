package holdfast.torture;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.server.client.HttpCaller;
import holdfast.server.config.HostPort;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.stream.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One client: one call at a time, each to a node drawn anew. Its numbered appends are repeated under their number
/// until their outcome is known; others are tried once.
final class Player implements Runnable {

    private static final int CALL_MILLIS_MAX = 6_000;
    private static final int PAUSE_MILLIS_MAX = 40;
    private static final int RECORDS_MAX = 3;

    /// One append in so many is of one long record, and one in so many of those is as long as an append may be.
    private static final int LONG_EVERY = 12;
    private static final int LONGEST_EVERY = 40;
    private static final int LONG_BYTES_LEAST = 2 << 10;
    private static final int DOUBLINGS_MAX = 7;
    /// The brackets, and a little to draw from.
    private static final int BODY_MARGIN_BYTES = 64;

    private final int client;
    private final Recorder recorder;
    private final Stage stage;
    private final Aside aside;
    private final Forks forks;
    private final SplittableRandom random;
    private final int appendBytesMax;
    private final List<HttpCaller> nodes = new ArrayList<>();
    private volatile boolean stopped;
    private int stream;
    private boolean inside;
    private long seq;
    private Call.Append pending;
    private long written;
    private long tail;
    private String token = "";

    Player(
            int client,
            List<HostPort> servers,
            Recorder recorder,
            Stage stage,
            Aside aside,
            Forks forks,
            int appendBytesMax,
            SplittableRandom random) {
        this.client = client;
        this.appendBytesMax = appendBytesMax;
        this.recorder = recorder;
        this.stage = stage;
        this.aside = aside;
        this.forks = forks;
        this.random = random;
        for (HostPort server : servers) {
            nodes.add(new HttpCaller(server.resolved()));
        }
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped && !recorder.isRefuted()) {
                if (isInside()) {
                    play();
                }
                Thread.sleep(random.nextInt(PAUSE_MILLIS_MAX));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            nodes.forEach(HttpCaller::close);
        }
    }

    /// Goes where the others are, once there is nothing left to repeat. A stream must be known to be there before anyone
    /// plays on it: an attempt to make it may fall into a fault.
    private boolean isInside() {
        if (pending == null && stream != stage.number()) {
            stream = stage.number();
            seq = 0;
            tail = 0;
            inside = false;
        }
        if (!inside) {
            Answer answer = call(new Call.Create(name()));
            inside = answer instanceof Answer.Created || answer instanceof Answer.AlreadyExists;
        }
        return inside;
    }

    private String name() {
        return Stage.name(stream);
    }

    private void play() throws InterruptedException {
        if (pending != null) {
            appendNumbered();
        } else if (stage.isFull(stream)) {
            close();
        } else {
            playAny();
        }
    }

    private void playAny() {
        int drawn = random.nextInt(100);
        if (drawn < 12) {
            ask(aside.next(Wording.record(client + "-" + ++written), random));
        } else if (drawn < 44) {
            Command.Producer producer = new Command.Producer("player-" + client, 0, seq);
            pending = new Call.Append(name(), records(), Command.ANY_TAIL, producer, false);
            appendNumbered();
        } else if (drawn < 51) {
            call(new Call.Append(name(), records(), Command.ANY_TAIL, Command.Producer.NONE, false));
        } else if (drawn < 56) {
            call(new Call.Append(name(), records(), tail, Command.Producer.NONE, false));
        } else if (drawn < 76) {
            call(new Call.Read(name(), from(), Integer.MAX_VALUE, Level.LINEARIZABLE, Call.NO_SESSION));
        } else if (drawn < 90) {
            call(new Call.Read(name(), from(), Integer.MAX_VALUE, Level.LOCAL, client));
        } else {
            call(new Call.Tail(name(), Level.LINEARIZABLE, Call.NO_SESSION));
        }
    }

    /// Mostly what is new, sometimes all of it.
    private long from() {
        return random.nextInt(20) == 0 ? 0 : Math.max(0, tail - random.nextInt(20));
    }

    private List<Bytes> records() {
        if (random.nextInt(LONG_EVERY) == 0) {
            return List.of(LongRecord.named(client + "-" + ++written, longBytes()));
        }
        List<Bytes> records = new ArrayList<>();
        for (int i = random.nextInt(RECORDS_MAX); i >= 0; i--) {
            records.add(Wording.record(client + "-" + ++written));
        }
        return records;
    }

    /// Of each magnitude as many, and some at the bound.
    private int longBytes() {
        int longest = appendBytesMax - random.nextInt(2, BODY_MARGIN_BYTES);
        int least = LONG_BYTES_LEAST << random.nextInt(DOUBLINGS_MAX);
        return random.nextInt(LONGEST_EVERY) == 0 ? longest : Math.min(longest, least + random.nextInt(least));
    }

    private void appendNumbered() {
        switch (call(pending)) {
            case Answer.NotWritten _, Answer.Unknown _ -> {}
            case Answer.Appended _, Answer.DuplicateForgotten _ -> {
                seq++;
                pending = null;
            }
            // Closed, or something that the checker will not like: no repetition will change it.
            case Answer _ -> pending = null;
        }
    }

    /// Whoever opens the next stream makes a fork of this one.
    private void close() throws InterruptedException {
        if (call(new Call.Close(name())) instanceof Answer.Closed closed && stage.next(stream)) {
            forks.make(stream, closed.tail(), nodes, random, () -> stopped || recorder.isRefuted());
        }
    }

    /// A call on the stage.
    private Answer call(Call call) {
        if (call instanceof Call.Append append) {
            stage.sends(stream, append.records().stream().mapToLong(LongRecord::size).sum());
        }
        Answer answer = ask(call);
        learn(answer);
        return answer;
    }

    private Answer ask(Call call) {
        HttpCaller node = nodes.get(random.nextInt(nodes.size()));
        int op = recorder.invoked(client, call);
        Answer answer = call instanceof Call.Read read ? read(node, read) : send(node, call);
        recorder.answered(op, answer);
        return answer;
    }

    private static Answer send(HttpCaller node, Call call) {
        Wording.Sent sent = Wording.sent(call, "");
        return Wording.answer(
                call, node.call(sent.method(), sent.target(), sent.headers(), sent.body(), CALL_MILLIS_MAX));
    }

    private Answer read(HttpCaller node, Call.Read call) {
        PagedRead read = new PagedRead(node, CALL_MILLIS_MAX);
        Answer answer = read.read(call, token);
        if (call.level() == Level.LOCAL) {
            token = read.token();
        }
        recorder.report(read.contradiction());
        return answer;
    }

    private void learn(Answer answer) {
        switch (answer) {
            case Answer.Appended a -> seen(a.next());
            case Answer.Records r -> seen(r.tail());
            case Answer.TailIs t -> seen(t.tail());
            case Answer.WrongTail w -> seen(w.tail());
            case Answer.AlreadyExists a -> seen(a.tail());
            case Answer _ -> {}
        }
    }

    private void seen(long end) {
        tail = Math.max(tail, end);
        stage.saw(stream, end);
    }
}
