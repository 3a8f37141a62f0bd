package holdfast.node;

import holdfast.Check;
import holdfast.Probe;
import holdfast.Sometimes;
import java.util.ArrayDeque;

/// Clients waiting for the commit of an index. Proposals get ascending indexes and commits come in order, so a
/// queue is enough. Lives as long as the leadership.
final class PendingWrites {

    static final long NONE = 0;

    private record Waiting(long index, long requestId) {}

    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final int writesMax;

    PendingWrites(int writesMax) {
        this.writesMax = writesMax;
    }

    boolean isFull() {
        return queue.size() >= writesMax;
    }

    void await(long index, long requestId) {
        Check.that(requestId != NONE, "request ids begin at one");
        queue.addLast(new Waiting(index, requestId));
    }

    /// Who waits for this index, or [#NONE]. Indexes are asked for in ascending order.
    long take(long index) {
        if (queue.isEmpty() || queue.getFirst().index() != index) {
            return NONE;
        }
        return queue.removeFirst().requestId();
    }

    /// Never a guess: an entry proposed here may still be committed by the next leader, or not.
    void answerUnknown(ClientReply.Cause cause, int leaderHint, Effects effects, Probe probe) {
        for (Waiting waiting : queue) {
            probe.reached(cause == ClientReply.Cause.STOPPED
                    ? Sometimes.OUTCOME_UNKNOWN_TO_STOPPED : Sometimes.OUTCOME_UNKNOWN);
            effects.answer(waiting.requestId(), new ClientReply.Unknown(cause, leaderHint));
        }
        queue.clear();
    }
}
