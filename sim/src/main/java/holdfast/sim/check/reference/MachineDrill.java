package holdfast.sim.check.reference;

import holdfast.Probe;
import holdfast.StateHash;
import holdfast.sim.check.Violation;
import holdfast.sim.kernel.Entropy;
import holdfast.sim.kernel.Purpose;
import holdfast.stream.Command;
import holdfast.stream.Extent;
import holdfast.stream.Outcome;
import holdfast.stream.ProducerBounds;
import holdfast.stream.Stamp;
import holdfast.stream.StreamMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The production machine and the [ReferenceMachine], alone, with the same commands in quick succession: a client of the universe
/// waits for a majority's sync each time, and does in its whole life what takes a thousandth of a second here. So what needs many
/// commands in one order is met: a fork of a fork, a number that is eight behind, a table that is full.
public final class MachineDrill {

    private static final String NAME = "reference-machine";

    /// One drill in so many has a gateway whose first request hangs while it sends more than its session can hold.
    private static final int CROWDED_SHARE = 8;

    private static final int COMMANDS = 2_000;
    private static final int COMMANDS_PER_IMAGE = 150;
    private static final int CROWD = 4_100;
    private static final int CROWDED_GATEWAY = 9;
    private static final int COMMANDS_PER_TERM = 40;
    private static final int PRODUCERS_MAX = 8;
    private static final long RETENTION_MILLIS = 500;

    private final Entropy entropy;
    private final DrillCommands commands;
    private final ReferenceMachine reference;
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();
    private StreamMachine machine;
    private long index;
    private long term = 1;
    private long drawn;

    public MachineDrill(Entropy entropy) {
        this.entropy = entropy;
        commands = new DrillCommands(this::draw);
        ProducerBounds bounds = new ProducerBounds(
                (int) (1 + draw(PRODUCERS_MAX)), draw(3) * RETENTION_MILLIS);
        machine = new StreamMachine(Probe.NONE, bounds);
        reference = new ReferenceMachine(bounds);
    }

    private long draw(long bound) {
        return entropy.below(Purpose.MACHINE_DRILL, 0, drawn++, bound);
    }

    /// Returns how often each kind of outcome was met.
    public Map<String, Integer> run() {
        boolean isCrowded = draw(CROWDED_SHARE) == 0;
        for (int i = 1; i <= COMMANDS; i++) {
            term += draw(COMMANDS_PER_TERM) == 0 ? 1 : 0;
            take(commands.next());
            if (i % COMMANDS_PER_IMAGE == 0) {
                throughAnImage();
                compareWhole();
            }
        }
        if (isCrowded) {
            crowd();
        }
        return outcomes;
    }

    /// Of one gateway the first request is never told to be over. It comes once more, when the session is full.
    private void crowd() {
        for (int number = 1; number <= CROWD; number++) {
            take(commands.touch().with(new Stamp(commands.clockMillis(), CROWDED_GATEWAY, 1, number, 1)));
        }
        take(commands.append().with(new Stamp(commands.clockMillis(), CROWDED_GATEWAY, 1, 1, 1)));
        compareWhole();
    }

    private void take(Command command) {
        index++;
        Outcome expected = reference.apply(index, term, command);
        Outcome found = machine.apply(index, term, command);
        if (!expected.equals(found)) {
            throw new Violation(NAME, "in a drill of the machine alone, command " + index + " of term " + term + ", " + command
                    + ", did " + found + ", and by those before it, it does " + expected);
        }
        compare(command.stream());
        commands.learn(command, found);
        outcomes.merge(found.getClass().getSimpleName(), 1, Integer::sum);
    }

    private void compare(String stream) {
        if (!Objects.equals(reference.view(stream), machine.view(stream))) {
            throw new Violation(NAME, "in a drill of the machine alone, after command " + index + " it holds " + stream + " as "
                    + machine.view(stream) + ", and by the commands it is " + reference.view(stream));
        }
    }

    private void throughAnImage() {
        StreamMachine restored = StreamMachine.decode(machine.encode(), Probe.NONE);
        if (fingerprint(restored) != fingerprint(machine)) {
            throw new Violation(NAME, "in a drill of the machine alone, after command " + index
                    + " its image says something else than the machine");
        }
        machine = restored;
    }

    private static long fingerprint(StreamMachine machine) {
        StateHash hash = new StateHash();
        machine.describe(hash);
        return hash.value();
    }

    /// Every stream, and where its records are, from its beginning and from some place within.
    private void compareWhole() {
        for (String name : List.copyOf(reference.names())) {
            compare(name);
            List<Long> expected = reference.indexes(name);
            compareRead(name, expected, 0, Integer.MAX_VALUE);
            compareRead(name, expected, (int) draw(expected.size() + 1), 1 + (int) draw(DrillCommands.RECORDS_MAX));
        }
    }

    private void compareRead(String name, List<Long> all, int from, int recordsMax) {
        List<Long> found = new ArrayList<>();
        for (Extent extent : machine.extents(name, from, recordsMax)) {
            for (long offset = Math.max(from, extent.base()); offset < extent.base() + extent.count(); offset++) {
                found.add(extent.index());
            }
        }
        List<Long> expected = all.subList(from, (int) Math.min(all.size(), (long) from + recordsMax));
        // An extent is given whole.
        List<Long> shown = found.subList(0, Math.min(found.size(), expected.size()));
        if (!expected.equals(shown)) {
            throw new Violation(NAME, "in a drill of the machine alone, after command " + index + " the records of " + name
                    + " from " + from + " on are in the entries " + shown + ", and by the commands in " + expected);
        }
    }
}
