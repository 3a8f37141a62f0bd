package holdfast.server.loop;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Who waits for which request. Every request gets one answer; who has waited for too long gets one from here.
///
/// Deadlines are looked at ten times a second and not timed one by one: a timer for each request costs more than
/// the request.
final class Answers implements AutoCloseable {

    /// Of requests that wait or are under way; what comes on top is refused.
    static final int WAITING_MAX = 16_384;

    static final long NONE = 0;

    private static final long LOOK_MILLIS = 100;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Not the request itself, which may be large.
    ///
    /// @param mayChange whether the request, if it is not answered, may have changed something
    /// @param node who was asked
    private record Waiting(boolean mayChange, int node, long deadlineNanos, Consumer<ClientReply> taker) {}

    private final AtomicLong lastId;
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// Numbers follow `lastId`.
    Answers(long lastId) {
        this.lastId = new AtomicLong(lastId);
    }

    void start() {
        Thread.ofVirtual().name("deadlines").start(() -> {
            while (!closed) {
                sleep();
                expire(System.nanoTime());
            }
        });
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }

    /// The request's number, or [#NONE] if too many wait already.
    long await(ClientRequest request, int node, long timeoutMillis, Consumer<ClientReply> taker) {
        if (waiting.size() >= WAITING_MAX) {
            return NONE;
        }
        long id = lastId.incrementAndGet();
        id = id == NONE ? lastId.incrementAndGet() : id;
        long deadline = System.nanoTime() + timeoutMillis * NANOS_PER_MILLI;
        waiting.put(id, new Waiting(mayChange(request), node, deadline, taker));
        return id;
    }

    /// An answer of `node`, which counts if that is who was asked.
    void answer(long id, int node, ClientReply reply) {
        Waiting waiter = waiting.get(id);
        if (waiter != null && waiter.node() == node && waiting.remove(id, waiter)) {
            waiter.taker().accept(reply);
        }
    }

    void forget(long id) {
        waiting.remove(id);
    }

    void expire(long nowNanos) {
        answerThose(waiter -> nowNanos - waiter.deadlineNanos() >= 0, ClientReply.Cause.TIMED_OUT);
    }

    /// Nothing more will come from that node to what it was asked; nobody knows what has become of it.
    void lose(int node, ClientReply.Cause cause) {
        answerThose(waiter -> waiter.node() == node, cause);
    }

    private void answerThose(Predicate<Waiting> which, ClientReply.Cause cause) {
        waiting.forEach((id, waiter) -> {
            if (which.test(waiter) && waiting.remove(id, waiter)) {
                waiter.taker().accept(
                        waiter.mayChange() ? new ClientReply.Unknown(cause, 0) : new ClientReply.ReadFailed(cause, 0));
            }
        });
    }

    int size() {
        return waiting.size();
    }

    @Override
    public void close() {
        closed = true;
    }

    private static boolean mayChange(ClientRequest request) {
        return switch (request) {
            case ClientRequest.Write _, ClientRequest.ReplaceDisk _ -> true;
            case ClientRequest.Read _, ClientRequest.Tail _, ClientRequest.TransferLeadership _ -> false;
        };
    }

    /// For a request that was not handed over.
    static ClientReply refused(ClientRequest request, ClientReply.Cause cause) {
        return switch (request) {
            case ClientRequest.Write _, ClientRequest.TransferLeadership _, ClientRequest.ReplaceDisk _ ->
                    new ClientReply.NotWritten(cause, 0);
            case ClientRequest.Read _, ClientRequest.Tail _ -> new ClientReply.ReadFailed(cause, 0);
        };
    }
}
