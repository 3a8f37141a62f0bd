package holdfast.sim.work;

import holdfast.Bytes;
import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.Workload;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.Setup;
import holdfast.stream.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A client that uses every verb there is: streams that are made with records, forked, typed, ordered by sequences, that
/// live for a while, are touched, closed, deleted and made again, by producers that are wrong about themselves. It has streams of
/// its own kind, a few for all of these clients. No history is kept of it: what every command has to do is known by the log
/// ([holdfast.sim.check.reference.AppliedLog]).
///
/// It leaves its writes to a gateway ([GatewayProcess]).
final class VerbClient {

    private static final int DRAWS_PER_OPERATION = 64;

    /// It is done before the faults are.
    private static final long THINK_MICROS_MAX = 60_000;
    private static final int STREAMS = 5;
    private static final int PRODUCERS = 2;
    private static final int LIFE_MILLIS_MAX = 3_000;
    private static final int RECORD_BYTES = 24;
    private static final int RECORDS_MAX = 1_000;
    private static final String[] TYPES = {"", "text/plain", "Text/Plain ; charset=utf-8", "application/json"};

    private final int id;
    private final Desk desk;
    private final Plan plan;
    private final Workload workload;
    private final Runnable finished;
    private final GatewayProcess gateway;
    private final long[] tails = new long[STREAMS];
    private final long[][] seqs = new long[STREAMS][PRODUCERS];
    private final long[][] epochs = new long[STREAMS][PRODUCERS];
    private int ordinal;
    private int drawn;
    private Command command;
    /// How many streams, and producers of each, it uses: few are used for long, many in every order.
    private final int streams;
    private final int producers;

    VerbClient(int id, Desk desk, Plan plan, Gateways gateways, Runnable finished) {
        this.id = id;
        this.desk = desk;
        this.plan = plan;
        this.workload = plan.workload();
        this.finished = finished;
        gateway = gateways.of(id);
        long breadth = desk.entropy().bits(Purpose.CLIENT_OPERATION, id, 0);
        streams = (breadth & 3) == 0 ? 1 + (int) (breadth >>> 2 & 1) : STREAMS;
        producers = (breadth & 8) == 0 ? PRODUCERS : 1;
    }

    void next() {
        do {
            ordinal++;
        } while (plan.skips(id, ordinal));
        if (ordinal > Workload.VERB_OPERATIONS) {
            finished.run();
            return;
        }
        drawn = 0;
        long pause = desk.entropy().skewed(
                Purpose.CLIENT_THINK, id, ordinal, Math.min(workload.thinkMicros(), THINK_MICROS_MAX));
        desk.queue().after(pause, () -> {
            command = drawn();
            look();
            ask();
        });
    }

    /// Now and then it also looks at the stream, at any node. What it is shown is judged where it is given out.
    private void look() {
        long draw = desk.entropy().bits(Purpose.CLIENT_TARGET, id, ordinal);
        if ((draw & 3) > 1) {
            return;
        }
        int node = 1 + (int) Long.remainderUnsigned(draw >>> 32, desk.world().nodes());
        ClientRequest.Level level = (draw & 4) == 0 ? ClientRequest.Level.LINEARIZABLE : ClientRequest.Level.LOCAL;
        long from = (draw >>> 8 & 7) == 0 ? draw >>> 16 & 7 : 0;
        desk.ask(new Onlooker(-id), node, new ClientRequest.Read(command.stream(), from, RECORDS_MAX, level));
    }

    /// Nothing follows from what it is told.
    private record Onlooker(int id) implements Asker {
        @Override
        public void onReply(long asked, ClientReply reply) {}

        @Override
        public void onRefused(long asked) {}
    }

    // ---- what it asks for ----------------------------------------------------------------------------------

    private Command drawn() {
        int number = draw(2) == 0 ? 0 : (int) draw(streams);
        String stream = name(number);
        long kind = draw(100);
        if (kind < 15) {
            return create(stream);
        }
        if (kind < 75) {
            return append(number, stream);
        }
        if (kind < 93) {
            return new Command.Touch(stream, kind < 87, Stamp.NONE);
        }
        return kind < 95 ? new Command.Close(stream) : new Command.Delete(stream);
    }

    private static String name(int number) {
        return "v" + number;
    }

    private Command create(String stream) {
        boolean isFork = draw(2) == 0;
        Setup.Fork fork = isFork ? fork((int) draw(STREAMS)) : Setup.Fork.NONE;
        long life = draw(5);
        long ttl = life < 2 ? draw(LIFE_MILLIS_MAX / 1_000) : Setup.NEVER;
        long until = life == 2 ? now() + draw(LIFE_MILLIS_MAX) : Setup.NEVER;
        String type = isFork && draw(2) == 0 ? "" : type();
        return new Command.Create(stream, new Setup(type, ttl, until, fork), records((int) draw(3)), draw(20) == 0, Stamp.NONE);
    }

    private long now() {
        return desk.world().wallMillis(1 + (int) draw(desk.world().nodes()));
    }

