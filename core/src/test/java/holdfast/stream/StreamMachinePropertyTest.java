package holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import holdfast.Bytes;
import holdfast.Probe;
import holdfast.StateHash;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;
import net.jqwik.api.statistics.StatisticsReport;

/// The machine against [ReferenceMachine], over commands that collide often: few names, few producers, low
/// numbers.
class StreamMachinePropertyTest {

    private static final List<String> NAMES = List.of("s", "t", "\u00e9");

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Label("every outcome is the reference's, and every record is found through its extent")
    void outcomes(@ForAll("plans") List<Plan> plans) {
        StreamMachine machine = new StreamMachine(Probe.NONE);
        ReferenceMachine reference = new ReferenceMachine();
        TreeMap<Long, Bytes> log = new TreeMap<>();
        for (int i = 0; i < plans.size(); i++) {
            long index = 2 * i + 1;
            log.put(index, CommandCodec.encode(plans.get(i).aimedAt(reference)));
            Command committed = CommandCodec.decode(log.get(index));
            Outcome outcome = machine.apply(index, committed);
            assertEquals(reference.apply(index, committed), outcome, committed::toString);
            Statistics.collect(Story.tell(outcome).replaceAll("[0-9]+", "n"));
        }
        for (String name : NAMES) {
            sameStream(reference.streams.get(name), machine, name, log);
        }
        Statistics.coverage(StreamMachinePropertyTest::meetsEverything);
    }

