package holdfast.node;

import holdfast.env.DiskOp;
import holdfast.raft.Message;
import java.util.ArrayList;
import java.util.List;

/// The recording outbox: core code reads like calls on ports and tests like data. Reused from turn to turn.
public final class Effects {

    private final ArrayList<Effect> recorded = new ArrayList<>();

    public void send(int to, Message message) {
        recorded.add(new Effect.Send(to, message));
    }

    public void disk(DiskOp op) {
        recorded.add(new Effect.Disk(op));
    }

    public void answer(long requestId, ClientReply reply) {
        recorded.add(new Effect.Answer(requestId, reply));
    }

    public void halt(int exitCode, String report) {
        recorded.add(new Effect.Halt(exitCode, report));
    }

    public List<Effect> recorded() {
        return recorded;
    }

    public void clear() {
        recorded.clear();
    }
}