    private Setup.Fork fork(int source) {
        boolean isAtTail = draw(2) == 0;
        long offset = isAtTail ? Setup.Fork.AT_TAIL : draw(tails[source] + 2);
        long incarnation = draw(8) == 0 ? Setup.Fork.UNSEEN : Setup.Fork.ANY_INCARNATION;
        return new Setup.Fork(name(source), incarnation, offset, offset, 0);
    }

    private Command append(int number, String stream) {
        boolean close = draw(25) == 0;
        long expected = draw(4) == 0 ? Math.max(0, tails[number] - draw(2)) : Command.ANY_TAIL;
        Bytes sequence = draw(3) == 0 ? sequence() : Bytes.EMPTY;
        Command.Producer producer = draw(3) > 0 ? producer(number, (int) draw(producers)) : Command.Producer.NONE;
        List<Bytes> records = records(close ? (int) draw(2) : 1 + (int) draw(3));
        return new Command.Append(stream, records, expected, producer, close, draw(3) == 0 ? type() : "", sequence, Stamp.NONE);
    }

    /// Now and then a number too far, or one that was used long ago, or another incarnation.
    private Command.Producer producer(int stream, int number) {
        if (draw(40) == 0) {
            epochs[stream][number]++;
            seqs[stream][number] = 0;
        }
        long next = seqs[stream][number];
        long seq = switch ((int) draw(12)) {
            case 0 -> next + 1;
            case 1, 2 -> Math.max(0, next - draw(12));
            default -> next;
        };
        return new Command.Producer(producerId(number), Math.max(0, epochs[stream][number] - (draw(20) == 0 ? 1 : 0)), seq);
    }

    /// When they are forgotten, both fall into the same of the groups that are remembered.
    private static String producerId(int number) {
        return number == 0 ? "q0" : "q337";
    }

    /// One byte or two, below and above the greatest that is positive as a signed one.
    private Bytes sequence() {
        byte[] bytes = new byte[2];
        Arrays.fill(bytes, (byte) (0x7c + draw(8)));
        return Bytes.wrap(bytes).slice(0, 1 + (int) draw(2));
    }

    private String type() {
        return TYPES[(int) draw(TYPES.length)];
    }

    private List<Bytes> records(int count) {
        List<Bytes> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[(int) draw(RECORD_BYTES)];
            Arrays.fill(bytes, (byte) draw(256));
            records.add(Bytes.wrap(bytes));
        }
        return records;
    }

    // ---- asking --------------------------------------------------------------------------------------------

    private void ask() {
        gateway.write(id, ordinal, command, gateway.holdMillis(workload.attemptsMax()), reply -> {
            if (reply instanceof ClientReply.Applied applied) {
                learn(applied.outcome());
            }
            next();
        });
    }

    private void learn(Outcome outcome) {
        int number = command.stream().charAt(1) - '0';
        Command.Producer producer = command instanceof Command.Append append ? append.producer() : Command.Producer.NONE;
        switch (outcome) {
            case Outcome.Created created -> tails[number] = created.tail();
            case Outcome.AlreadyExists there -> tails[number] = there.tail();
            case Outcome.Touched touched -> tails[number] = touched.tail();
            case Outcome.WrongTail wrong -> tails[number] = wrong.tail();
            case Outcome.Appended appended -> {
                tails[number] = appended.next();
                learn(number, producer, producer.epoch(), Math.max(appended.lastSeq() + 1, reached(number, producer)));
            }
            case Outcome.SequenceGap gap -> learn(number, producer, producer.epoch(), gap.expectedSeq());
            case Outcome.Fenced fenced -> learn(number, producer, fenced.currentEpoch() + draw(2), 0);
            case Outcome.ProducerForgotten forgotten -> learn(number, producer, forgotten.epoch() + 1, 0);
            case Outcome.Closed _, Outcome.Deleted _, Outcome.NoSuchStream _, Outcome.Gone _, Outcome.StreamClosed _,
                    Outcome.WrongContentType _, Outcome.SequenceBehind _, Outcome.TooManyProducers _, Outcome.ForkRefused _,
                    Outcome.DuplicateForgotten _, Outcome.RequestForgotten _ -> {}
        }
    }

    /// The number that comes next in this epoch, as far as it knows. A repeated append is answered with its own number.
    private long reached(int stream, Command.Producer producer) {
        int number = numberOf(producer);
        return epochs[stream][number] == producer.epoch() ? seqs[stream][number] : 0;
    }

    private static int numberOf(Command.Producer producer) {
        return producer.id().equals(producerId(0)) ? 0 : 1;
    }

    private void learn(int stream, Command.Producer producer, long epoch, long seq) {
        if (!producer.isNone()) {
            int number = numberOf(producer);
            epochs[stream][number] = epoch;
            seqs[stream][number] = seq;
        }
    }

    private long draw(long bound) {
        return desk.entropy().below(Purpose.CLIENT_OPERATION, id, (long) ordinal * DRAWS_PER_OPERATION + drawn++, bound);
    }
}