    /// A property that never met an outcome has not tested it.
    private static void meetsEverything(StatisticsCoverage coverage) {
        for (String told : List.of(
                "created", "exists with tail n", "exists with tail n, closed", "no such stream", "deleted",
                "n..n", "n..n, again", "n..n, closed", "n..n, closed, again", "forgotten, last n, tail n",
                "closed at n", "refused, closed at n", "wrong tail, it is n", "gap, n expected, n received",
                "fenced by epoch n")) {
            coverage.check(told).count(times -> times > 0);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Label("a machine that went through its image at any point goes on as if it had not")
    void image(@ForAll("plans") List<Plan> plans, @ForAll @IntRange(max = 199) int cut) {
        StreamMachine straight = new StreamMachine(Probe.NONE);
        StreamMachine resumed = new StreamMachine(Probe.NONE);
        ReferenceMachine aim = new ReferenceMachine();
        for (int i = 0; i < plans.size(); i++) {
            if (i == cut) {
                resumed = StreamMachine.decode(resumed.encode(), Probe.NONE);
                assertEquals(fingerprint(straight), fingerprint(resumed));
            }
            Command command = plans.get(i).aimedAt(aim);
            aim.apply(i + 1, command);
            assertEquals(straight.apply(i + 1, command), resumed.apply(i + 1, command));
        }
        assertEquals(fingerprint(straight), fingerprint(resumed));
        assertEquals(straight.encode(), resumed.encode());
    }

    @Property(tries = 300)
    @Label("a command decodes to itself, and its bytes are what they were said to be")
    void codec(@ForAll("plan") Plan plan) {
        Command command = plan.aimedAt(new ReferenceMachine());
        Bytes bytes = CommandCodec.encode(command);
        assertEquals("", CommandCodec.refusal(command, bytes.size()));
        assertEquals(bytes.size(), CommandCodec.encodedBytes(command));
        assertEquals(command, CommandCodec.decode(bytes));
    }

    private static void sameStream(
            ReferenceMachine.RefStream expected, StreamMachine machine, String name, TreeMap<Long, Bytes> log) {
        if (expected == null) {
            assertNull(machine.view(name));
            return;
        }
        StreamView view = machine.view(name);
        assertEquals(
                new StreamView(
                        expected.incarnation,
                        expected.tail(),
                        expected.closed,
                        ReferenceMachine.digest(expected.records)),
                view);
        for (int from = 0; from <= expected.tail(); from++) {
            int to = (int) Math.min(expected.tail(), from + 3);
            assertEquals(expected.records.subList(from, to), read(machine, name, from, 3, log));
        }
    }

    /// What a node does to read: fetch the entries of the extents, skip what lies before `from`.
    private static List<Bytes> read(
            StreamMachine machine, String name, long from, int recordsMax, TreeMap<Long, Bytes> log) {
        List<Bytes> read = new ArrayList<>();
        for (Extent extent : machine.extents(name, from, recordsMax)) {
            List<Bytes> held = CommandCodec.records(log.get(extent.index()));
            assertEquals(extent.count(), held.size());
            for (int i = (int) Math.max(0, from - extent.base()); i < held.size() && read.size() < recordsMax; i++) {
                read.add(held.get(i));
            }
        }
        return read;
    }

    private static long fingerprint(StreamMachine machine) {
        StateHash hash = new StateHash();
        machine.describe(hash);
        return hash.value();
    }

    /// A command before its numbers are known: an append's epoch, seq and expected tail are relative to what the
    /// stream has reached when its turn comes, so that most appends fit and the others miss narrowly.
    record Plan(Command command) {

        Command aimedAt(ReferenceMachine reference) {
            if (!(command instanceof Command.Append append)) {
                return command;
            }
            ReferenceMachine.RefStream stream = reference.streams.get(append.stream());
            long tail = stream == null ? 0 : stream.tail();
            long expectedTail = append.expectedTail() < 0 ? Command.ANY_TAIL : tail + append.expectedTail();
            return new Command.Append(
                    append.stream(), append.records(), expectedTail, aimed(append.producer(), stream), append.close());
        }

        private static Command.Producer aimed(Command.Producer plan, ReferenceMachine.RefStream stream) {
            if (plan.isNone()) {
                return plan;
            }
            long known = stream == null ? 0 : stream.epochOf(plan.id());
            long epoch = Math.max(0, known + plan.epoch());
            long next = stream == null || epoch > known ? 0 : stream.nextSeqOf(plan.id());
            return new Command.Producer(plan.id(), epoch, Math.max(0, next + plan.seq()));
        }
    }

    /// Of any length alike: what is rare, like a producer's number that is forgotten, wants long ones.
    @Provide
    Arbitrary<List<Plan>> plans() {
        return plan().list().ofMaxSize(200).withSizeDistribution(RandomDistribution.uniform());
    }

    @Provide
    Arbitrary<Plan> plan() {
        Arbitrary<String> names = Arbitraries.of(NAMES);
        return Arbitraries.<Command>frequencyOf(
                        Tuple.of(60, append(names)),
                        Tuple.of(6, names.map(Command.Create::new)),
                        Tuple.of(1, names.map(Command.Close::new)),
                        Tuple.of(1, names.map(Command.Delete::new)))
                .map(Plan::new);
    }

    /// One that closes may be without records.
    private static Arbitrary<Command> append(Arbitrary<String> names) {
        Arbitrary<List<Bytes>> records = Arbitraries.strings().withChars("ab").ofMaxLength(3)
                .map(Bytes::utf8).list().ofMinSize(1).ofMaxSize(4);
        Arbitrary<Long> expectedTail = Arbitraries.frequency(Tuple.of(5, -1L), Tuple.of(2, 0L), Tuple.of(1, 1L));
        Arbitrary<Boolean> close = Arbitraries.frequency(Tuple.of(60, false), Tuple.of(1, true));
        return Combinators.combine(names, records, expectedTail, producer(), close)
                .as((name, some, tail, producer, closes) ->
                        new Command.Append(name, closes ? some.subList(1, some.size()) : some, tail, producer, closes));
    }

    private static Arbitrary<Command.Producer> producer() {
        Arbitrary<Long> epochs = Arbitraries.frequency(Tuple.of(20, 0L), Tuple.of(1, 1L), Tuple.of(1, -1L));
        Arbitrary<Long> seqs = Arbitraries.frequency(
                Tuple.of(20, 0L), Tuple.of(3, -1L), Tuple.of(1, -8L), Tuple.of(4, -9L), Tuple.of(1, 1L));
        return Combinators.combine(Arbitraries.of("", "a", "a", "b"), epochs, seqs)
                .as((id, epoch, seq) -> id.isEmpty() ? Command.Producer.NONE : new Command.Producer(id, epoch, seq));
    }
}
