package holdfast.server.http;

/// Bounds on what clients may send and on how long they may take.
///
/// @param headBytesMax request line and headers, also the trailers of a chunked body
/// @param headersMax number of headers
/// @param bodyBytesMax a request's body; more is answered 413
/// @param connectionsMax open connections; one more is answered 503 and closed
/// @param idleMillis how long a connection may wait for its next request
/// @param headMillis how long a client may take from the first byte of a request to the end of its headers
/// @param bodyMillis how long it may take to send the body
/// @param bodiesBytesMax bodies of all requests under way together, and again large bodies of all answers; a request
///     beyond it is answered 503
/// @param writeMillis how long one write may wait for the client to read
public record HttpLimits(
        int headBytesMax,
        int headersMax,
        int bodyBytesMax,
        long bodiesBytesMax,
        int connectionsMax,
        int idleMillis,
        int headMillis,
        int bodyMillis,
        int writeMillis) {

    private static final long BODIES_BYTES_MAX = 256L << 20;

    public static final HttpLimits DEFAULT =
            new HttpLimits(32 << 10, 100, 8 << 20, 10_000, 75_000, 10_000, 60_000, 30_000);

    /// With the usual bound on all bodies together.
    public HttpLimits(
            int headBytesMax,
            int headersMax,
            int bodyBytesMax,
            int connectionsMax,
            int idleMillis,
            int headMillis,
            int bodyMillis,
            int writeMillis) {
        this(headBytesMax, headersMax, bodyBytesMax, BODIES_BYTES_MAX, connectionsMax, idleMillis, headMillis,
                bodyMillis, writeMillis);
    }

    public HttpLimits withBodyBytesMax(int bytes) {
        return withBodies(bytes, bodiesBytesMax);
    }

    public HttpLimits withBodies(int bytesMax, long allBytesMax) {
        return new HttpLimits(headBytesMax, headersMax, bytesMax, allBytesMax, connectionsMax, idleMillis, headMillis,
                bodyMillis, writeMillis);
    }
}
