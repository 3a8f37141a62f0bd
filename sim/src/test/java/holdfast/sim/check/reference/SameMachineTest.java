package holdfast.sim.check.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.stream.Command;
import holdfast.stream.Extent;
import holdfast.stream.Outcome;
import holdfast.stream.ProducerBounds;
import holdfast.stream.Setup;
import holdfast.stream.Stamp;
import holdfast.stream.StreamMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The machine and its reference, command by command: whatever is asked, both do the same.
class SameMachineTest {

    private static final int LIVES = 60;
    private static final int COMMANDS = 2_000;
    private static final int STREAMS = 6;
    private static final String[] TYPES = {"", "text/plain", "TEXT/plain;q=1", " text/plain\t", "application/json"};

    private final TreeMap<String, Integer> seen = new TreeMap<>();
    /// By stream and producer: what was accepted last.
    private final TreeMap<String, Command.Producer> accepted = new TreeMap<>();
    private Random random;
    private long clock;
    private long lastNumber;

    @Test
    @DisplayName("the same outcomes, the same streams, the same places, also from an image")
    void same() {
        for (int life = 0; life < LIVES; life++) {
            random = new Random(life);
            clock = 0;
            lastNumber = 0;
            accepted.clear();
            live(new ProducerBounds(life % 2 == 0 ? 8 : 1 + random.nextInt(4), random.nextInt(3) * 500L), "life " + life);
        }
        List<String> expected = List.of(
                "AlreadyExists", "Appended", "Closed", "Created", "Deleted", "DuplicateForgotten", "Fenced", "ForkRefused",
                "Gone", "NoSuchStream", "ProducerForgotten", "RequestForgotten", "SequenceBehind", "SequenceGap", "StreamClosed",
                "TooManyProducers", "Touched", "WrongContentType", "WrongTail");
        assertEquals(expected, List.copyOf(seen.keySet()));
        assertTrue(seen.values().stream().allMatch(count -> count >= 10), seen::toString);
    }

    private void live(ProducerBounds bounds, String life) {
        StreamMachine machine = new StreamMachine(Probe.NONE, bounds);
        ReferenceMachine reference = new ReferenceMachine(bounds);
        long term = 1;
        for (int i = 1; i <= COMMANDS; i++) {
            term += random.nextInt(40) == 0 ? 1 : 0;
            clock += random.nextInt(5) == 0 ? random.nextInt(100) : 0;
            Command command = command().with(stamp());
            String what = life + ", command " + i + ": " + command;
            Outcome outcome = machine.apply(i, term, command);
            assertEquals(reference.apply(i, term, command), outcome, what);
            assertEquals(reference.view(command.stream()), machine.view(command.stream()), what);
            if (outcome instanceof Outcome.Appended appended && command instanceof Command.Append append) {
                Command.Producer producer = append.producer();
                accepted.put(
                        append.stream() + producer.id(),
                        new Command.Producer(producer.id(), producer.epoch(), appended.lastSeq()));
            }
            seen.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
            if (i % 200 == 0) {
                machine = StreamMachine.decode(machine.encode(), Probe.NONE);
                compareWhole(reference, machine, what);
            }
        }
    }

    private static void compareWhole(ReferenceMachine reference, StreamMachine machine, String what) {
        for (int number = 0; number < STREAMS; number++) {
            assertEquals(reference.view("v" + number), machine.view("v" + number), what);
        }
        for (String name : reference.names()) {
            List<Long> found = new ArrayList<>();
            for (Extent extent : machine.extents(name, 0, Integer.MAX_VALUE)) {
                for (int i = 0; i < extent.count(); i++) {
                    found.add(extent.index());
                }
            }
            assertEquals(reference.indexes(name), found, what);
        }
    }

    // ---- what is asked -------------------------------------------------------------------------------------

    private Stamp stamp() {
        if (random.nextInt(3) > 0) {
            return Stamp.NONE.at(clock);
        }
        boolean isOld = random.nextInt(4) == 0 && lastNumber > 0;
        long number = isOld ? Math.max(1, lastNumber - random.nextInt(4)) : ++lastNumber;
        long floor = Math.max(0, number - random.nextInt(3));
        return new Stamp(clock, 1 + random.nextInt(2), 1 + random.nextInt(40) / 39, number, floor);
    }

    private Command command() {
        String stream = "v" + random.nextInt(STREAMS);
        int kind = random.nextInt(100);
        if (kind < 12) {
            return new Command.Create(stream, setup(), records(random.nextInt(3)), random.nextInt(40) == 0, Stamp.NONE);
        }
        if (kind < 80) {
            boolean close = random.nextInt(200) == 0;
            return new Command.Append(
                    stream, records(close ? random.nextInt(2) : 1 + random.nextInt(3)),
                    random.nextInt(6) == 0 ? random.nextInt(20) : Command.ANY_TAIL, producer(stream), close,
                    random.nextInt(4) == 0 ? type() : "", random.nextInt(4) == 0 ? bytes(1 + random.nextInt(2), 12) : Bytes.EMPTY,
                    Stamp.NONE);
        }
        if (kind < 98) {
            return new Command.Touch(stream, random.nextBoolean(), Stamp.NONE);
        }
        return kind < 99 ? new Command.Close(stream) : new Command.Delete(stream);
    }

    private Setup setup() {
        long ttl = random.nextInt(4) == 0 ? random.nextInt(6) : Setup.NEVER;
        long until = ttl == Setup.NEVER && random.nextInt(6) == 0 ? clock + random.nextInt(9_000) : Setup.NEVER;
        Setup.Fork fork = Setup.Fork.NONE;
        if (random.nextInt(3) == 0) {
            long offset = random.nextBoolean() ? Setup.Fork.AT_TAIL : random.nextInt(12);
            long incarnation = random.nextInt(6) == 0 ? Setup.Fork.UNSEEN : Setup.Fork.ANY_INCARNATION;
            fork = new Setup.Fork("v" + random.nextInt(STREAMS), incarnation, offset, offset, random.nextInt(8) / 7);
        }
        return new Setup(type(), ttl, until, fork);
    }

    private Command.Producer producer(String stream) {
        if (random.nextInt(3) == 0) {
            return Command.Producer.NONE;
        }
        String id = "p" + (random.nextInt(3) > 0 ? 0 : random.nextInt(5));
        Command.Producer known = accepted.getOrDefault(stream + id, new Command.Producer(id, 0, -1));
        long last = known.seq();
        long seq = switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> last + 2;
            case 2, 3 -> Math.max(0, last - random.nextInt(12));
            default -> last + 1;
        };
        return new Command.Producer(id, Math.max(0, known.epoch() + random.nextInt(40) / 39 - random.nextInt(40) / 39), seq);
    }

    private String type() {
        return TYPES[random.nextInt(TYPES.length)];
    }

    private List<Bytes> records(int count) {
        List<Bytes> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(bytes(random.nextInt(5), 256));
        }
        return records;
    }

    private Bytes bytes(int length, int bound) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(bound);
        }
        return Bytes.wrap(bytes);
    }
}
