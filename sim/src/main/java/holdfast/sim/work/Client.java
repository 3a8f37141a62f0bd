package holdfast.sim.work;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.kernel.Purpose;
import holdfast.sim.plan.Plan;
import holdfast.sim.plan.Workload;
import holdfast.stream.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One client: an operation, its answer, a pause, the next one. What it does depends on its draws and on what it has
/// learned: which streams exist, where they end, which number its producer has reached.
final class Client {

    private static final int MILLION = 1_000_000;

    /// Draws that an operation may make; the ordinals of different operations never meet.
    private static final int DRAWS_PER_OPERATION = 64;

    /// So many clients meet in one short-lived stream, if they come to it by operations of the same number.
    private static final int CLIENTS_PER_SHORT_LIFE = 2;

    /// Each attempt without an answer doubles what a search has to look at.
    private static final int SHORT_LIFE_ATTEMPTS = 2;

    private static final int BINARY_PPM = 300_000;

    /// The high bits of a linear congruential generator are its good ones.
    private static final int BINARY_SHIFT = 56;

    private static final int CONFUSED_PPM = 10_000;

    private static final long NEVER_USED_SEQ = 1_000_000;

    /// What this client knows of one stream. A closed stream is succeeded by one of the next generation.
    private static final class Known {
        final int number;
        int generation;
        boolean exists;
        long tail;
        long epoch;
        long seq;

        Known(int number) {
            this.number = number;
        }

        String name() {
            return "s" + number + (generation == 0 ? "" : "." + generation);
        }

        void succeed() {
            generation++;
            forget();
        }

        void forget() {
            exists = false;
            tail = 0;
            epoch++;
            seq = 0;
        }
    }

    private final int id;
    private final Desk desk;
    private final Plan plan;
    private final Workload workload;
    private final Score score;
    private final Runnable finished;
    private final Caller caller;
    private final boolean isProducer;
    private final boolean isBinary;
    private final boolean hasToken;
    private final List<Known> streams = new ArrayList<>();
    private int ordinal;
    private int drawn;

    Client(int id, Desk desk, Plan plan, Gateways gateways, Score score, Runnable finished) {
        this.id = id;
        this.desk = desk;
        this.plan = plan;
        this.workload = plan.workload();
        this.score = score;
        this.finished = finished;
        caller = new Caller(id, desk, workload, gateways);
        hasToken = desk.entropy().chance(Purpose.CLIENT_OPERATION, id, -2, workload.habits().tokenPpm());
        isBinary = desk.entropy().chance(Purpose.CLIENT_OPERATION, id, -3, BINARY_PPM);
        isProducer = desk.entropy().chance(Purpose.CLIENT_OPERATION, id, -1, workload.producerPpm());
        for (int number = 1; number <= workload.streams(); number++) {
            streams.add(new Known(number));
        }
    }

    void start() {
        next();
    }

    private void next() {
        do {
            ordinal++;
        } while (plan.skips(id, ordinal));
        if (ordinal > workload.operationsOf(id)) {
            finished.run();
            return;
        }
        drawn = 0;
        long pause = desk.entropy().skewed(Purpose.CLIENT_THINK, id, ordinal, workload.thinkMicros());
        boolean waits = ordinal > workload.operations();
        long earliest = waits ? Math.max(desk.queue().now(), plan.calmMicros()) : desk.queue().now();
        desk.queue().at(earliest + pause, this::begin);
    }

    private void begin() {
        Known stream = streams.get((int) draw(streams.size()));
        if (chance(workload.deletePpm())) {
            shortLife();
        } else if (chance(workload.readPpm())) {
            read(stream);
        } else if (!stream.exists) {
            create(stream);
        } else if (chance(workload.closePpm())) {
            close(stream);
        } else {
            append(stream, chance(workload.closePpm()));
        }
    }

    private void call(Call call, java.util.function.Consumer<Answer> learn) {
        caller.call(call, Caller.ANY_NODE, workload.attemptsMax(), answer -> {
            learn.accept(answer);
            next();
        });
    }

