package holdfast.server.streams;

import holdfast.node.ClientReply;
import holdfast.server.NodePort;
import holdfast.stream.Command;
import holdfast.stream.Setup;
import holdfast.stream.Stamp;
import holdfast.stream.StreamView;

/// What reads mean for the life of a stream. That a stream expires is decided by a command and by nothing else,
/// so that no two nodes differ. A read of a stream with a time to live touches it; one of a stream that is due
/// by this node's clock asks for the decision. Within a tenth of its life, and [#TOUCH_MILLIS_MIN] at most, a
/// stream is not touched again.
final class Lives {

    private static final long TOUCH_MILLIS_MIN = 250;

    /// How long a local read waits for its touch: it must be answered where there is no leader as well.
    private static final int LOCAL_HOLD_MILLIS = 100;

    private final NodePort port;
    private final Writes writes;
    private final int holdMillis;

    Lives(NodePort port, Writes writes, int holdMillis) {
        this.port = port;
        this.writes = writes;
        this.holdMillis = holdMillis;
    }

    /// Whether a read of the stream seen as `view` needs a command; `renews` if it counts as use.
    boolean needsTouch(StreamView view, boolean renews) {
        if (view.dueMillis() == Long.MAX_VALUE) {
            return false;
        }
        long now = port.wallMillis();
        return now >= view.dueMillis() || renews && wasLeftAlone(view, now);
    }

    private static boolean wasLeftAlone(StreamView view, long now) {
        long ttlSeconds = view.setup().ttlSeconds();
        if (ttlSeconds == Setup.NEVER) {
            return false;
        }
        long usedMillis = view.dueMillis() - 1_000 * ttlSeconds;
        return now - usedMillis >= Math.min(TOUCH_MILLIS_MIN, 100 * ttlSeconds);
    }

    ClientReply touch(String stream, boolean renews, ReadLevel level) throws InterruptedException {
        Command touch = new Command.Touch(stream, renews, Stamp.NONE);
        return writes.write(touch, level.isLocal() ? LOCAL_HOLD_MILLIS : holdMillis);
    }
}
