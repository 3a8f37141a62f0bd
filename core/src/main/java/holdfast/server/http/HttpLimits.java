package holdfast.server.http;

/// Bounds on what clients may send and on how long they may take.
///
/// @param headBytesMax request line and headers, also the trailers of a chunked body
/// @param headersMax number of headers
/// @param bodyBytesMax a request's body; more is answered 413
/// @param connectionsMax open connections; for one more the longest idle one is closed, or it is answered 503
/// @param idleMillis how long a connection may wait for its next request
/// @param headMillis how long a client may take from the first byte of a request to the end of its headers
/// @param bodyGraceMillis how long a body may take before its client must have kept [#BODY_BYTES_PER_SECOND_MIN]
/// @param bodiesBytesMax memory of the large bodies of all requests under way together, and again of all large answers;
///     a request beyond it is answered 503
/// @param writeMillis how long an answer may go without its client reading any of it
/// @param pressedMillis the same for a large answer while others wait for the memory that it takes
public record HttpLimits(
        int headBytesMax,
        int headersMax,
        int bodyBytesMax,
        long bodiesBytesMax,
        int connectionsMax,
        int idleMillis,
        int headMillis,
        int bodyGraceMillis,
        int writeMillis,
        int pressedMillis) {

    /// Slower than this on average, a client holds memory for a body that others could use.
    static final int BODY_BYTES_PER_SECOND_MIN = 16 << 10;

    private static final long BODIES_BYTES_MAX = 256L << 20;
    private static final int PRESSED_MILLIS = 3_000;

    public static final HttpLimits DEFAULT =
            new HttpLimits(32 << 10, 100, 8 << 20, 10_000, 75_000, 10_000, 5_000, 30_000);

    /// With the usual bound on all bodies together.
    public HttpLimits(
            int headBytesMax,
            int headersMax,
            int bodyBytesMax,
            int connectionsMax,
            int idleMillis,
            int headMillis,
            int bodyGraceMillis,
            int writeMillis) {
        this(headBytesMax, headersMax, bodyBytesMax, BODIES_BYTES_MAX, connectionsMax, idleMillis, headMillis,
                bodyGraceMillis, writeMillis, Math.min(writeMillis, PRESSED_MILLIS));
    }

    public HttpLimits withBodyBytesMax(int bytes) {
        return withBodies(bytes, bodiesBytesMax);
    }

    public HttpLimits withBodies(int bytesMax, long allBytesMax) {
        return new HttpLimits(headBytesMax, headersMax, bytesMax, allBytesMax, connectionsMax, idleMillis, headMillis,
                bodyGraceMillis, writeMillis, pressedMillis);
    }

    public HttpLimits withConnectionsMax(int connections) {
        return new HttpLimits(headBytesMax, headersMax, bodyBytesMax, bodiesBytesMax, connections, idleMillis,
                headMillis, bodyGraceMillis, writeMillis, pressedMillis);
    }

    public HttpLimits withPressedMillis(int millis) {
        return new HttpLimits(headBytesMax, headersMax, bodyBytesMax, bodiesBytesMax, connectionsMax, idleMillis,
                headMillis, bodyGraceMillis, writeMillis, millis);
    }
}
