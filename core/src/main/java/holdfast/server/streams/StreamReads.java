package holdfast.server.streams;

import holdfast.node.ClientReply;
import holdfast.node.ClientRequest;
import holdfast.server.NodePort;
import holdfast.stream.Command;
import holdfast.stream.Outcome;
import holdfast.stream.Setup;
import holdfast.stream.Stamp;
import holdfast.stream.StreamView;

/// Reads at this node, and what they mean for the life of the stream. A linearizable read is confirmed by the
/// leader and served here; it waits through an election like a write.
///
/// **Life.** That a stream expires is decided by a command and by nothing else, so that no two nodes differ. A
/// read that meets a stream with a time to live touches it; one that meets a stream which by this node's clock
/// is due asks for the decision. Within a tenth of its life, and [#TOUCH_MILLIS_MIN] at most, a stream is not
/// touched again.
final class StreamReads {

    private static final long TOUCH_MILLIS_MIN = 250;
    private static final int PAUSE_MILLIS = 10;
    private static final int LOCAL_HOLD_MILLIS = 100;
    private static final int ATTEMPT_MILLIS = 1_500;

    private final NodePort port;
    private final Writes writes;
    private final StreamsConfig config;

    StreamReads(NodePort port, Writes writes, StreamsConfig config) {
        this.port = port;
        this.writes = writes;
        this.config = config;
    }

    /// One chunk from `from` on.
    ClientReply read(String stream, long from, ReadLevel level) throws InterruptedException {
        return hold(new ClientRequest.Read(
                stream, from, config.chunkRecordsMax(), config.chunkBytesMax(), level.level(), level.afterIndex()));
    }

    /// The one record at `from`, if it is there.
    ClientReply readOne(String stream, long from) throws InterruptedException {
        return hold(new ClientRequest.Read(
                stream, from, 1, 1, ClientRequest.Level.LINEARIZABLE, ClientRequest.NO_INDEX));
    }

    ClientReply tail(String stream, ReadLevel level) throws InterruptedException {
        return hold(new ClientRequest.Tail(stream, level.level(), level.afterIndex()));
    }

    private ClientReply hold(ClientRequest request) throws InterruptedException {
        long end = System.nanoTime() + config.holdMillis() * 1_000_000L;
        while (true) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            ClientReply reply = port.ask(request, Math.clamp(millis, 1, ATTEMPT_MILLIS));
            if (!(reply instanceof ClientReply.ReadFailed) || millis <= PAUSE_MILLIS) {
                return reply;
            }
            Thread.sleep(PAUSE_MILLIS);
            port.awaitLeader(0, Math.min(millis - PAUSE_MILLIS, ATTEMPT_MILLIS));
        }
    }

    /// After a read has seen the stream: null if it is alive, else what to answer instead. `renews` if the read
    /// counts as use.
    ClientReply lifeOf(String stream, StreamView view, boolean renews, ReadLevel level) throws InterruptedException {
        if (view.dueMillis() == Long.MAX_VALUE) {
            return null;
        }
        long now = port.wallMillis();
        boolean isDue = now >= view.dueMillis();
        if (!isDue && !(renews && wasLeftAlone(view, now))) {
            return null;
        }
        // A local read must be answered where there is no leader, and takes the stream for as alive as it is here.
        int holdMillis = level.isLocal() ? LOCAL_HOLD_MILLIS : config.holdMillis();
        return switch (writes.write(new Command.Touch(stream, renews, Stamp.NONE), holdMillis)) {
            case ClientReply.Applied applied -> absence(applied.outcome());
            case ClientReply.NotWritten n ->
                    level.isLocal() ? null : new ClientReply.ReadFailed(n.cause(), n.leaderHint());
            case ClientReply.Unknown u ->
                    level.isLocal() ? null : new ClientReply.ReadFailed(u.cause(), u.leaderHint());
            case ClientReply other -> throw new IllegalStateException("no answer to a write: " + other);
        };
    }

    private static boolean wasLeftAlone(StreamView view, long now) {
        long ttlSeconds = view.setup().ttlSeconds();
        if (ttlSeconds == Setup.NEVER) {
            return false;
        }
        long usedMillis = view.dueMillis() - 1_000 * ttlSeconds;
        return now - usedMillis >= Math.min(TOUCH_MILLIS_MIN, 100 * ttlSeconds);
    }

    private static ClientReply absence(Outcome outcome) {
        if (outcome instanceof Outcome.Gone) {
            return new ClientReply.StreamGone();
        }
        return outcome instanceof Outcome.NoSuchStream ? new ClientReply.NoSuchStream() : null;
    }
}
