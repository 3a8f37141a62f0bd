package holdfast.sim.check.reference;

import holdfast.Bytes;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.Setup;
import holdfast.stream.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/// Commands that collide often: few names, few producers, low numbers; most fit, and the others miss narrowly.
final class DrillCommands {

    /// Of a read; an append has fewer.
    static final int RECORDS_MAX = 20;

    private static final int STREAMS = 6;
    private static final int REQUESTS_BACK = 4;
    private static final int NUMBERS_BACK = 12;
    private static final String[] TYPES = {"", "text/plain", "TEXT/plain;q=1", " text/plain\t", "application/json"};

    /// When they are forgotten, they fall into one of the groups that are remembered, all but the last.
    static final List<String> PRODUCERS = List.of("q0", "q337", "q927", "q1108", "q1");

    /// By stream and producer: what was accepted last.
    private final TreeMap<String, Command.Producer> accepted = new TreeMap<>();
    private final LongUnaryOperator below;
    private long clockMillis;
    private long lastNumber;

    /// @param below draws from 0 to its bound, exclusive
    DrillCommands(LongUnaryOperator below) {
        this.below = below;
    }

    private int draw(long bound) {
        return (int) below.applyAsLong(bound);
    }

    long clockMillis() {
        return clockMillis;
    }

    Command next() {
        clockMillis += draw(5) == 0 ? draw(100) : 0;
        int kind = draw(100);
        Command command = kind < 12 ? create()
                : kind < 80 ? append()
                : kind < 98 ? touch()
                : kind < 99 ? new Command.Close(stream()) : new Command.Delete(stream());
        return command.with(stamp());
    }

    private Stamp stamp() {
        if (draw(3) > 0) {
            return Stamp.NONE.at(clockMillis);
        }
        boolean isOld = draw(4) == 0 && lastNumber > 0;
        long number = isOld ? Math.max(1, lastNumber - draw(REQUESTS_BACK)) : ++lastNumber;
        long floor = Math.max(0, number - draw(3));
        return new Stamp(clockMillis, 1 + draw(2), 1 + draw(40) / 39, number, floor);
    }

    private String stream() {
        return "m" + draw(STREAMS);
    }

    Command touch() {
        return new Command.Touch(stream(), draw(2) == 0, Stamp.NONE);
    }

    private Command create() {
        return new Command.Create(stream(), setup(), records(draw(3)), draw(40) == 0, Stamp.NONE);
    }

    private Setup setup() {
        long ttl = draw(4) == 0 ? draw(6) : Setup.NEVER;
        long until = ttl == Setup.NEVER && draw(6) == 0 ? clockMillis + draw(9_000) : Setup.NEVER;
        Setup.Fork fork = Setup.Fork.NONE;
        if (draw(3) == 0) {
            long offset = draw(2) == 0 ? Setup.Fork.AT_TAIL : draw(12);
            long incarnation = draw(6) == 0 ? Setup.Fork.UNSEEN : Setup.Fork.ANY_INCARNATION;
            fork = new Setup.Fork(stream(), incarnation, offset, offset, draw(8) / 7);
        }
        return new Setup(type(), ttl, until, fork);
    }

    Command append() {
        String stream = stream();
        boolean close = draw(200) == 0;
        return new Command.Append(
                stream, records(close ? draw(2) : 1 + draw(3)), draw(6) == 0 ? draw(20) : Command.ANY_TAIL, producer(stream),
                close, draw(4) == 0 ? type() : "", draw(4) == 0 ? bytes(1 + draw(2), 12) : Bytes.EMPTY, Stamp.NONE);
    }

    private Command.Producer producer(String stream) {
        if (draw(3) == 0) {
            return Command.Producer.NONE;
        }
        String id = PRODUCERS.get(draw(3) > 0 ? 0 : draw(PRODUCERS.size()));
        Command.Producer known = accepted.getOrDefault(stream + id, new Command.Producer(id, 0, -1));
        long seq = switch (draw(8)) {
            case 0 -> 0;
            case 1 -> known.seq() + 2;
            case 2, 3 -> Math.max(0, known.seq() - draw(NUMBERS_BACK));
            default -> known.seq() + 1;
        };
        long epoch = Math.max(0, known.epoch() + draw(15) / 14 - draw(15) / 14);
        return new Command.Producer(id, epoch, seq);
    }

    /// What came of a command.
    void learn(Command command, Outcome outcome) {
        if (outcome instanceof Outcome.Appended appended && command instanceof Command.Append append) {
            Command.Producer producer = append.producer();
            Command.Producer before = accepted.get(append.stream() + producer.id());
            boolean isRepeated = before != null && before.epoch() == producer.epoch() && before.seq() > appended.lastSeq();
            long last = isRepeated ? before.seq() : appended.lastSeq();
            accepted.put(append.stream() + producer.id(), new Command.Producer(producer.id(), producer.epoch(), last));
        }
    }

    private String type() {
        return TYPES[draw(TYPES.length)];
    }

    private List<Bytes> records(int count) {
        List<Bytes> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(bytes(draw(5), 256));
        }
        return records;
    }

    private Bytes bytes(int length, int bound) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) draw(bound);
        }
        return Bytes.wrap(bytes);
    }
}
