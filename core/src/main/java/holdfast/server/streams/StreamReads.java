package holdfast.server.streams;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.server.NodePort;
import holdfast.stream.Outcome;
import holdfast.stream.StreamView;

/// Reads at this node. A linearizable read is confirmed by the leader and served here; it waits through an
/// election like a write. An attempt whose leader was lost is not answered by anybody, so the first ones are
/// short: asking twice costs little.
final class StreamReads {

    private static final int PAUSE_MILLIS = 10;
    private static final int FIRST_ATTEMPT_MILLIS = 250;
    private static final int ATTEMPT_MILLIS_MAX = 1_500;

    private final NodePort port;
    private final Lives lives;
    private final StreamsConfig config;

    StreamReads(NodePort port, Lives lives, StreamsConfig config) {
        this.port = port;
        this.lives = lives;
        this.config = config;
    }

    /// One chunk of a stream that is alive, from `from` on; this counts as use.
    ClientReply read(String stream, long from, ReadLevel level) throws InterruptedException {
        return alive(chunk(stream, from, level), stream, true, level);
    }

    /// The tail of a stream that is alive; `renews` if this counts as use.
    ClientReply tail(String stream, boolean renews, ReadLevel level) throws InterruptedException {
        return alive(new ClientRequest.Tail(stream, level.level(), level.afterIndex()), stream, renews, level);
    }

    /// What follows an earlier read at this node, as far as it has been applied here.
    ClientReply next(String stream, long from) throws InterruptedException {
        return hold(chunk(stream, from, ReadLevel.LOCAL));
    }

    /// The one record at `from`, if it is there.
    ClientReply readOne(String stream, long from) throws InterruptedException {
        return hold(new ClientRequest.Read(
                stream, from, 1, 1, ClientRequest.Level.LINEARIZABLE, ClientRequest.NO_INDEX));
    }

    private ClientRequest.Read chunk(String stream, long from, ReadLevel level) {
        return new ClientRequest.Read(
                stream, from, config.chunkRecordsMax(), config.chunkBytesMax(), level.level(), level.afterIndex());
    }

    private ClientReply hold(ClientRequest request) throws InterruptedException {
        long end = System.nanoTime() + config.holdMillis() * 1_000_000L;
        int attemptMillis = FIRST_ATTEMPT_MILLIS;
        while (true) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            ClientReply reply = port.ask(request, Math.clamp(millis, 1, attemptMillis));
            if (!(reply instanceof ClientReply.ReadFailed failed) || millis <= PAUSE_MILLIS || isFinal(failed.cause())) {
                return reply;
            }
            if (failed.cause() == ClientReply.Cause.TIMED_OUT) {
                attemptMillis = Math.min(2 * attemptMillis, ATTEMPT_MILLIS_MAX);
            }
            Thread.sleep(PAUSE_MILLIS);
            port.awaitLeader(0, millis - PAUSE_MILLIS);
        }
    }

    /// A node that has stopped says nothing else any more, and a record that has rotted is not read by trying again.
    private static boolean isFinal(ClientReply.Cause cause) {
        return cause == ClientReply.Cause.STOPPED || cause == ClientReply.Cause.DAMAGED;
    }

    // ---- life ----------------------------------------------------------------------------------------------

    /// A read of a stream that may expire. If this node knows the stream as such, the touch goes first: it
    /// carries the time at which the request came, and once it is applied here a local read is linearizable,
    /// because whatever was acknowledged before the request stands before the touch. If the node did not know,
    /// the read shows it.
    private ClientReply alive(ClientRequest request, String stream, boolean renews, ReadLevel level)
            throws InterruptedException {
        StreamView known = level.isLocal() ? null : knownHere(stream);
        if (known != null && lives.needsTouch(known, renews)) {
            ClientReply touched = lives.touch(stream, renews, level);
            ClientReply instead = instead(touched, level);
            return instead != null ? instead : hold(after((ClientReply.Applied) touched, request));
        }
        ClientReply reply = hold(request);
        StreamView seen = viewOf(reply);
        if (seen == null || !lives.needsTouch(seen, renews)) {
            return reply;
        }
        ClientReply instead = instead(lives.touch(stream, renews, level), level);
        return instead != null ? instead : reply;
    }

    private StreamView knownHere(String stream) throws InterruptedException {
        ClientRequest tail = new ClientRequest.Tail(stream, ClientRequest.Level.LOCAL);
        return viewOf(port.ask(tail, FIRST_ATTEMPT_MILLIS));
    }

    /// Null if the reply has none.
    private static StreamView viewOf(ClientReply reply) {
        return switch (reply) {
            case ClientReply.Records records -> records.view();
            case ClientReply.Tail tail -> tail.view();
            case ClientReply.Applied _, ClientReply.NotWritten _, ClientReply.Unknown _, ClientReply.NoSuchStream _,
                    ClientReply.StreamGone _, ClientReply.PastTail _, ClientReply.ReadFailed _,
                    ClientReply.Accepted _, ClientReply.DiskReplaced _ -> null;
        };
    }

    /// What to answer instead of the stream after a touch; null if it is there. A local read takes the stream for
    /// as alive as it is here.
    private static ClientReply instead(ClientReply touched, ReadLevel level) {
        return switch (touched) {
            case ClientReply.Applied applied when applied.outcome() instanceof Outcome.Gone ->
                    new ClientReply.StreamGone();
            case ClientReply.Applied applied when applied.outcome() instanceof Outcome.NoSuchStream ->
                    new ClientReply.NoSuchStream();
            case ClientReply.Applied _ -> null;
            case ClientReply.NotWritten n ->
                    level.isLocal() ? null : new ClientReply.ReadFailed(n.cause(), n.leaderHint());
            case ClientReply.Unknown u ->
                    level.isLocal() ? null : new ClientReply.ReadFailed(u.cause(), u.leaderHint());
            case ClientReply other -> throw new IllegalStateException("no answer to a write: " + other);
        };
    }

    private static ClientRequest after(ClientReply.Applied touched, ClientRequest request) {
        long index = touched.receipt().index();
        return switch (request) {
            case ClientRequest.Read r -> new ClientRequest.Read(
                    r.stream(), r.from(), r.recordsMax(), r.bytesMax(), ClientRequest.Level.LOCAL, index);
            case ClientRequest.Tail t -> new ClientRequest.Tail(t.stream(), ClientRequest.Level.LOCAL, index);
            case ClientRequest.Write _, ClientRequest.TransferLeadership _, ClientRequest.ReplaceDisk _ ->
                    throw new IllegalStateException("not a read: " + request);
        };
    }
}
