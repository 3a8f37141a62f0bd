package holdfast.server.loop;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Who waits for which request. Every request gets one answer; who has given up is not told any more.
final class Answers {

    /// Of requests that wait or are under way; what comes on top is refused.
    static final int WAITING_MAX = 16_384;

    static final long NONE = 0;

    private record Waiting(ClientRequest request, Consumer<ClientReply> taker) {}

    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();

    /// The request's number, or [#NONE] if too many wait already.
    long await(ClientRequest request, Consumer<ClientReply> taker) {
        if (waiting.size() >= WAITING_MAX) {
            return NONE;
        }
        long id = lastId.incrementAndGet();
        waiting.put(id, new Waiting(request, taker));
        return id;
    }

    void answer(long id, ClientReply reply) {
        Waiting waiter = waiting.remove(id);
        if (waiter != null) {
            waiter.taker().accept(reply);
        }
    }

    void forget(long id) {
        waiting.remove(id);
    }

    /// The node has ended; what it has not answered, nobody knows.
    void end() {
        for (Long id : new ArrayList<>(waiting.keySet())) {
            Waiting waiter = waiting.remove(id);
            if (waiter != null) {
                waiter.taker().accept(unanswered(waiter.request(), ClientReply.Cause.STOPPED));
            }
        }
    }

    int size() {
        return waiting.size();
    }

    /// For a request that was handed over and will not be answered.
    static ClientReply unanswered(ClientRequest request, ClientReply.Cause cause) {
        return switch (request) {
            case ClientRequest.Write _ -> new ClientReply.Unknown(cause, 0);
            case ClientRequest.Read _, ClientRequest.Tail _, ClientRequest.TransferLeadership _ ->
                    new ClientReply.ReadFailed(cause, 0);
        };
    }

    /// For a request that was not handed over.
    static ClientReply refused(ClientRequest request, ClientReply.Cause cause) {
        return switch (request) {
            case ClientRequest.Write _, ClientRequest.TransferLeadership _ -> new ClientReply.NotWritten(cause, 0);
            case ClientRequest.Read _, ClientRequest.Tail _ -> new ClientReply.ReadFailed(cause, 0);
        };
    }
}
