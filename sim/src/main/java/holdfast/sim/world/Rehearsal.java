package holdfast.sim.world;

import holdfast.Probe;
import holdfast.env.DiskOp;
import holdfast.node.Effect;
import holdfast.node.Effects;
import holdfast.node.Event;
import holdfast.node.Node;
import holdfast.node.NodeConfig;
import holdfast.node.Replica;
import holdfast.sim.disk.PowerCutKeep;
import holdfast.sim.disk.Remains;
import java.util.ArrayDeque;

/// The production recovery on the remains of a disk, one disk operation at a time, outside of the universe: nobody hears what it
/// sends, and no time passes.
public final class Rehearsal {

    private final NodeConfig config;
    private final Remains remains;
    private final Node node;
    private final Effects effects = new Effects();
    private final ArrayDeque<DiskOp> submitted = new ArrayDeque<>();
    private String end = "";

    Rehearsal(NodeConfig config, Remains remains) {
        this.config = config;
        this.remains = remains;
        node = new Node(config, Probe.NONE);
        take(new Event.Started());
    }

    /// Goes on until recovery has ended, or for that many disk operations.
    public void run(int operationsMax) {
        for (int done = 0; done < operationsMax && isUnderWay(); done++) {
            DiskOp next = submitted.removeFirst();
            take(new Event.DiskDone(next.id(), remains.perform(next)));
        }
    }

    private void take(Event event) {
        node.step(0, event, effects);
        for (Effect effect : effects.recorded()) {
            switch (effect) {
                case Effect.Disk operation -> submitted.addLast(operation.op());
                case Effect.Halt halt -> end = "exit " + halt.exitCode() + ": " + halt.report();
                case Effect.Send _, Effect.Answer _ -> {}
            }
        }
        effects.clear();
    }

    /// Whether recovery waits for the disk.
    public boolean isUnderWay() {
        return node.replica() == null && end.isEmpty() && !submitted.isEmpty();
    }

    /// The same start on what a power cut at this point of it would leave.
    public Rehearsal cutAgain(PowerCutKeep keep, long draw) {
        return new Rehearsal(config, remains.afterPowerCut(keep, draw));
    }

    /// What recovery has come to, or null.
    public Replica replica() {
        return node.replica();
    }

    /// Why the process has ended, or empty.
    public String end() {
        return end;
    }
}
