package holdfast.node;

import holdfast.Bytes;
import holdfast.env.Clock;
import holdfast.env.Disk;
import holdfast.env.DiskResult;
import holdfast.env.Network;
import java.util.List;

/// Turns effects into calls on the environment: the only place that does. Simulator and server run this very
/// class; they differ in what stands behind [Clock], [Disk], [Network] and [Outside].
///
/// One turn: `take…` for each of a bounded number of inputs, then [#endTurn]. Effects of a step are performed
/// before the next step, so a crash between two steps loses a suffix of the effects and nothing else.
public final class Driver {

    /// Who hears answers and the end.
    public interface Outside {

        void answer(long requestId, ClientReply reply);

        void halted(int exitCode, String report);
    }

    private final Node node;
    private final Clock clock;
    private final Disk disk;
    private final Network network;
    private final Outside outside;
    private final Effects effects = new Effects();

    public Driver(Node node, Clock clock, Disk disk, Network network, Outside outside) {
        this.node = node;
        this.clock = clock;
        this.disk = disk;
        this.network = network;
        this.outside = outside;
    }

    public void start() {
        step(new Event.Started());
    }

    /// Bytes that are no message are dropped. Returns whether they were one: who sends others runs other code, and there is
    /// no use in listening to it.
    public boolean takePacket(int from, Bytes packet) {
        Packet received = MessageCodec.decode(from, packet);
        if (received == null) {
            return false;
        }
        step(new Event.MessageReceived(received.sender(), received.message()));
        return true;
    }

    /// A message that was read before.
    public void takeMessage(Packet packet) {
        step(new Event.MessageReceived(packet.sender(), packet.message()));
    }

    public void takeArriving(int from) {
        step(new Event.Arriving(from));
    }

    public void takeDiskResult(long id, DiskResult result) {
        step(new Event.DiskDone(id, result));
    }

    public void takeRequest(long requestId, ClientRequest request) {
        step(new Event.ClientRequested(requestId, request));
    }

    /// The deadline has come, or was passed while the process slept.
    public void takeTime() {
        step(new Event.TimeReached());
    }

    /// Group commit, and whatever else a turn has gathered.
    public void endTurn() {
        node.flush(effects);
        perform();
    }

    /// Monotonic microseconds; `Long.MAX_VALUE` for never.
    public long nextDeadline() {
        return node.nextDeadline();
    }

    private void step(Event event) {
        node.step(clock.monotonicMicros(), event, effects);
        perform();
    }

    private void perform() {
        List<Effect> recorded = effects.recorded();
        for (int i = 0; i < recorded.size(); i++) {
            switch (recorded.get(i)) {
                case Effect.Send send -> network.send(
                        send.to(), MessageCodec.encode(node.replica().raft().self(), send.message()));
                case Effect.Disk operation -> disk.submit(operation.op());
                case Effect.Answer answer -> outside.answer(answer.requestId(), answer.reply());
                case Effect.Halt halt -> outside.halted(halt.exitCode(), halt.report());
            }
        }
        effects.clear();
    }
}