    // ---- operations ----------------------------------------------------------------------------------------

    private void read(Known stream) {
        Level level = chance(workload.localPpm()) ? Level.LOCAL : Level.LINEARIZABLE;
        long session = hasToken && level == Level.LOCAL ? id : Call.NO_SESSION;
        if (draw(3) == 0) {
            call(new Call.Tail(stream.name(), level, session), answer -> learnTail(stream, answer));
            return;
        }
        long from = draw(3) == 0 ? stream.tail : draw(stream.tail + 1);
        int recordsMax = 1 + (int) draw(2L * workload.recordsMax() + 8);
        call(new Call.Read(stream.name(), from, recordsMax, level, session),
                answer -> learnTail(stream, answer));
    }

    private void create(Known stream) {
        call(new Call.Create(stream.name()), answer -> {
            stream.exists = answer instanceof Answer.Created || answer instanceof Answer.AlreadyExists;
            learnTail(stream, answer);
        });
    }

    private void close(Known stream) {
        call(new Call.Close(stream.name()), answer -> learnTail(stream, answer));
    }

    /// A stream that is made, written, looked at and deleted, perhaps while another client does the same. Such streams
    /// are kept apart and small: what a deletion hides can only be judged by search.
    private void shortLife() {
        String name = "t" + id / CLIENTS_PER_SHORT_LIFE + "." + ordinal;
        List<Bytes> record = List.of(Bytes.utf8(id + "-" + ordinal + "-t"));
        ArrayDeque<Call> life = new ArrayDeque<>(List.of(
                new Call.Create(name),
                new Call.Append(name, record, Command.ANY_TAIL, Command.Producer.NONE, false),
                new Call.Tail(name, Level.LINEARIZABLE, Call.NO_SESSION),
                new Call.Delete(name)));
        goOn(life);
    }

    private void goOn(ArrayDeque<Call> life) {
        if (life.isEmpty()) {
            next();
            return;
        }
        Call call = life.removeFirst();
        if (call instanceof Call.Append) {
            score.asked();
        }
        caller.call(call, Caller.ANY_NODE, SHORT_LIFE_ATTEMPTS, answer -> {
            if (answer instanceof Answer.Appended) {
                score.acknowledged();
            } else if (call instanceof Call.Append && caller.isUncertain()) {
                score.unknown();
            }
            goOn(life);
        });
    }

    private void append(Known stream, boolean close) {
        boolean conditional = chance(workload.conditionalPpm());
        long expected = conditional ? stream.tail : Command.ANY_TAIL;
        Command.Producer producer = isProducer ? producer(stream) : Command.Producer.NONE;
        score.asked();
        call(new Call.Append(stream.name(), records(), expected, producer, close),
                answer -> learnAppend(stream, answer));
    }

    /// Now and then a producer is wrong about itself: it has skipped a number, or it is an old incarnation. Neither may
    /// write anything.
    private Command.Producer producer(Known stream) {
        String name = "p" + id;
        // The draw comes first: whether a client is patient must not shift the draws after it.
        if (!chance(CONFUSED_PPM) || workload.isPatient()) {
            return new Command.Producer(name, stream.epoch, stream.seq);
        }
        return stream.epoch == 0 || draw(2) == 0
                ? new Command.Producer(name, stream.epoch, stream.seq + 1)
                : new Command.Producer(name, stream.epoch - 1, NEVER_USED_SEQ + ordinal);
    }

