package holdfast.sim.work;

import holdfast.Bytes;
import holdfast.node.ClientRequest.Level;
import holdfast.sim.history.Answer;
import holdfast.sim.history.Call;
import holdfast.sim.plan.Workload;
import holdfast.sim.world.World;
import holdfast.stream.Command;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;

/// The end of every run: one more append must be acknowledged, and every stream is read from its beginning to its end
/// on every node that is up. These are ordinary operations of one more client, so the checker judges them like all
/// others; and they are repeated until they are answered, so a cluster that does not come back is found by the clock.
public final class Auditor {

    private static final String STREAM = "audit";
    private static final int RECORDS_PER_READ = 64;

    /// Then the next reading has its turn, and this one comes again at the end.
    private static final int READ_ATTEMPTS = 4;

    /// One stream to read on one node, and how far it has been read.
    private record Reading(String stream, int node, long from) {}

    private final World world;
    private final Caller caller;
    private final ArrayDeque<Reading> readings = new ArrayDeque<>();
    private boolean isFinished;

    Auditor(Desk desk, Workload workload, Gateways gateways) {
        world = desk.world();
        caller = new Caller(workload.clients() + 1, desk, workload, gateways);
    }

    public void start(Collection<String> streams, List<Integer> nodes) {
        for (int node : nodes) {
            for (String stream : streams) {
                readings.add(new Reading(stream, node, 0));
            }
            readings.add(new Reading(STREAM, node, 0));
        }
        write(new Call.Create(STREAM), () -> write(
                new Call.Append(STREAM, List.of(Bytes.utf8("audit")), Command.ANY_TAIL,
                        new Command.Producer("auditor", 0, 0), false),
                this::read));
    }

    private void write(Call call, Runnable then) {
        caller.call(call, Caller.ANY_NODE, Integer.MAX_VALUE, _ -> then.run());
    }

    private void read() {
        if (readings.isEmpty()) {
            isFinished = true;
            return;
        }
        Reading reading = readings.removeFirst();
        Call call = new Call.Read(
                reading.stream(), reading.from(), RECORDS_PER_READ, Level.LINEARIZABLE, Call.NO_SESSION);
        caller.call(call, reading.node(), READ_ATTEMPTS, answer -> {
            goOn(reading, answer);
            read();
        });
    }

    private void goOn(Reading reading, Answer answer) {
        switch (answer) {
            case Answer.Records records when records.from() + records.records().size() < records.tail() ->
                    readings.addFirst(new Reading(
                            reading.stream(), reading.node(), records.from() + records.records().size()));
            case Answer.Nothing _ when isExpected(reading.node()) -> readings.addLast(reading);
            default -> {}
        }
    }

    /// A node that found its own damage meanwhile answers no more, or not for the record that has rotted or was never written.
    private boolean isExpected(int node) {
        return world.host(node).isUp()
                ? !world.condition(node).isRotten() && !world.condition(node).isLied()
                : !world.condition(node).isBeyondRepair();
    }

    public boolean isFinished() {
        return isFinished;
    }

    /// What is still to be read, for a report.
    public int left() {
        return readings.size();
    }
}
