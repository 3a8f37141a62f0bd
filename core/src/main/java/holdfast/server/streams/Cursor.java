package holdfast.server.streams;

import holdfast.server.http.Tokens;
import java.util.random.RandomGenerator;

/// The cursor of live reads: a number that grows every twenty seconds, so that a cache between us and the
/// clients can answer many of them with one request, and yet none of them for ever with the same answer.
final class Cursor {

    /// 2024-10-09T00:00Z, the protocol's choice.
    private static final long EPOCH_MILLIS = 1_728_432_000_000L;
    private static final long INTERVAL_MILLIS = 20_000;
    private static final int JITTER_SECONDS_MAX = 3_600;

    private Cursor() {}

    /// The cursor to answer with. Never less than what the client sent, and greater when it has caught up: a
    /// clock that went back, or another node's, must not send it round in a circle.
    static String next(String clients, long wallMillis, RandomGenerator random) {
        long current = Math.max(0, (wallMillis - EPOCH_MILLIS) / INTERVAL_MILLIS);
        if (clients == null || !Tokens.isDecimal(clients, 1, 15) || Long.parseLong(clients) < current) {
            return Long.toString(current);
        }
        long jitterMillis = 1_000L * (1 + random.nextInt(JITTER_SECONDS_MAX));
        return Long.toString(Long.parseLong(clients) + Math.max(1, jitterMillis / INTERVAL_MILLIS));
    }
}