    /// Contents are unique in the universe, so that a record that comes back tells which append wrote it.
    private List<Bytes> records() {
        int count = 1 + (int) draw(workload.recordsMax());
        ArrayList<Bytes> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String mark = id + "-" + ordinal + "-" + i + "-";
            long key = (long) ordinal * Integer.MAX_VALUE + i;
            int length = (int) desk.entropy().below(Purpose.PAYLOAD, id, key, workload.recordBytesMax());
            String fill = "x".repeat(Math.max(0, length - mark.length()));
            records.add(isBinary ? binary(mark, length, key) : Bytes.utf8(mark + fill));
        }
        return records;
    }

    /// Any bytes behind the mark.
    private Bytes binary(String mark, int length, long key) {
        byte[] bytes = Arrays.copyOf(mark.getBytes(StandardCharsets.US_ASCII), Math.max(mark.length(), length));
        long bits = desk.entropy().bits(Purpose.PAYLOAD, -id, key);
        for (int at = mark.length(); at < bytes.length; at++) {
            bits = bits * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL;
            bytes[at] = (byte) (bits >>> BINARY_SHIFT);
        }
        return Bytes.wrap(bytes);
    }

    // ---- what answers teach --------------------------------------------------------------------------------

    private void learnAppend(Known stream, Answer answer) {
        switch (answer) {
            case Answer.Appended appended -> {
                score.acknowledged();
                stream.seq++;
                stream.tail = appended.next();
                if (appended.closed()) {
                    stream.succeed();
                }
            }
            case Answer.DuplicateForgotten forgotten -> {
                score.acknowledged();
                stream.seq++;
                stream.tail = forgotten.tail();
            }
            case Answer.Fenced fenced -> begin(stream, fenced.currentEpoch() + 1);
            case Answer.ProducerForgotten forgotten -> begin(stream, forgotten.epoch() + 1);
            case Answer.SequenceGap gap when gap.expectedSeq() != stream.seq -> begin(stream, stream.epoch + 1);
            case Answer.Created _, Answer.AlreadyExists _, Answer.Closed _, Answer.Deleted _, Answer.NoSuchStream _,
                    Answer.WrongTail _, Answer.StreamClosed _, Answer.NotWritten _, Answer.Unknown _,
                    Answer.SequenceGap _, Answer.Records _, Answer.TailIs _, Answer.PastTail _, Answer.Nothing _ ->
                    learnTail(stream, answer);
        }
        boolean isWritten = answer instanceof Answer.Appended || answer instanceof Answer.DuplicateForgotten;
        if (!isWritten && caller.isUncertain()) {
            // Whether the number was used up will never be known: a new epoch begins at 0.
            score.unknown();
            begin(stream, stream.epoch + 1);
        }
    }

    private static void begin(Known stream, long epoch) {
        stream.epoch = epoch;
        stream.seq = 0;
    }

    private static void learnTail(Known stream, Answer answer) {
        switch (answer) {
            case Answer.AlreadyExists there -> seen(stream, there.tail(), there.closed());
            case Answer.Records records -> seen(stream, records.tail(), records.closed());
            case Answer.TailIs tail -> seen(stream, tail.tail(), tail.closed());
            case Answer.PastTail past -> seen(stream, past.tail(), false);
            case Answer.WrongTail wrong -> seen(stream, wrong.tail(), false);
            case Answer.Closed closed -> seen(stream, closed.tail(), true);
            case Answer.StreamClosed closed -> seen(stream, closed.tail(), true);
            case Answer.NoSuchStream _ -> stream.forget();
            case Answer.Created _, Answer.Appended _, Answer.DuplicateForgotten _, Answer.Deleted _,
                    Answer.SequenceGap _, Answer.Fenced _, Answer.ProducerForgotten _, Answer.NotWritten _, Answer.Unknown _,
                    Answer.Nothing _ -> {}
        }
    }

    private static void seen(Known stream, long tail, boolean closed) {
        if (closed) {
            stream.succeed();
        } else {
            stream.exists = true;
            stream.tail = tail;
        }
    }

    // ---- draws ---------------------------------------------------------------------------------------------

    private long draw(long bound) {
        return desk.entropy().below(Purpose.CLIENT_OPERATION, id, key(), bound);
    }

    private boolean chance(int partsPerMillion) {
        return draw(MILLION) < partsPerMillion;
    }

    private long key() {
        return (long) ordinal * DRAWS_PER_OPERATION + drawn++;
    }
}
